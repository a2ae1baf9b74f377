"""Asks where practices move, from when, why, and who decided it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from clusters import selectors
from clusters.models import Cluster, Membership
from clusters.rules import Scope
from clusters.selectors.scopes import clusters_in
from practices.models import Practice
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

NO_CLUSTER = "none"
_REASON: Words = Membership._meta.get_field("reason")  # type: ignore[assignment]
_APPROVED_BY: Words = Membership._meta.get_field("approved_by")  # type: ignore[assignment]
_LOCALITY_REASON: Words = Membership._meta.get_field("locality_reason")  # type: ignore[assignment]

WHY_ACROSS = "Only asked where the locality of a practice is not that of its cluster. Shown in its history."
BY_WHOM = "Such as “Strath HSCP, Heather Lind”. Shown in the history of the practice."


def approver() -> Any:
    """The box for who decided it."""
    return _APPROVED_BY.formfield(label="Approved by", required=False, help_text=BY_WHOM)


def why_across() -> Any:
    """The box for why a practice is in a cluster of another locality."""
    return _LOCALITY_REASON.formfield(
        label="If the localities differ: why it belongs there all the same", required=False, help_text=WHY_ACROSS
    )


def asking_why(form: forms.Form) -> forms.Form:
    """The form of a preview that warns of another locality: there the reason is no longer optional."""
    form.fields["locality_reason"].is_needed = True  # type: ignore[attr-defined]
    return form


def cluster_chosen(chosen: str) -> Cluster | None:
    """The cluster behind a choice; None for no cluster. Raises ValidationError for one that is gone."""
    place = None if chosen == NO_CLUSTER else selectors.place_named(f"cluster:{chosen}")
    if chosen != NO_CLUSTER and not isinstance(place, Cluster):
        raise ValidationError("This cluster is gone. Choose another.")
    return place if isinstance(place, Cluster) else None


class MoveForm(PortalForm):
    """Feeds `services.moves.move_practices` for one practice. `to` becomes a cluster, or None for no cluster."""

    to = forms.ChoiceField(
        label="Moves to",
        error_messages={
            "required": "Choose a cluster, or “No cluster”.",
            "invalid_choice": "Choose a cluster from the list.",
        },
    )
    starts_on = forms.DateField(
        label="First day in the new cluster",
        widget=DayInput,
        help_text="A past day is fine. The practice belongs to the old cluster up to the day before.",
        error_messages={
            "required": "Say from which day.",
            "invalid": "Type the day as in 12/11/2026.",
        },
    )
    reason = _REASON.formfield(
        label="Why it moves",
        required=True,
        help_text="Shown in the history of the practice. No patient should be recognisable.",
        error_messages={"required": "Say in a few words why it moves."},
    )
    approved_by = approver()
    locality_reason = why_across()

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters = selectors.cluster_choices(scope, on=today())
        choices = [("", "Choose a cluster"), (NO_CLUSTER, "No cluster"), *clusters]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean_to(self) -> Cluster | None:
        return cluster_chosen(self.cleaned_data["to"])

    def planned(self) -> dict[str, Any]:
        """What `services.moves.preview_moves` is handed."""
        return self.values("to", "starts_on", "reason")

    def facts(self) -> dict[str, Any]:
        """What `services.moves.move_practices` is handed."""
        return self.values("to", "starts_on", "reason", "approved_by", "locality_reason")


class MovesForm(MoveForm):
    """The same for the practices that are ticked among those offered."""

    practices: Any = forms.ModelMultipleChoiceField(
        label="Which practices",
        queryset=None,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the practices that move.",
            "invalid_choice": "One of them is no longer here. Look at the list again.",
            "invalid_pk_value": "One of them is no longer here. Look at the list again.",
        },
    )
    field_order = ("practices", "to", "starts_on", "reason", "approved_by", "locality_reason")

    def __init__(self, *args: Any, offered: QuerySet[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practices"].queryset = offered  # type: ignore[attr-defined]
        self.fields["practices"].label_from_instance = _with_code  # type: ignore[attr-defined]
        self.fields["starts_on"].help_text = "A past day is fine. All or none of them move."
        self.fields["reason"].label = "Why they move"


def _with_code(practice: Practice) -> str:
    place = f", {practice.locality}" if practice.locality else ""
    return f"{practice.name} ({practice.code}{place})"


class SourceForm(forms.Form):
    """From where practices move; read from the address."""

    cluster = forms.ChoiceField(
        label="Where they are now",
        error_messages={"required": "Choose a cluster.", "invalid_choice": "Choose a cluster from the list."},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters = selectors.cluster_choices(scope, on=today())
        choices = [("", "Choose a cluster"), (NO_CLUSTER, "No cluster"), *clusters]
        self.fields["cluster"].choices = choices  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """Which practices the preview showed, and where each was; travels hidden from preview to confirmation."""

    seen = forms.CharField(required=False, max_length=40_000)

    def clean_seen(self) -> dict[str, str]:
        pairs = (part.partition(":") for part in self.cleaned_data["seen"].split())
        return {code: slug for code, _, slug in pairs}

    def codes(self) -> frozenset[str]:
        """The codes of the practices that were shown."""
        return frozenset(self.cleaned_data.get("seen", {}) if self.is_valid() else ())

    def leaving(self) -> dict[str, Cluster | None]:
        """By code the cluster that each was seen in, None for none."""
        seen: dict[str, str] = self.cleaned_data.get("seen", {}) if self.is_valid() else {}
        found = clusters_in(Scope(everything=True), Cluster.objects.filter(forum__slug__in=set(seen.values())))
        by_slug = {cluster.forum.slug: cluster for cluster in found.select_related("forum")}
        return {code: by_slug.get(slug) for code, slug in seen.items()}


class PlannedForm(forms.Form):
    """Names a planned move by its day."""

    starts_on = forms.DateField(widget=forms.HiddenInput)
