"""Asks for the names of clusters and localities, and what lies in them."""

from typing import Any

from django import forms

from clusters import selectors
from clusters.forms.cluster_records import DescribeForm
from clusters.models import Cluster
from clusters.rules import Scope
from clusters.selectors.scopes import hscps_in, localities_in
from clusters.services.naming import ClusterFacts
from practices.models import Locality
from shared.dates import today
from shared.forms import DayInput, PortalForm

NAME = {"required": "Type the name."}


def _code() -> Any:
    return forms.CharField(
        label="Short code", max_length=12, required=False, help_text="Such as ST-04. Leave it empty if it has none."
    )


def _make_up() -> Any:
    return forms.ChoiceField(
        label="Who belongs to it",
        choices=Cluster.MakeUp.choices,
        initial=Cluster.MakeUp.GP_ONLY,
        error_messages={"required": "Choose who belongs to it.", "invalid_choice": "Choose one from the list."},
    )


def _locality() -> Any:
    return forms.ModelChoiceField(
        label="Locality",
        queryset=None,
        required=False,
        empty_label="None, or not known",
        error_messages={"invalid_choice": "Choose a locality from the list."},
    )


class ClusterForm(DescribeForm):
    """Feeds `services.change_cluster`."""

    name = forms.CharField(label="Name", max_length=120, error_messages=NAME)
    code = _code()
    make_up = _make_up()
    locality = _locality()
    field_order = ("name", "code", "make_up", "locality", "mission", "meets_every_weeks", "meets_when")

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        now = {name: getattr(cluster, name) for name in ("code", "make_up", "locality", "mission", "meets_when")}
        weeks = cluster.forum.meets_every_weeks
        kwargs["initial"] = {**now, "name": cluster.forum.name, "meets_every_weeks": weeks}
        super().__init__(*args, **kwargs)
        self.fields["locality"].queryset = Locality.objects.filter(hscp=cluster.lead_hscp_id)  # type: ignore[attr-defined]

    def facts(self) -> ClusterFacts:
        names = ("code", "make_up", "locality", "mission", "meets_every_weeks", "meets_when")
        return ClusterFacts(**self.values(*names))


class NewClusterForm(PortalForm):
    """Feeds `services.create_cluster`."""

    name = forms.CharField(label="Name", max_length=120, error_messages=NAME)
    code = _code()
    make_up = _make_up()
    lead_hscp: Any = forms.ModelChoiceField(
        label="HSCP that leads it",
        queryset=None,
        to_field_name="code",
        empty_label="Choose an HSCP",
        help_text="Practices of other HSCPs can join all the same.",
        error_messages={"required": "Choose the HSCP.", "invalid_choice": "Choose an HSCP from the list."},
    )
    locality = _locality()
    starts_on = forms.DateField(
        label="First day",
        widget=DayInput,
        initial=today,
        error_messages={"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_hscp"].queryset = hscps_in(scope)  # type: ignore[attr-defined]
        localities = localities_in(scope, Locality.objects.select_related("hscp"))
        self.fields["locality"].queryset = localities  # type: ignore[attr-defined]
        self.fields["locality"].label_from_instance = _with_hscp  # type: ignore[attr-defined]


def _with_hscp(locality: Locality) -> str:
    return f"{locality}, {locality.hscp}"


class NewLocalityForm(PortalForm):
    """Feeds `services.create_locality`."""

    hscp: Any = forms.ModelChoiceField(
        label="HSCP",
        queryset=None,
        to_field_name="code",
        empty_label="Choose an HSCP",
        error_messages={"required": "Choose the HSCP.", "invalid_choice": "Choose an HSCP from the list."},
    )
    name = forms.CharField(label="Name of the locality", max_length=80, error_messages=NAME)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hscp"].queryset = hscps_in(scope)  # type: ignore[attr-defined]


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
