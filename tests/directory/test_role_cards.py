"""/roles/ and /roles/<code>/: what each role is for."""

import pytest

from accounts.roles import PERMITS, Right, Role
from directory.reference.cards import CARDS
from directory.reference.rights import IN_WORDS, permitted_by


def test_every_role_has_a_card_that_says_something():
    assert set(CARDS) == set(Role)
    for role, card in CARDS.items():
        assert all((card.purpose, card.alone, card.consult, card.refer, card.time)), role


def test_every_right_has_words():
    assert set(IN_WORDS) == set(Right)
    assert all(permitted_by(role) for role in Role)


@pytest.mark.parametrize(("role", "sessions", "hours"), [("CQL", 4, 16), ("PQL", 2, 8), ("AUDITOR", None, None)])
def test_usual_time(role, sessions, hours):
    assert (CARDS[Role(role)].sessions, CARDS[Role(role)].hours) == (sessions, hours)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_signed_in_reads_every_card(world, as_person, role):
    page = as_person(world.una).get(f"/roles/{role.value.lower()}/").content.decode()
    for words in (role.label, "May decide alone", "Must consult on", "Must refer up", "Time", "In this portal"):
        assert words in page
    assert all(line in page for line in permitted_by(role))


def test_what_a_card_permits_is_what_the_rules_permit(world, as_person, monkeypatch):
    monkeypatch.setitem(PERMITS, Role.PQL, frozenset({Right.REDACT}))
    page = as_person(world.una).get("/roles/pql/").content.decode()
    assert "black out words" in page
    assert "raise escalations" not in page


def test_the_source_is_named(world, as_person):
    page = as_person(world.asha).get("/roles/cql/").content.decode()
    assert "Improving Together: a national framework for quality and GP clusters in Scotland" in page
    assert "at least 4 sessions a month, which is 16 hours" in page


@pytest.mark.parametrize("code", ["nobody", "cqls", "0", "x" * 300])
def test_no_such_role(world, as_person, code):
    assert as_person(world.asha).get(f"/roles/{code}/").status_code == 404


def test_ones_own_roles_are_marked(world, as_person):
    assert as_person(world.duncan).get("/roles/").content.decode().count("(yours)") == 2


@pytest.mark.parametrize(
    ("who", "path", "link"),
    [
        ("asha", "/account/", "/roles/pql/"),
        ("priya", "/registry/roles/", "/roles/"),
        ("priya", "/registry/roles/assign/?role=CQL", "/roles/cql/"),
        ("asha", "/people/", "/roles/"),
        ("priya", "/registry/", "/roles/"),
    ],
)
def test_cards_are_found_where_roles_are_looked_at(world, as_person, who, path, link):
    assert f'href="{link}"' in as_person(getattr(world, who)).get(path).content.decode()
