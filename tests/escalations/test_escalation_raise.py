"""Raising an escalation from the page."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import RoleAssignment
from escalations.models import Escalation
from escalations.selectors import who_may_be_meant
from meetings.models import Ask, Item, Meeting
from office.models import Draft
from office.services import keep_draft
from tests.escalations.story import name_leads, posted, raised

PATH = "/clusters/rowan/escalations/new/"


def test_the_form_says_what_it_is_not_for(world, as_person):
    name_leads(world)
    page = as_person(world.asha).get(PATH).content.decode()
    for words in (
        "Not for urgent matters",
        "Datix, on the intranet",
        "ask Heather Lind at",
        "Never describe a patient",
    ):
        assert words in page
    assert "Confidential: only I and Heather Lind" in page
    assert "Callum Reid (CQL) may keep reading" in page
    assert "Go past the cluster" in page


def test_sent_it_ends_on_a_page_that_says_where_it_is(world, as_person):
    client = as_person(world.asha)
    page = client.post(PATH, posted(practice=str(world.alder.pk)), follow=True).content.decode()
    esc = Escalation.objects.get()
    assert (esc.raised_by, esc.practice, esc.theme, esc.forum) == (
        world.asha,
        world.alder,
        "WORKFORCE",
        world.rowan.forum,
    )
    assert esc.reference in page
    assert "Callum Reid will decide" in page
    assert "A decision is due by" in page
    assert AuditEvent.objects.filter(verb="raised an escalation", by=world.asha).count() == 1


def test_sent_twice_it_is_raised_once(world, as_person):
    client, form = as_person(world.asha), posted()
    paths = {client.post(PATH, form).headers["Location"] for _ in range(2)}
    assert paths == {f"/escalations/{Escalation.objects.get().reference}/"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Give it a short title"),
        ({"situation": " "}, "Say what is happening now"),
        ({"ask_text": ""}, "Say what you ask for"),
        ({"likelihood": ""}, "Choose the likelihood"),
        ({"impact": "6"}, "6"),
        ({"needed_by": "2020-01-01"}, "That day has passed"),
        ({"needed_by": "soon"}, "Give a date"),
        ({"practice": "beech"}, "Select a valid choice"),
        ({"background": "CHI 010203 0004"}, "CHI number"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(world, as_person, changed, sentence):
    page = as_person(world.asha).post(PATH, posted(**changed)).content.decode()
    assert "Error: Raise an escalation" in page
    assert sentence in page
    assert "Shared the list with Beech." in page
    assert not Escalation.objects.exists()


def test_a_pql_names_only_their_own_practice(world, as_person):
    page = as_person(world.asha).post(PATH, posted(practice=str(world.beech.pk)))
    assert page.status_code == 200
    assert not Escalation.objects.exists()
    assert as_person(world.callum).post(PATH, posted(practice=str(world.beech.pk))).status_code == 302


def test_only_a_pql_is_asked_whether_to_go_past_the_cluster(world, as_person):
    for who in (world.pam, world.callum):
        assert "Go past the cluster" not in as_person(who).get(PATH).content.decode()
    as_person(world.asha).post(PATH, posted(skip_cluster="on"))
    assert Escalation.objects.get().forum == world.east_quality


def test_confidential_goes_to_the_chosen_lead(world, as_person):
    name_leads(world)
    page = as_person(world.asha).post(PATH, posted(named_lead=str(world.rhona.pk)), follow=True).content.decode()
    assert Escalation.objects.get().named_lead == world.rhona
    assert "With Rhona Fyfe, in confidence" in page


def test_confidential_about_the_lead_is_refused_at_the_choice(world, as_person):
    name_leads(world)
    form = posted(named_lead=str(world.rhona.pk), about=str(world.rhona.pk))
    assert "neither you nor the person it is about" in as_person(world.asha).post(PATH, form).content.decode()


def test_without_named_leads_the_page_says_whom_to_ask(world, as_person):
    page = as_person(world.asha).get(PATH).content.decode()
    assert "has not named its leads for confidential matters" in page


def test_with_nobody_above_the_sentence_names_whom_to_ask(world, as_person):
    above = [Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD, Role.HSCP_LEAD, Role.BOARD_LEAD]
    RoleAssignment.objects.filter(role__in=above).update(ends_on=world.today)
    page = as_person(world.callum).post(PATH, posted()).content.decode()
    assert "Ask Isla Bruce (isla@example.org) or Priya Nair (priya@example.org)" in page
    assert "Shared the list with Beech." in page


def test_what_was_typed_is_kept_and_dropped_when_sent(world, as_person):
    key = f"escalation:{world.rowan.pk}:"
    keep_draft(owner=world.asha, key=key, fields=posted(title="Half typed", situation=""))
    page = as_person(world.asha).get(PATH).content.decode()
    assert "We kept what you typed" in page
    assert "Half typed" in page
    assert "There is a problem" not in page
    as_person(world.asha).post(PATH, posted())
    assert not Draft.objects.exists()


@pytest.fixture
def ask(world):
    return Ask.objects.create(
        forum=world.rowan.forum,
        question="Who pays for the texts?",
        to=world.heather,
        reply_by=world.today + timedelta(days=14),
        asked_at=timezone.now(),
        asked_by=world.asha,
    )


def test_a_question_becomes_an_escalation_when_the_one_who_asked_chooses(world, as_person, ask):
    client, path = as_person(world.asha), f"{PATH}?ask={ask.pk}"
    assert "Who pays for the texts?" in client.get(path).content.decode()
    assert client.post(path, posted()).status_code == 302
    assert Escalation.objects.get().from_ask == ask
    assert "escalated already, as ESC-" in client.post(path, posted()).content.decode()


@pytest.mark.parametrize("pk", ["0", "x", "²", "9" * 30, "-1"])
def test_a_question_of_somebody_else_or_none_at_all_is_404(world, as_person, ask, pk):
    assert as_person(world.callum).get(f"{PATH}?ask={ask.pk}").status_code == 404
    assert as_person(world.asha).get(f"{PATH}?ask={pk}").status_code == 404


@pytest.mark.parametrize("why", ["draft", "withdrawn"])
def test_a_question_in_a_draft_or_taken_back_goes_nowhere(world, as_person, ask, why):
    if why == "draft":
        meeting = Meeting.objects.create(
            forum=world.rowan.forum,
            held_on=world.today,
            nonce=uuid4(),
            logged_at=timezone.now(),
            logged_by=world.asha,
        )
        ask.item = Item.objects.create(meeting=meeting, position=1, title="Texts")
    else:
        ask.state = Ask.State.WITHDRAWN
    ask.save()
    assert as_person(world.asha).get(f"{PATH}?ask={ask.pk}").status_code == 404
    with pytest.raises(ValidationError, match="taken back"):
        raised(world, from_ask=ask)
    assert not Escalation.objects.exists()


def test_corrected_after_it_was_sent_the_words_are_not_lost(world, as_person):
    client, form = as_person(world.asha), posted()
    client.post(PATH, form)
    first = Escalation.objects.get()
    answer = client.post(PATH, {**form, "situation": "It is worse than I wrote."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"sent before, as {first.reference}" in page
    assert "It is worse than I wrote.</textarea>" in page
    nonce = re.search(r'name="nonce" value="([^"]+)"', page).group(1)
    assert nonce != form["nonce"]
    assert client.post(PATH, {**form, "situation": "It is worse than I wrote.", "nonce": nonce}).status_code == 302
    assert Escalation.objects.count() == 2


def test_a_matter_can_be_about_those_who_would_meet_it_and_nobody_else(world):
    meant = set(who_may_be_meant(world.rowan, on=world.today))
    assert {world.asha, world.callum, world.morag, world.rhona, world.duncan, world.heather, world.bruce} <= meant
    assert not meant & {world.lewis, world.nell, world.una, world.olive, world.priya}


def test_a_stranger_finds_nothing(world, as_person):
    assert as_person(world.nell).get(PATH).status_code == 404
    assert as_person(world.nell).post(PATH, posted()).status_code == 404
    assert as_person(world.morag).get(PATH).status_code == 403
    assert raised(world).reference.endswith("0001")
