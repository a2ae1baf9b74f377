"""Votes on topics: dots, one vote at a time, and nothing that joins a voter to the dots of an anonymous one."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent, User
from qiplans.models import OpenVote, Option, Round, Voter
from qiplans.services import votes as services
from qiplans.services.studio import set_aside
from tests.qiplans.studios import AT, a_candidate


def body(answer):
    return answer.content.decode()


def a_round(world, *, anonymous=False, dots=3, topics=3):
    return services.open_round(
        by=world.callum,
        cluster=world.rowan,
        title="Which two for this year?",
        dots=dots,
        is_anonymous=anonymous,
        candidates=[a_candidate(world, title=f"Topic {n}") for n in range(topics)],
        nonce=uuid4(),
        at=AT,
    )


def cast(of, by, *numbers):
    services.cast_vote(by=by, of=of, dots=dict(zip(of.options.values_list("pk", flat=True), numbers, strict=False)))


def shown(of):
    return list(of.options.order_by("pk").values_list("dots", "shown"))


def test_a_vote_is_opened_once_and_one_at_a_time(world, as_person):
    topics = [a_candidate(world, title=f"Topic {n}") for n in range(2)]
    asked = {"title": "Which?", "topics": [t.pk for t in topics], "dots": 2, "how": "open", "nonce": uuid4()}
    client = as_person(world.callum)
    for _ in range(2):
        client.post("/clusters/rowan/priorities/votes/new/", asked)
    held = Round.objects.get()
    assert (held.dots, held.is_anonymous, held.options.count()) == (2, False, 2)
    again = client.post("/clusters/rowan/priorities/votes/new/", {**asked, "nonce": uuid4()}, follow=True)
    assert "The cluster votes already." in body(again)
    begun = client.get("/clusters/rowan/priorities/votes/new/", follow=True)  # before anything is typed
    assert "The cluster votes already." in body(begun)
    assert ">Vote on topics<" not in body(client.get("/clusters/rowan/priorities/"))
    one = client.post("/clusters/rowan/priorities/votes/new/", {**asked, "topics": [topics[0].pk], "nonce": uuid4()})
    assert "Choose two topics or more" in body(one)
    assert "Which?" in body(as_person(world.asha).get("/clusters/rowan/priorities/"))


@pytest.mark.parametrize("anonymous", [False, True])
def test_who_has_not_voted_comes_to_an_open_vote_from_the_start_page(world, as_person, anonymous):
    of = a_round(world, anonymous=anonymous)
    link = f'href="/votes/{of.pk}/"'

    def told():
        return {
            who
            for who in ("asha", "callum", "morag", "heather", "nell")
            if link in body(as_person(world.people[who]).get("/"))
        }

    assert told() == {"asha", "callum", "morag"}
    assert "Rowan votes on topics: “Which two for this year?”" in body(as_person(world.asha).get("/"))
    for voter in (world.asha, world.callum, world.tom):
        cast(of, voter, 1)
    assert told() == {"morag"}
    services.close_round(by=world.callum, of=of, at=timezone.now())
    assert told() == set()


def test_only_open_topics_of_this_cluster(world):
    mine, gone = a_candidate(world), a_candidate(world, title="Gone")
    set_aside(by=world.callum, candidate=gone, reason="Enough", at=AT)
    strange = a_candidate(world, by=world.nell, cluster=world.birch)
    for other in (gone, strange):
        with pytest.raises(ValidationError):
            services.open_round(
                by=world.callum,
                cluster=world.rowan,
                title="Which?",
                dots=2,
                is_anonymous=False,
                candidates=[mine, type(other).objects.get(pk=other.pk)],
                nonce=uuid4(),
                at=AT,
            )


def test_open_dots_are_seen_with_names_and_can_be_changed(world, as_person):
    of = a_round(world)
    first, second, _ = of.options.all()
    asha = as_person(world.asha)
    asha.post(f"/votes/{of.pk}/vote/", {f"option_{first.pk}": 2, f"option_{second.pk}": 1})
    assert shown(of) == [(2, 2), (1, 1), (0, 0)]
    asha.post(f"/votes/{of.pk}/vote/", {f"option_{second.pk}": 3})
    assert shown(of) == [(0, 0), (3, 3), (0, 0)]
    page = body(as_person(world.pam).get(f"/votes/{of.pk}/"))
    assert "(optional)" not in page
    assert "1 of" in page
    assert "Asha Rahman 3" in page
    assert AuditEvent.objects.filter(verb="vote changed").count() == 1


@pytest.mark.parametrize("numbers", [(4,), (2, 2), (), (0, 0)])
def test_too_many_dots_and_none_are_refused(world, as_person, numbers):
    of = a_round(world)
    sent = {f"option_{option.pk}": n for option, n in zip(of.options.all(), numbers, strict=False)}
    page = body(as_person(world.asha).post(f"/votes/{of.pk}/vote/", sent))
    assert "Error:" in page
    assert Voter.objects.count() == 0
    with pytest.raises(ValidationError):
        cast(of, world.asha, *numbers)


def test_dots_elsewhere_and_dots_taken_away_are_refused(world):
    of = a_round(world)
    for dots in ({0: 1}, {of.options.first().pk: -1, of.options.last().pk: 2}):
        with pytest.raises(ValidationError):
            services.cast_vote(by=world.asha, of=of, dots=dots)


def test_an_anonymous_vote_leaves_nothing_that_joins_voter_and_dots(world):
    of = a_round(world, anonymous=True)
    voters = (world.asha, world.pam, world.tom)
    for n, voter in enumerate(voters):
        cast(of, voter, *(3 if place == n else 0 for place in range(3)))
    assert OpenVote.objects.count() == 0
    assert set(Voter.objects.values_list("person", flat=True)) == {v.pk for v in voters}
    # The row that holds dots knows no person and no time; the row that holds a person knows no dots and no time.
    kinds = {f.name: f.get_internal_type() for f in Option._meta.concrete_fields}
    assert set(kinds) == {"id", "round", "candidate", "dots", "shown"}
    assert {f.name for f in Voter._meta.concrete_fields} == {"id", "round", "person"}
    # No other row anywhere points at both a person and a topic of the vote.
    for model in apps.get_models():
        if model._meta.app_label in settings.OWN_APPS:
            to = {f.related_model for f in model._meta.concrete_fields if f.related_model}
            if {User, Option} <= to:
                assert model is OpenVote
    told = AuditEvent.objects.filter(verb="vote cast")
    assert told.count() == 3
    assert {str(event.changes) for event in told} == {"{}"}
    assert {event.subject_id for event in told} == {of.pk}


def test_an_anonymous_tally_shows_no_dots_before_it_is_closed(world, as_person):
    of = a_round(world, anonymous=True)
    cast(of, world.asha, 3)
    cast(of, world.pam, 0, 3)
    assert shown(of) == [(3, 0), (3, 0), (0, 0)]
    page = body(as_person(world.callum).get(f"/votes/{of.pk}/tally/", headers={"HX-Request": "true"}))
    assert "2 of" in page
    assert "3 dots" not in page
    assert "Asha" not in page
    cast(of, world.tom, 1)
    assert shown(of) == [(4, 0), (3, 0), (0, 0)]
    page = body(as_person(world.callum).get(f"/votes/{of.pk}/tally/", headers={"HX-Request": "true"}))
    assert "3 of" in page
    assert "The dots are shown when the vote is closed and three people or more have voted" in page
    assert "progress" not in page
    services.close_round(by=world.callum, of=of, at=AT)
    assert shown(of) == [(4, 4), (3, 3), (0, 0)]
    assert "4 dots" in body(as_person(world.callum).get(f"/votes/{of.pk}/tally/", headers={"HX-Request": "true"}))


NO_COUNT = "Fewer than three people voted, so no count is shown."


@pytest.mark.parametrize("voters", [1, 2])
def test_an_anonymous_vote_of_one_or_two_is_closed_without_a_count_for_good(world, as_person, voters):
    of, client = a_round(world, anonymous=True), as_person(world.callum)
    for person in (world.asha, world.pam)[:voters]:
        cast(of, person, 2)
    assert "▲ Fewer than three people have voted." in body(client.get(f"/votes/{of.pk}/close/"))
    said = body(client.post(f"/votes/{of.pk}/close/", follow=True))
    tally = body(client.get(f"/votes/{of.pk}/tally/", headers={"HX-Request": "true"}))
    topic = of.options.first().candidate
    for page in (said, tally, body(client.get(f"/candidates/{topic.pk}/"))):
        assert NO_COUNT in page
        assert not {"2 dots", "4 dots", "0 dots"} & set(re.findall(r"\d dots", page))
        assert "<progress" not in page
    of.refresh_from_db()
    assert not of.is_open
    # Nothing is left that could be shown later, whoever votes, closes or looks again.
    assert shown(of) == [(0, 0), (0, 0), (0, 0)]
    with pytest.raises(services.RoundClosed):
        cast(of, world.tom, 1)
    services.close_round(by=world.callum, of=of, at=AT)
    assert NO_COUNT in body(client.get(f"/votes/{of.pk}/"))
    # And the next vote can begin.
    assert a_round(world, topics=2).is_open


def test_an_anonymous_vote_of_three_closes_with_its_count_and_no_warning(world, as_person):
    of, client = a_round(world, anonymous=True), as_person(world.callum)
    for person in (world.asha, world.pam, world.tom):
        cast(of, person, 3)
    assert "Fewer than three" not in body(client.get(f"/votes/{of.pk}/close/"))
    said = body(client.post(f"/votes/{of.pk}/close/", follow=True))
    assert "9 dots" in said
    assert NO_COUNT not in said
    assert "9 dots" in body(client.get(f"/candidates/{of.options.first().candidate.pk}/"))


def test_an_anonymous_vote_in_which_nobody_voted_is_closed(world):
    of = a_round(world, anonymous=True)
    assert not services.close_round(by=world.callum, of=of, at=AT).is_open


def test_an_anonymous_vote_is_cast_once(world, as_person):
    of = a_round(world, anonymous=True)
    client, first = as_person(world.asha), of.options.first()
    client.post(f"/votes/{of.pk}/vote/", {f"option_{first.pk}": 1})
    page = body(client.get(f"/votes/{of.pk}/"))
    assert "You have voted." in page
    assert "Place my dots" not in page
    again = client.post(f"/votes/{of.pk}/vote/", {f"option_{first.pk}": 1}, follow=True)
    assert "none can be taken back" in body(again)
    assert Option.objects.get(pk=first.pk).dots == 1


def test_a_closed_vote_stands(world, as_person):
    of = a_round(world)
    cast(of, world.asha, 2)
    client = as_person(world.callum)
    assert "Close the vote?" in body(client.get(f"/votes/{of.pk}/close/"))
    for _ in range(2):
        client.post(f"/votes/{of.pk}/close/")
    assert AuditEvent.objects.filter(verb="vote closed").count() == 1
    late = as_person(world.pam).post(f"/votes/{of.pk}/vote/", {f"option_{of.options.first().pk}": 1}, follow=True)
    assert "The vote is closed" in body(late)
    assert shown(of)[0] == (2, 2)
    topic = of.options.first().candidate
    assert "2 dots" in body(client.get(f"/candidates/{topic.pk}/"))


def test_the_topics_of_a_closed_vote_lead_to_their_pages(world, as_person):
    of = a_round(world)
    asha, links = as_person(world.asha), [f'href="/candidates/{o.candidate_id}/"' for o in of.options.all()]
    assert not any(link in body(asha.get(f"/votes/{of.pk}/")) for link in links)
    services.close_round(by=world.callum, of=of, at=timezone.now())
    page = body(asha.get(f"/votes/{of.pk}/"))
    assert all(link in page for link in links)
    assert asha.get(f"/candidates/{of.options.first().candidate_id}/").status_code == 200


def test_the_tally_asks_again_only_while_it_is_open(world, as_person):
    of = a_round(world)
    url = f"/votes/{of.pk}/"
    page = body(as_person(world.asha).get(url))
    assert f'hx-get="{url}tally/"' in page
    assert as_person(world.asha).get(f"{url}tally/").url == url
    assert "<html" not in body(as_person(world.asha).get(f"{url}tally/", headers={"HX-Request": "true"}))
    services.close_round(by=world.callum, of=of, at=AT)
    assert "hx-get" not in body(as_person(world.asha).get(f"{url}tally/", headers={"HX-Request": "true"}))
