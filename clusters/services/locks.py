"""What the services wait for, in one order: HSCPs, practices, then the rest."""

from practices.models import HSCP, Practice


def hold_names() -> None:
    """Whoever gives a cluster its name and address waits here for whoever else does, practice lists included.

    Pages that only read go on undisturbed.
    """
    list(HSCP.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def hold_practices() -> None:
    """Practice lists wait here for moves of practices by hand, and those for them."""
    list(Practice.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
