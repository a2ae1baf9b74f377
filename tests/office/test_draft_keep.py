"""Autosave: one write, for the person whom the form's token names, and never a patient's number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Draft, Redaction
from office.selectors import draft_of
from office.services import keep_token, redact_words
from tests.shared.test_chi import number

PATH = reverse("office:draft_keep")


def typed(person, **fields):
    return {"keep": keep_token(person, "meeting:rowan:new"), **fields}


def test_keeps_what_stands_in_the_form(world, as_person):
    client = as_person(world.callum)
    answer = client.post(PATH, typed(world.callum, title="Recall", who=["a", "b"], csrfmiddlewaretoken="x"))
    assert answer.status_code == 200
    assert len(answer.json()["kept_at"]) == 8
    assert draft_of(world.callum, "meeting:rowan:new").fields == {"title": "Recall", "who": ["a", "b"]}


def test_the_later_words_replace_the_earlier_in_one_write(world, as_person):
    client = as_person(world.callum)
    client.post(PATH, typed(world.callum, title="Rec"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post(PATH, typed(world.callum, title="Recall"))
    writes = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert len(writes) == 1
    assert [d.fields for d in Draft.objects.all()] == [{"title": "Recall"}]


def test_a_patient_number_is_said_and_not_stored(world, as_person):
    client = as_person(world.callum)
    client.post(PATH, typed(world.callum, title="before"))
    answer = client.post(PATH, typed(world.callum, title=f"Saw {number()}"))
    assert answer.status_code == 422
    assert "patient’s CHI number" in answer.json()["problem"]
    assert draft_of(world.callum, "meeting:rowan:new").fields == {"title": "before"}


@pytest.mark.parametrize("forge", ["someone else’s", "forged", "none"])
def test_only_the_persons_own_token_counts(world, as_person, forge):
    token = {"someone else’s": keep_token(world.callum, "k"), "forged": "WzEsImsiXQ:1abc:xyz", "none": ""}[forge]
    answer = as_person(world.nell).post(PATH, {"keep": token, "title": "x"})
    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_get_is_refused(world, as_person):
    assert as_person(world.callum).get(PATH).status_code == 405


def test_the_own_table_refuses_numbers_too(world):
    with pytest.raises(Exception, match="a patient's number was refused"):
        Draft.objects.create(owner=world.callum, key="k", fields={"a": [number()]}, kept_at=world.callum.joined_at)


def test_an_open_tab_cannot_bring_blacked_out_words_back(world, as_person):
    client, form = as_person(world.callum), typed(world.callum, title="Jean Brodie phoned")
    client.post(PATH, form)
    redact_words(words="Jean Brodie", why="Name of a patient", ignore_case=True, by=world.iona)
    answer = client.post(PATH, {**form, "title": "Jean Brodie phoned again"})
    assert answer.status_code == 422
    assert "blacked out" in answer.json()["problem"]
    assert "Jean" not in str(Draft.objects.get().fields)
    Redaction.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert client.post(PATH, typed(world.callum, title="After loading the page again")).status_code == 200
