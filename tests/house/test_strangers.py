"""A stranger learns nothing: not from a list, a count, a search, an export or a choice list (canaries, S10).

Everything the matrix makes belongs to Rowan and its HSCP. Its texts and names are marked; then Nell (CQL of a cluster
elsewhere), Una (no role) and Fergus (CQL until yesterday) open every page they can, their own cluster's included.
"""

import pytest
from django.apps import apps

from clusters.models import Cluster
from practices.models import Practice
from shared.fields import Words
from tests.house.matrix import all_rows
from tests.house.sweep import signed_in

CANARY = "Zzcanary"
STRANGERS = ("nell", "una", "fergus")
# Whoever asks what to do without a role is told who keeps the registry; Birch lies in Bruce's health board.
KNOWN_TO_ALL = ("priya", "bruce", "olive", "iona")


def mark_everything_of_rowan(world) -> int:
    """Put the canary into every typed text and into the names of Rowan, its practices and its people."""
    marked = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, Words):
                rows = model._base_manager.exclude(**{field.name: ""})
                marked += rows.update(**{field.name: f"{CANARY} {field.name}"})
    for practice in Practice.objects.filter(memberships__cluster__in=[world.rowan, world.larch]):
        marked += Practice.objects.filter(pk=practice.pk).update(name=f"{CANARY} practice {practice.code}")
    for cluster in Cluster.objects.exclude(pk=world.birch.pk).select_related("forum"):
        type(cluster.forum).objects.filter(pk=cluster.forum_id).update(name=f"{CANARY} cluster")
    for name, person in world.people.items():
        if name not in (*STRANGERS, *KNOWN_TO_ALL):
            type(person).objects.filter(pk=person.pk).update(full_name=f"{CANARY} {name}")
    return marked


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def own(path: str, world) -> str:
    """The same page of Nell's own cluster or practice."""
    return path.replace(f"/{world.rowan.forum.slug}/", f"/{world.birch.forum.slug}/").replace(
        f"/{world.alder.code}/", f"/{world.gean.code}/"
    )


@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_shows_a_stranger_anything_of_rowan(world, who):
    paths = [row.path(world) for row in all_rows() if row.get]
    assert mark_everything_of_rowan(world) > 20
    client = signed_in(world, who)
    leaks = []
    for path in dict.fromkeys(each for made in paths for each in (made, own(made, world))):
        for query in ("", "?q=Zz", "?q=Zzcanary"):
            if CANARY in text_of(client.get(path + query)).replace(f"?q={CANARY}", "").replace(f'value="{CANARY}"', ""):
                leaks.append(path + query)
    assert leaks == []


def test_the_canary_is_seen_where_it_belongs(world):
    """Negative control: Callum does see it."""
    paths = [row.path(world) for row in all_rows() if row.get]
    mark_everything_of_rowan(world)
    client = signed_in(world, "callum")
    seen = [path for path in paths if CANARY in text_of(client.get(path))]
    assert len(seen) >= 5
