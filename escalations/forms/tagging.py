"""Asks in one press whether an escalation is intrinsic or extrinsic."""

from django import forms

from clusters.models.orientation import Orientation


class TagForm(forms.Form):
    """Feeds `services.tagging.tag_escalation`: each choice is a button of its own."""

    orientation = forms.ChoiceField(choices=[("", "As it follows"), *Orientation.choices], required=False)
