"""Two people write the same minutes (F04, F05), with what guards them and, as negative controls, without."""

import pytest

from meetings.models import Attendance, Item, Meeting
from meetings.services import minutes
from tests.meetings.minutes import logged
from tests.meetings.test_planned_minute import opened

ITEMS = {
    "items": "3",
    "item-0-title": "Diabetes recall",
    "item-0-discussion": "Recall rate is up",
    "item-1-title": "How a colleague copes",
    "item-1-kind": "PEER",
}


def both_save(w, as_person, hers: dict[str, str], his: dict[str, str]) -> list[int]:
    """Both open the minutes of one meeting, she saves, then he does. How each was answered."""
    meeting = logged(w)
    typed = {who: {**opened(as_person, w, meeting, who, **ITEMS), "do": "later"} for who in ("morag", "callum")}
    path = f"/meetings/{meeting.pk}/log/"
    return [
        as_person(getattr(w, who)).post(path, {**typed[who], **changes}).status_code
        for who, changes in (("morag", hers), ("callum", his))
    ]


def without_versions(monkeypatch) -> None:
    """As if every form said the version that is stored at the moment."""
    rewrite = minutes._rewrite
    monkeypatch.setattr(
        minutes, "_rewrite", lambda pen, kept, entry, _: rewrite(pen, kept, entry, Meeting.objects.get().version)
    )


HERS, HIS = {"item-0-discussion": "Her words"}, {"item-0-discussion": "His words"}


@pytest.mark.parametrize("is_guarded", [True, False], ids=["as it is", "negative control: no version"])
def test_the_same_line_changed_by_both(world, as_person, monkeypatch, is_guarded):
    if not is_guarded:
        without_versions(monkeypatch)
    assert both_save(world, as_person, HERS, HIS) == [302, 409 if is_guarded else 302]
    assert Item.objects.get(title="Diabetes recall").discussion == ("Her words" if is_guarded else "His words")


@pytest.mark.parametrize("guard", ["", "version", "marks"], ids=["as it is", "no version", "no marks"])
def test_who_was_there_by_one_and_an_item_by_the_other(world, as_person, monkeypatch, guard):
    """Both are kept. Without versions hers is overwritten; without marks of what he saw he is stopped for nothing."""
    if guard == "version":
        without_versions(monkeypatch)
    hers = {f"practice-{world.hazel.pk}-presence": "APOLOGY", "mode": "PERSON"}
    his = {"item-0-discussion": "His words"} | ({"marks": ""} if guard == "marks" else {})
    assert both_save(world, as_person, hers, his) == [302, 409 if guard == "marks" else 302]
    hazel, words = Attendance.objects.get(practice=world.hazel), Item.objects.get(title="Diabetes recall").discussion
    assert (hazel.presence == "APOLOGY") is (guard != "version")
    assert (Meeting.objects.get().mode == "PERSON") is (guard != "version")
    assert (words == "His words") is (guard != "marks")
