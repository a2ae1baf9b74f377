"""Whatever the minutes hold, each audience reads after publishing exactly what its preview showed."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Amendment, Audience, Item
from meetings.selectors import previews_of, what_reader_sees
from meetings.services import ActionEntry, AskEntry, ItemEntry, add_amendment, change_sharing
from tests.meetings.minutes import logged, publish

READERS = {Audience.CLUSTER: ("pam", "tom"), Audience.HSCP: ("heather", "lewis"), Audience.BOARD: ("bruce",)}
NOT_SAID_TWICE = re.compile(r" \((goes out when you publish|waiting for a reply)\)")


def some_items(w, dice: Random) -> tuple[ItemEntry, ...]:
    """One to five items of any kind, with words, actions of anybody and questions, each with words of its own."""
    owners = [{"owner": w.heather.pk}, {"owner": w.callum.pk}, {"owner_practice": w.alder.pk}, {"owner": w.bruce.pk}]
    day = w.today + timedelta(days=20)
    return tuple(
        ItemEntry(
            title=f"Title {n}",
            kind=dice.choice(Item.Kind.values),
            discussion=dice.choice(["", f"Talk {n}"]),
            decision=dice.choice(["", f"Decided {n}"]),
            is_kept_in_cluster=dice.random() < 0.3,
            actions=tuple(ActionEntry(f"Do {n}.{k}", day, **dice.choice(owners)) for k in range(dice.randrange(3))),
            asks=tuple(AskEntry(f"Ask {n}.{k}?", w.heather.pk, day) for k in range(dice.randrange(2))),
        )
        for n in range(dice.randrange(1, 6))
    )


def some_kept(meeting, dice: Random) -> set[int]:
    return {item.pk for item in meeting.items.all() if dice.random() < 0.4}


def said(html: str) -> str:
    """The words of minutes, without what only a page or only a preview adds to them."""
    html = re.sub(r"<a [^>]*>Analysis of the event</a>", "", html)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return NOT_SAID_TWICE.sub("", words)


def panel(page: str, audience: Audience) -> str:
    parts = page.split('<section class="portal-m-preview">')[1:]
    return next(part for part in parts if f"<h2>{audience.label} will see</h2>" in part)


def sections(html: str) -> list[str]:
    """The words of each item, in order."""
    found = re.findall(r'<section class="portal-m-minute-item".*?</section>', html, re.DOTALL)
    without_tags = (re.sub(r"<form.*?</form>", "", one, flags=re.DOTALL) for one in found)
    return [said(one) for one in without_tags]


@pytest.mark.parametrize("seed", range(8))
def test_what_was_previewed_is_what_is_read(world, as_person, seed):
    dice = Random(seed)
    meeting = logged(world, items=some_items(world, dice))
    kept, level = some_kept(meeting, dice), dice.choice(["CLUSTER", "HSCP", "BOARD"])
    shown = previews_of(meeting, kept_items=kept)
    share, page = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting_share", "meeting"))
    typed = {"do": "preview", "share_level": level, "kept": list(kept), "version": meeting.version}
    preview = as_person(world.callum).post(share, typed).content.decode()
    publish(world, meeting, share_level=level, kept_items=kept)
    meeting.refresh_from_db()
    for audience, readers in READERS.items():
        for name in readers:
            reads = what_reader_sees(meeting, reach_of(getattr(world, name), on=world.today))
            answer = as_person(getattr(world, name)).get(page)
            if audience not in rules.OPENS_TO[level]:
                assert reads is None
                assert answer.status_code == 404
                continue
            assert reads == replace(shown[audience], is_draft=False)
            assert sections(answer.content.decode()) == sections(panel(preview, audience)), (seed, name)


def test_without_the_filter_the_comparison_would_say_so(world, as_person, monkeypatch):
    """The control: an item that is shown although it is kept makes preview and page differ."""
    meeting = logged(world)
    shown = previews_of(meeting, kept_items=set())
    publish(world, meeting, share_level="HSCP")
    meeting.refresh_from_db()
    monkeypatch.setattr(rules, "ALWAYS_KEPT", frozenset())
    Item.objects.update(is_kept_in_cluster=False)
    reads = what_reader_sees(meeting, reach_of(world.heather, on=world.today))
    assert reads != replace(shown[Audience.HSCP], is_draft=False)


@pytest.mark.parametrize("seed", range(4))
def test_notes_are_previewed_as_they_are_read(world, as_person, seed):
    """Who changes later who may read the minutes sees the notes in the preview, and readers no other ones."""
    dice = Random(seed)
    meeting = publish(world, logged(world, items=some_items(world, dice)), share_level="HSCP")
    for n, item in enumerate([*meeting.items.all(), None]):
        add_amendment(
            by=world.callum,
            meeting=meeting,
            item=item,
            text=f"Note {n}",
            nonce=uuid4(),
            at=timezone.now(),
            is_kept=dice.random() < 0.4,
        )
    kept = some_kept(meeting, dice)
    shown = previews_of(meeting, kept_items=kept)
    meeting.refresh_from_db()
    change_sharing(
        by=world.callum,
        meeting=meeting,
        share_level="BOARD",
        kept_items=kept,
        version=meeting.version,
        at=timezone.now(),
    )
    meeting.refresh_from_db()
    for audience, readers in READERS.items():
        reads = what_reader_sees(meeting, reach_of(getattr(world, readers[0]), on=world.today))
        assert reads == shown[audience]
        page = (
            as_person(getattr(world, readers[0])).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
        )
        for note in Amendment.objects.select_related("item"):
            hidden = note.is_kept_in_cluster or (note.item and note.item.pk not in {i.pk for i in reads.items})
            may_read = audience is Audience.CLUSTER or not hidden
            assert (note.text in said(page)) is may_read, (seed, audience, note.text)
