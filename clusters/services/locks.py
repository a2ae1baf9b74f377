"""What the services wait for, in one order: HSCPs, practices, clusters, people, then the rest."""

from datetime import date

from django.db.models import Model

from clusters.models import Cluster
from practices.models import HSCP, Practice


def hold_names() -> None:
    """Whoever gives a cluster its name and address waits here for whoever else does, practice lists included.

    Pages that only read go on undisturbed.
    """
    list(HSCP.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def hold_practices() -> None:
    """Practice lists, mergers and closings wait here for moves of practices by hand, and those for them."""
    list(Practice.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def hold_place(place: Model | None) -> date | None:
    """Roles at a practice or cluster wait here for its closing, and that for them. Gives its first day closed."""
    if not isinstance(place, Practice | Cluster):
        return None
    return type(place)._default_manager.select_for_update(no_key=True).get(pk=place.pk).closed_on
