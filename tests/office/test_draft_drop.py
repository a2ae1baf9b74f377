"""Throwing away what was kept."""

import pytest
from django.urls import reverse

from office.models import Draft
from office.services import keep_draft, keep_token

PATH = reverse("office:draft_drop")


@pytest.fixture
def kept(world):
    keep_draft(owner=world.callum, key="k", fields={"a": "b"})
    return world


def test_thrown_away_and_back_to_the_form(kept, as_person):
    answer = as_person(kept.callum).post(PATH, {"form": keep_token(kept.callum, "k"), "next": "/actions/?sort=due"})
    assert (answer.status_code, answer["Location"]) == (302, "/actions/?sort=due")
    assert not Draft.objects.exists()


def test_nobody_else_can(kept, as_person):
    answer = as_person(kept.nell).post(PATH, {"form": keep_token(kept.callum, "k"), "next": "/"})
    assert answer.status_code == 403
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    "away",
    [
        "//evil.example",
        "/\\evil.example",
        "///evil.example",
        "\t//evil.example",
        "https:evil.example",
        "javascript:1",
        "http:///evil.example",
        "data:x",
        "evil.example",
        "https://evil.example/",
        "",
        "/\t/evil.example",
        "@evil.example",
    ],
)
def test_never_leads_away(kept, as_person, away):
    answer = as_person(kept.callum).post(PATH, {"form": keep_token(kept.callum, "k"), "next": away})
    assert answer["Location"] == "/"
