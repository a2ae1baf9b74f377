"""A stranger learns nothing: not from a list, a count, a search, an export or a choice list (canaries, S10).

Everything the matrix makes belongs to Rowan and its HSCP. Its texts and names are marked; then Nell (CQL of a cluster
elsewhere), Una (no role) and Fergus (CQL until yesterday) open every page they can, their own cluster's included.
"""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps

from clusters.models import Cluster
from meetings.models import Item
from meetings.services import ItemEntry
from practices.models import Practice
from shared.fields import Words
from tests.escalations.story import confidential
from tests.house.matrix import all_rows
from tests.house.sweep import signed_in
from tests.meetings.minutes import an_action, entry, logged, published
from tests.qiplans.conftest import a_plan

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
    """What a reader can read in an answer; an Excel file is unpacked first."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in response.headers["Content-Type"]:
        with ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
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


KEPT = "Zzkeptinside"
ABOVE = ("heather", "rhona", "lewis", "bruce", "duncan", "priya", "olive", "iona")


def keep_things_inside(world) -> list[str]:
    """Everything of Rowan that was not shared upward, each text marked; gives the addresses of it."""
    aside = entry(world).items[1]
    shared = published(world, share_level="BOARD", items=(entry(world).items[0], replace(aside, title=KEPT)))
    draft = logged(world, held_on=world.today, items=(ItemEntry(title=KEPT, discussion=KEPT),))
    inside = published(world, items=(ItemEntry(title=KEPT, discussion=KEPT, decision=KEPT),))
    an_action(world, what=KEPT)
    made = a_plan(world)
    type(made.project).objects.update(title=KEPT, aim=KEPT, could_use_help_with=KEPT)
    type(made.priority).objects.update(title=KEPT, purpose=KEPT)
    Item.objects.filter(title=KEPT).update(decision_reason=KEPT)
    return [
        *(f"/meetings/{meeting.pk}/" for meeting in (shared, draft, inside)),
        f"/projects/{made.project.pk}/",
        *(f"/clusters/rowan/{page}" for page in ("", "meetings/", "actions/", "plan/", "who-sees-what/")),
    ]


@pytest.mark.parametrize("who", ABOVE)
def test_what_a_cluster_keeps_is_on_no_page_above_it(world, who):
    places = keep_things_inside(world)
    paths = [row.path(world) for row in all_rows() if row.get]
    client = signed_in(world, who)
    leaks = [path for path in dict.fromkeys([*places, *paths]) if KEPT in text_of(client.get(path))]
    assert leaks == []


def test_the_cluster_does_see_what_it_keeps(world):
    """Negative control."""
    client = signed_in(world, "callum")
    assert sum(KEPT in text_of(client.get(path)) for path in keep_things_inside(world)) >= 6


@pytest.mark.parametrize("who", [*ABOVE[1:], "callum", "morag", "pam", "tom", *STRANGERS])
def test_a_confidential_matter_exists_only_for_its_raiser_and_the_named_lead(world, who):
    matter = confidential(world, situation=KEPT, ask_text=KEPT)
    type(matter).objects.update(title=KEPT)
    paths = [row.path(world) for row in all_rows() if row.get]
    client = signed_in(world, who)
    told = [
        path for path in dict.fromkeys(paths) if KEPT in (text := text_of(client.get(path))) or matter.reference in text
    ]
    assert told == []
    assert client.get(f"/escalations/{matter.reference}/").status_code == 404
