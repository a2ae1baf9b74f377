"""Asks for the names of clusters and localities, and what lies in them."""

from typing import Any

from django import forms

from clusters import selectors
from clusters.models import Cluster
from practices.models import HSCP, Locality
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

NAME = {"required": "Type the name."}
_MISSION: Words = Cluster._meta.get_field("mission")  # type: ignore[assignment]


class ClusterForm(PortalForm):
    """Feeds `services.change_cluster`."""

    name = forms.CharField(label="Name", max_length=120, error_messages=NAME)
    mission = _MISSION.formfield(
        label="What the cluster is for",
        required=False,
        help_text="Shown on its page. No patient should be recognisable.",
    )
    meets_every_weeks = forms.IntegerField(
        label="Meets every … weeks",
        required=False,
        min_value=1,
        max_value=52,
        help_text="Such as 6. The tracker asks after a meeting when more weeks have gone by.",
        error_messages={
            "invalid": "Type a whole number of weeks, such as 6.",
            "min_value": "Type at least 1.",
            "max_value": "Type at most 52.",
        },
    )


class NewClusterForm(PortalForm):
    """Feeds `services.create_cluster`."""

    name = forms.CharField(label="Name", max_length=120, error_messages=NAME)
    lead_hscp = forms.ModelChoiceField(
        label="HSCP that leads it",
        queryset=HSCP.objects.select_related("board"),
        to_field_name="code",
        empty_label="Choose an HSCP",
        help_text="Practices of other HSCPs can join all the same.",
        error_messages={"required": "Choose the HSCP.", "invalid_choice": "Choose an HSCP from the list."},
    )
    starts_on = forms.DateField(
        label="First day",
        widget=DayInput,
        initial=today,
        error_messages={"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."},
    )


class NewLocalityForm(PortalForm):
    """Feeds `services.create_locality`."""

    hscp = forms.ModelChoiceField(
        label="HSCP",
        queryset=HSCP.objects.select_related("board"),
        to_field_name="code",
        empty_label="Choose an HSCP",
        error_messages={"required": "Choose the HSCP.", "invalid_choice": "Choose an HSCP from the list."},
    )
    name = forms.CharField(label="Name of the locality", max_length=80, error_messages=NAME)


class LocalityForm(PortalForm):
    """Feeds `services.change_locality`: its name, and which clusters and practices of its HSCP lie in it."""

    name = forms.CharField(label="Name", max_length=80, error_messages=NAME)
    clusters: Any = forms.ModelMultipleChoiceField(
        label="Clusters in it",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    practices: Any = forms.ModelMultipleChoiceField(
        label="Practices in it",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, locality: Locality, **kwargs: Any) -> None:
        clusters, practices = selectors.within_hscp(locality.hscp, on=today())
        kwargs["initial"] = {
            "name": locality.name,
            "clusters": [c for c in clusters if c.locality_id == locality.pk],
            "practices": [p for p in practices if p.locality_id == locality.pk],
        }
        super().__init__(*args, **kwargs)
        self.fields["clusters"].queryset = clusters  # type: ignore[attr-defined]
        self.fields["practices"].queryset = practices  # type: ignore[attr-defined]
        self.fields["clusters"].label_from_instance = _label_by(locality)  # type: ignore[attr-defined]
        self.fields["practices"].label_from_instance = _label_by(locality)  # type: ignore[attr-defined]


def _label_by(locality: Locality) -> Any:
    def label(thing: Any) -> str:
        elsewhere = thing.locality and thing.locality_id != locality.pk
        return f"{thing}, now in {thing.locality}" if elsewhere else str(thing)

    return label
