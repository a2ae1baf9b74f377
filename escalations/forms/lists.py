"""Narrows the lists."""

from django import forms
from django.db.models import QuerySet

from escalations.models import Escalation


class EscalationFilter(forms.Form):
    """State and theme, from the address; anything unknown narrows nothing."""

    state = forms.ChoiceField(required=False, choices=[("", "All"), *Escalation.State.choices])
    theme = forms.ChoiceField(required=False, choices=[("", "All"), *Escalation.Theme.choices])

    def narrow(self, rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
        self.is_valid()
        if state := self.cleaned_data.get("state"):
            rows = rows.filter(state=state)
        if theme := self.cleaned_data.get("theme"):
            rows = rows.filter(theme=theme)
        return rows

    @property
    def is_narrowing(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())
