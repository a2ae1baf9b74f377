"""Asks how somebody came to a role."""

from django import forms

from clusters.models import RoleOrigin
from shared.forms import PortalForm


class OriginForm(PortalForm):
    """Feeds `services.origins.say_how`."""

    how = forms.ChoiceField(
        label="How did you come to this role?",
        choices=[*RoleOrigin.How.choices, ("", "I do not want to say")],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these."},
    )
