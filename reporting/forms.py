"""What the tracker and the audit trail can be narrowed by. Nothing here is saved: answers live in the URL."""

from typing import Any

from django import forms

from reporting.selectors.audit import kinds
from reporting.selectors.tracker_rows import Narrowing, Tracker
from shared.forms import DayInput

SHORTCUTS = (
    ("", "All clusters"),
    (Narrowing.WAITING, "Waiting for us"),
    (Narrowing.NO_CQL, "No Cluster Quality Lead"),
    (Narrowing.NO_MEETING, "No meeting for 4 months"),
    (Narrowing.HELP, "Could use help"),
)


class TrackerFilter(forms.Form):
    """Locality, HSCP, a shortcut and text. A value that is not offered narrows nothing."""

    q = forms.CharField(label="Cluster name", required=False, max_length=80)
    hscp = forms.TypedChoiceField(label="HSCP", required=False, coerce=int, empty_value=None)
    locality = forms.TypedChoiceField(label="Locality", required=False, coerce=int, empty_value=None)
    only = forms.ChoiceField(label="Show", required=False, choices=SHORTCUTS)

    def __init__(self, data: Any, tracker: Tracker) -> None:
        super().__init__(data)
        self.fields["hscp"].choices = [("", "All HSCPs"), *tracker.hscps()]  # type: ignore[attr-defined]
        self.fields["locality"].choices = [("", "All localities"), *tracker.localities()]  # type: ignore[attr-defined]
        if len(tracker.hscps()) < 2:
            del self.fields["hscp"]

    def answers(self) -> dict[str, Any]:
        """What was chosen, nonsense left out."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AuditFilter(forms.Form):
    """Kind of thing, who, and which day."""

    kind = forms.ChoiceField(label="Kind of thing", required=False)
    actor = forms.CharField(label="Who", required=False, max_length=80)
    day = forms.DateField(label="Day", required=False, widget=DayInput())
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", "Everything"), *kinds()]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """What was chosen, nonsense left out."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
