"""A stranger learns nothing: not from a list, a count, a search, an export or a choice list (canaries, S10).

Everything the matrix makes belongs to Rowan and its HSCP. Its texts and names are marked; then Nell (CQL of a cluster
elsewhere), Una (no role) and Fergus (CQL until yesterday) open every page they can, their own cluster's included.
"""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from pypdf import PdfReader

from clusters.models import Cluster
from meetings.models import Item
from meetings.services import ItemEntry
from practices.models import Practice
from qiplans.models import Priority, Project
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
                # Numbered, as some words are unique in their cluster.
                words = Concat(Value(f"{CANARY} {field.name} "), Cast("pk", CharField()))
                marked += rows.update(**{field.name: words})
    for practice in Practice.objects.filter(memberships__cluster__in=[world.rowan, world.larch]):
        marked += Practice.objects.filter(pk=practice.pk).update(name=f"{CANARY} practice {practice.code}")
    for cluster in Cluster.objects.exclude(pk=world.birch.pk).select_related("forum"):
        type(cluster.forum).objects.filter(pk=cluster.forum_id).update(name=f"{CANARY} cluster")
    for name, person in world.people.items():
        if name not in (*STRANGERS, *KNOWN_TO_ALL):
            type(person).objects.filter(pk=person.pk).update(full_name=f"{CANARY} {name}")
    return marked


def pages_of(world) -> list[str]:
    """Every page; of a paper that is there as Word and as PDF the Word, which says the same and is sooner read."""
    paths = dict.fromkeys(row.path(world) for row in all_rows() if row.get)
    words = {path.removesuffix(".docx") for path in paths if path.endswith(".docx")}
    return [path for path in paths if not path.endswith(".pdf") or path.removesuffix(".pdf") not in words]


def text_of(response) -> str:
    """What a reader can read in an answer; an Excel or Word file is unpacked first, and a PDF read back."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"] == "application/pdf":
        pdf = PdfReader(BytesIO(body))
        return "".join("".join([*(page.extract_text() for page in pdf.pages), str(pdf.metadata)]).split())
    if "openxmlformats" in response.headers["Content-Type"]:
        with ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace")


def own(path: str, world) -> str:
    """The same page of Nell's own cluster or practice."""
    return path.replace(f"/{world.rowan.forum.slug}/", f"/{world.birch.forum.slug}/").replace(
        f"/{world.alder.code}/", f"/{world.gean.code}/"
    )


@pytest.mark.once
@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_shows_a_stranger_anything_of_rowan(world, who):
    paths = pages_of(world)
    assert mark_everything_of_rowan(world) > 20
    client = signed_in(world, who)
    leaks = []
    for path in dict.fromkeys(each for made in paths for each in (made, own(made, world))):
        answers = [client.get(path)]
        if answers[0].status_code == 200:  # what is refused is refused whatever is looked for
            answers.append(client.get(path, {"q": CANARY}))
        for answer in answers:
            if CANARY in text_of(answer).replace(f"?q={CANARY}", "").replace(f'value="{CANARY}"', ""):
                leaks.append(path)
    assert leaks == []


@pytest.mark.once
def test_the_canary_is_seen_where_it_belongs(world):
    """Negative control: Callum does see it."""
    paths = pages_of(world)
    mark_everything_of_rowan(world)
    client = signed_in(world, "callum")
    seen = [path for path in paths if CANARY in text_of(client.get(path))]
    assert len(seen) >= 5


KEPT = "Zzkeptinside"
ABOVE = ("heather", "rhona", "lewis", "bruce", "duncan", "priya", "olive", "iona")


def keep_things_inside(world) -> list[str]:
    """Things of Rowan that were not shared upward, each text marked; gives the addresses of them."""
    aside = entry(world).items[1]
    shared = published(world, share_level="BOARD", items=(entry(world).items[0], replace(aside, title=KEPT)))
    draft = logged(world, held_on=world.today, items=(ItemEntry(title=KEPT, discussion=KEPT),))
    inside = published(world, items=(ItemEntry(title=KEPT, discussion=KEPT, decision=KEPT),))
    an_action(world, what=KEPT)
    made = a_plan(world)
    Project.objects.filter(pk=made.project.pk).update(title=KEPT, aim=KEPT, could_use_help_with=KEPT)
    Priority.objects.filter(pk=made.priority.pk).update(title=KEPT, purpose=KEPT)
    Item.objects.filter(title=KEPT).update(decision_reason=KEPT)
    return [
        *(
            f"/meetings/{meeting.pk}/{page}"
            for meeting in (shared, draft, inside)
            for page in ("", *(f"{paper}.{form}" for paper in ("minutes", "agenda") for form in ("pdf", "docx")))
        ),
        f"/projects/{made.project.pk}/",
        *(f"/clusters/rowan/{page}" for page in ("", "meetings/", "actions/", "plan/", "who-sees-what/")),
        *(f"/clusters/rowan/actions/log.{form}" for form in ("pdf", "docx")),
    ]


SECRET = "Zzconfidential"


def matter_of_asha(world):
    """A confidential matter that she raised with Heather."""
    matter = confidential(world, situation=SECRET, ask_text=SECRET)
    type(matter).objects.filter(pk=matter.pk).update(title=SECRET)
    return matter


def tells_of(matter, text: str) -> bool:
    return SECRET in text or matter.reference in text


@pytest.mark.once
@pytest.mark.parametrize("who", ABOVE)
def test_what_a_cluster_keeps_is_on_no_page_above_it(world, who):
    """And of a confidential matter nobody there learns that it exists, but the lead to whom it was raised."""
    # The rows first: some agree a plan or share a project, and what is agreed is no longer kept inside.
    paths = pages_of(world)
    places, matter = keep_things_inside(world), matter_of_asha(world)
    client, kept, told = signed_in(world, who), [], []
    for path in dict.fromkeys([*places, *paths]):
        text = text_of(client.get(path))
        kept += [path] if KEPT in text else []
        told += [path] if tells_of(matter, text) else []
    assert kept == []
    assert bool(told) is (who == "heather")
    assert client.get(f"/escalations/{matter.reference}/").status_code == (200 if who == "heather" else 404)


@pytest.mark.once
def test_the_cluster_does_see_what_it_keeps(world):
    """Negative control."""
    client = signed_in(world, "callum")
    assert sum(KEPT in text_of(client.get(path)) for path in keep_things_inside(world)) >= 18


@pytest.mark.once
@pytest.mark.parametrize("who", ["callum", "morag", "pam", "tom", *STRANGERS])
def test_a_confidential_matter_exists_only_for_its_raiser_and_the_named_lead(world, who):
    matter = matter_of_asha(world)
    client = signed_in(world, who)
    assert [path for path in pages_of(world) if tells_of(matter, text_of(client.get(path)))] == []
    assert client.get(f"/escalations/{matter.reference}/").status_code == 404
