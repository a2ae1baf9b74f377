"""What forums are called, and were called before."""

from datetime import date

from clusters.models import FormerName, Forum


def name_of(forum: Forum, *, on: date) -> str:
    """What `forum` was called on a day: for minutes, which keep the name of their day."""
    former = FormerName.objects.filter(forum=forum, until__gt=on).order_by("until", "pk").first()
    return former.name if former else forum.name


def slugs_taken(*, but: Forum | None = None) -> frozenset[str]:
    """Every address that a forum has or had; those of `but` are free to it."""
    own = [but] if but else []
    now = Forum.objects.exclude(pk__in=[forum.pk for forum in own]).values_list("slug", flat=True)
    former = FormerName.objects.exclude(forum__in=own).values_list("slug", flat=True)
    return frozenset((*now, *former))
