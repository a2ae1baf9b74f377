"""Asks how a cluster ends: into which it merges, or where each of its practices goes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clusters import selectors
from clusters.forms.moving import NO_CLUSTER, approver, cluster_chosen, why_across
from clusters.models import Cluster
from clusters.rules import Scope
from clusters.selectors.scopes import clusters_in
from clusters.services.ending_checks import Ending
from practices.models import Practice
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

_REASON: Words = Cluster._meta.get_field("closed_reason")  # type: ignore[assignment]
A_DAY = {"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."}


class EndForm(PortalForm):
    """What is asked however a cluster ends."""

    on = forms.DateField(label="First day without it", widget=DayInput, error_messages=A_DAY)
    reason = _REASON.formfield(
        label="Why",
        required=True,
        help_text="Shown on its page and in the history of its practices. No patient should be recognisable.",
        error_messages={"required": "Say in a few words why."},
    )
    approved_by = approver()
    locality_reason = why_across()

    def ending(self) -> Ending:
        return Ending(**self.values("on", "reason", "approved_by", "locality_reason"))


class MergeForm(EndForm):
    """Feeds `services.ending.merge_clusters`."""

    into = forms.ChoiceField(
        label="Goes on as",
        error_messages={"required": "Choose a cluster.", "invalid_choice": "Choose a cluster from the list."},
    )
    others: Any = forms.ModelMultipleChoiceField(
        label="Merges into the same cluster on that day too",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of them is no longer here. Look at the list again.",
            "invalid_pk_value": "One of them is no longer here. Look at the list again.",
        },
    )
    roles_go_on = forms.BooleanField(
        label="Roles held at it go on at the receiving cluster",
        required=False,
        help_text="Quality leads, administrators and others. Otherwise they end on that day.",
    )
    field_order = ("into", "others", "on", "reason", "approved_by", "roles_go_on", "locality_reason")

    def __init__(self, *args: Any, scope: Scope, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cluster = cluster
        every = selectors.cluster_choices(scope, on=today())
        own = cluster.forum.slug
        choices = [(group, [pair for pair in pairs if pair[0] != own]) for group, pairs in every]
        self.fields["into"].choices = [("", "Choose a cluster"), *choices]  # type: ignore[attr-defined]
        rows = clusters_in(scope, Cluster.objects.open_on(today()).filter(lead_hscp=cluster.lead_hscp_id))
        rows = rows.exclude(pk=cluster.pk).select_related("forum", "lead_hscp__board", "locality")
        self.fields["others"].queryset = rows  # type: ignore[attr-defined]

    def clean_into(self) -> Cluster | None:
        return cluster_chosen(self.cleaned_data["into"])

    def facts(self) -> dict[str, Any]:
        """What `merge_clusters` is handed, `seen` and `by` apart."""
        return {
            "clusters": [self.cluster, *self.cleaned_data["others"]],
            "into": self.cleaned_data["into"],
            "ending": self.ending(),
            "roles_go_on": self.cleaned_data["roles_go_on"],
        }


class CloseForm(EndForm):
    """Feeds `services.ending.close_cluster`: one choice for each of its practices."""

    def __init__(
        self, *args: Any, scope: Scope, cluster: Cluster, practices: Sequence[Practice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cluster, self.practices = cluster, practices
        every = selectors.cluster_choices(scope, on=today())
        own = cluster.forum.slug
        choices = [(group, [pair for pair in pairs if pair[0] != own]) for group, pairs in every]
        for practice in practices:
            self.fields[_box(practice)] = forms.ChoiceField(
                label=f"{practice.name} goes to",
                initial=NO_CLUSTER,
                choices=[(NO_CLUSTER, "No cluster"), *choices],
                error_messages={
                    "required": "Choose a cluster, or “No cluster”.",
                    "invalid_choice": "Choose a cluster from the list.",
                },
            )
        self.order_fields(["on", "reason", "approved_by", *map(_box, practices), "locality_reason"])

    def facts(self) -> dict[str, Any]:
        """What `close_cluster` is handed, `seen` and `by` apart."""
        to = {practice.pk: cluster_chosen(self.cleaned_data[_box(practice)]) for practice in self.practices}
        return {"cluster": self.cluster, "to": to, "ending": self.ending()}


def _box(practice: Practice) -> str:
    return f"to_{practice.code}"
