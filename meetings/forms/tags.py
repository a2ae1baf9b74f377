"""Asks in one press whether something is intrinsic or extrinsic."""

from django import forms

from clusters.models.orientation import Orientation


class TagForm(forms.Form):
    """Feeds `services.tags.tag`: each choice is a button of its own; blank goes back to what follows by itself."""

    orientation = forms.ChoiceField(choices=[("", "As it follows"), *Orientation.choices], required=False)
