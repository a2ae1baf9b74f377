"""The priority studio: topics from anywhere, scored, set aside, and never seen above the cluster."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from office.models import Draft
from qiplans.models import Candidate, Score
from qiplans.reference.criteria import CRITERIA
from qiplans.reference.suggested import SUGGESTED
from qiplans.rules.studio import is_only_where_data_was
from qiplans.selectors.agenda import asked_lines
from qiplans.selectors.alike import words_to_find
from qiplans.services import ChangedMeanwhile, share_project
from qiplans.services import studio as services
from tests.meetings.test_topics import proposed
from tests.qiplans.conftest import a_plan
from tests.qiplans.studios import AT, a_candidate, a_score, an_asked_topic

STUDIO = "/clusters/rowan/priorities/"


def body(answer):
    return answer.content.decode()


def words(**changes):
    return {"title": "Frailty", "why": "Fewer falls.", "source": "EVENT", "nonce": str(uuid4()), **changes}


def test_any_member_puts_a_topic_forward_once(world, as_person):
    same = words()
    for _ in range(2):
        answer = as_person(world.pam).post(f"{STUDIO}new/", same)
    added = Candidate.objects.get()
    assert answer.url == f"/candidates/{added.pk}/"
    assert (added.source, added.put_forward_by, added.state) == ("EVENT", world.pam, "OPEN")
    assert "Frailty" in body(as_person(world.asha).get(STUDIO))
    event = AuditEvent.objects.get(verb="topic put forward")
    assert "Frailty" not in str(event.changes) + event.subject


def test_an_empty_studio_says_what_to_do(world, as_person):
    page = body(as_person(world.asha).get(STUDIO))
    assert "No topic is put forward yet." in page
    assert "/clusters/rowan/priorities/suggested/" in page
    assert "No topic stands there." in body(as_person(world.asha).get(f"{STUDIO}?show=aside"))


def test_a_topic_of_the_box_brings_its_words_and_is_put_forward_once(world, as_person):
    topic = proposed(world)
    client = as_person(world.asha)
    assert f"?topic={topic.pk}" in body(client.get(STUDIO))
    page = body(client.get(f"{STUDIO}new/?topic={topic.pk}"))
    assert topic.title in page
    assert "Where does it come from?" not in page
    for _ in range(2):
        assert client.post(f"{STUDIO}new/?topic={topic.pk}", words(title="Lithium")).status_code == 302
    late = body(as_person(world.pam).post(f"{STUDIO}new/?topic={topic.pk}", words(title="Lithium, said otherwise")))
    assert "Asha Rahman put it forward already." in late
    assert "Lithium, said otherwise" in late
    added = Candidate.objects.get()
    assert (added.topic, added.source, added.title) == (topic, "TOPIC", "Lithium")
    assert f"?topic={topic.pk}" not in body(client.get(STUDIO))


def test_a_topic_of_another_box_is_none(world, as_person):
    strange = proposed(world, by=world.nell, forum=world.birch.forum)
    assert strange.title not in body(as_person(world.asha).get(f"{STUDIO}new/?topic={strange.pk}"))
    with pytest.raises(ValidationError):
        a_candidate(world, source="TOPIC", topic=strange)
    with pytest.raises(ValueError, match="ask_for_topic"):
        a_candidate(world, source="HSCP")


def test_the_suggested_list_says_why_and_where_from(world, as_person):
    client = as_person(world.asha)
    page = body(client.get(f"{STUDIO}suggested/"))
    for one in SUGGESTED:
        assert one.reason
        assert one.evidence
        assert one.dataset
        assert len(one.angles) >= 2
    assert page.count("Known from") == page.count("Figures from") == len(SUGGESTED)
    form = body(client.get(f"{STUDIO}new/?list=diabetes"))
    assert "Scottish Diabetes Survey" in form
    answer = client.post(f"{STUDIO}new/?list=diabetes", words(evidence="SDS", dataset="SCI-Diabetes"))
    assert Candidate.objects.get().suggestion == "diabetes"
    assert "Pick an angle" in body(client.get(answer.url))
    assert "Put forward here already" in body(client.get(f"{STUDIO}suggested/"))


def test_a_chart_is_linked_by_its_path_and_no_other_address_is_taken(world, as_person):
    client = as_person(world.asha)
    assert "/projects/7/" in body(client.get(f"{STUDIO}new/?chart=/projects/7/"))
    for wrong in ("javascript:alert(1)", "//elsewhere.example", "projects/7"):
        page = body(client.post(f"{STUDIO}new/", words(link=wrong)))
        assert "Give an address that begins with https://" in page
    client.post(f"{STUDIO}new/", words(link="/projects/7/", source="DATA"))
    assert 'href="/projects/7/"' in body(client.get(f"/candidates/{Candidate.objects.get().pk}/"))


def test_the_grid_keeps_a_word_for_each_point(world, as_person):
    candidate = a_candidate(world)
    client = as_person(world.callum)
    page = body(client.get(f"/candidates/{candidate.pk}/score/"))
    for criterion in CRITERIA:
        assert criterion.question in page
        assert all(f"{n} · {word}" in page for n, word in enumerate(criterion.words))
    client.post(f"/candidates/{candidate.pk}/score/", {"need": "2", "effort": "0", "note": "All see it."})
    score = Score.objects.get()
    assert (score.need, score.effort, score.impact, score.scored_by) == (2, 0, None, world.callum)
    shown = body(client.get(f"/candidates/{candidate.pk}/"))
    assert "2 of 24 points together" in shown
    assert "Too much" in shown
    assert "Not scored" in shown


def test_a_score_without_an_answer_is_no_score(world, as_person):
    candidate = a_candidate(world)
    client = as_person(world.callum)
    client.post(f"/candidates/{candidate.pk}/score/", {"note": "Next time."})
    page = body(client.get(f"/candidates/{candidate.pk}/"))
    assert "Not scored yet." in page
    assert "Next time." in page
    assert "of 24 points" not in page + body(client.get(STUDIO))
    a_score(world, candidate, version=1, need=0)
    assert "0 of 24 points together" in body(client.get(f"/candidates/{candidate.pk}/"))


def test_the_score_of_a_settled_topic_stands(world, as_person):
    candidate, client = a_candidate(world), as_person(world.callum)
    a_score(world, candidate, need=2)
    url = f"/candidates/{candidate.pk}/score/"
    assert "Change the score" in body(client.get(f"/candidates/{candidate.pk}/"))
    services.set_aside(by=world.callum, candidate=candidate, reason="Enough", at=AT)
    assert "Change the score" not in body(client.get(f"/candidates/{candidate.pk}/"))
    assert "its score stands as it was" in body(client.get(url, follow=True))
    late = body(client.post(url, {"need": "3", "note": "After all", "version": 1}))
    assert "its score stands as it was" in late
    assert "After all</textarea>" in late
    assert Score.objects.get().need == 2


def test_two_who_score_at_once_see_both(world, as_person):
    candidate = a_candidate(world)
    a_score(world, candidate, need=1)
    url = f"/candidates/{candidate.pk}/score/"
    answer = as_person(world.morag).post(url, {"need": "3", "version": ""})
    assert answer.status_code == 409
    assert "3 · most" in body(answer)
    assert as_person(world.morag).post(url, {"need": "3", "version": "1"}).status_code == 302
    assert Score.objects.get().need == 3
    with pytest.raises(ChangedMeanwhile):
        a_score(world, candidate, need=2, version=1)
    with pytest.raises(ValidationError):
        a_score(world, candidate, need=4, version=2)
    with pytest.raises(ValidationError):
        a_score(world, candidate, beauty=1, version=2)
    before = AuditEvent.objects.count()
    a_score(world, candidate, need=3)
    assert AuditEvent.objects.count() == before


def test_it_is_sorted_as_asked_and_unscored_ones_come_last(world, as_person):
    low, high = a_candidate(world, title="Low"), a_candidate(world, title="High")
    a_candidate(world, title="Never scored")
    a_score(world, low, need=3, impact=0)
    a_score(world, high, need=1, impact=3)
    client = as_person(world.asha)

    def order(sort):
        page = body(client.get(f"{STUDIO}?sort={sort}"))
        return sorted(("Low", "High", "Never scored"), key=lambda title: page.index(f">{title}</a>"))

    assert order("score") == ["High", "Low", "Never scored"]
    assert order("need") == ["Low", "High", "Never scored"]
    assert order("title") == ["High", "Low", "Never scored"]
    assert order("nonsense") == ["Never scored", "High", "Low"]


def test_as_many_queries_with_one_topic_as_with_twenty(world, as_person):
    client = as_person(world.callum)

    def queries():
        client.get(STUDIO)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(STUDIO)
        return len(seen)

    a_score(world, a_candidate(world), need=2)
    few = queries()
    for n in range(19):
        a_score(world, a_candidate(world, by=[world.asha, world.pam, world.tom][n % 3], title=f"Topic {n}"), need=1)
    assert queries() == few


@pytest.mark.parametrize(
    ("points", "warns"),
    [
        ({"data": 3}, True),
        ({"data": 2, "need": 1, "impact": 0, "evidence": 1}, True),
        ({"data": 3, "need": 2}, False),
        ({"data": 3, "evidence": 3}, False),
        ({"data": 1}, False),
        ({}, False),
    ],
)
def test_a_topic_that_only_its_data_speaks_for_is_warned_of(world, as_person, points, warns):
    assert is_only_where_data_was(points) == warns
    candidate = a_candidate(world)
    a_score(world, candidate, note="said", **points)
    page = body(as_person(world.asha).get(f"/candidates/{candidate.pk}/"))
    assert ("Only its data speaks for it so far" in page) == warns


def test_not_now_needs_a_reason_and_can_be_taken_back(world, as_person):
    candidate = a_candidate(world)
    client = as_person(world.callum)
    page = body(client.post(f"/candidates/{candidate.pk}/not-now/", {"reason": " "}))
    assert "Say why not now" in page
    client.post(f"/candidates/{candidate.pk}/not-now/", {"reason": "Two topics are enough"})
    assert "Two topics are enough" in body(as_person(world.asha).get(f"/candidates/{candidate.pk}/"))
    assert candidate.title not in body(client.get(STUDIO))
    assert candidate.title in body(client.get(f"{STUDIO}?show=aside"))
    again = client.post(f"/candidates/{candidate.pk}/not-now/", {"reason": "Again"})
    assert again.status_code == 409
    assert "Somebody settled it first: not now." in body(again)
    assert re.search(r"<textarea[^>]*readonly>Again</textarea>", body(again))
    twice = client.post(f"/candidates/{candidate.pk}/not-now/", {"reason": "Two topics are enough"})
    assert twice.status_code == 302
    client.post(f"/candidates/{candidate.pk}/again/")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.settled_reason, candidate.settled_at) == ("OPEN", "", None)


def test_words_given_back_are_kept_no_longer(world, as_person):
    candidate, client = a_candidate(world), as_person(world.callum)
    path = f"/candidates/{candidate.pk}/"
    keep = re.search(r'name="keep" value="([^"]+)"', body(client.get(path))).group(1)
    client.post("/drafts/", {"keep": keep, "reason": "Not this year"})
    assert Draft.objects.filter(owner=world.callum).exists()
    services.set_aside(by=world.morag, candidate=candidate, reason="Enough", at=AT)
    assert "Not this year" in body(client.post(f"{path}not-now/", {"reason": "Not this year", "version": 1}))
    assert not Draft.objects.filter(owner=world.callum).exists()


def test_who_put_it_forward_changes_it_and_two_at_once_see_both(world, as_person):
    candidate = a_candidate(world)
    url = f"/candidates/{candidate.pk}/change/"
    assert as_person(world.pam).get(url).status_code == 403
    assert as_person(world.asha).post(url, words(version=1)).status_code == 302
    assert as_person(world.callum).post(url, words(title="Other", version=1)).status_code == 409
    services.set_aside(by=world.callum, candidate=candidate, reason="Enough", at=AT)
    assert as_person(world.asha).get(url).status_code == 403


def test_the_hscp_asks_the_cluster_answers_and_the_loop_closes(world, as_person):
    heather = as_person(world.heather)
    path = f"/hscps/{world.strath.code}/topics/"
    assert "You have not asked for a topic yet" in body(heather.get(path))
    asking = {"title": "Falls", "why": "They rose.", "clusters": ["rowan", "larch"], "nonce": uuid4()}
    heather.post(f"{path}new/", {**asking, "answer_by": "2026-12-03"})
    heather.post(f"{path}new/", {**asking, "answer_by": "2026-12-03"})
    assert Candidate.objects.filter(source="HSCP").count() == 2
    assert body(heather.get(path)).count("No answer yet") == 2
    asked = Candidate.objects.get(cluster=world.rowan)
    callum = as_person(world.callum)
    assert "The HSCP waits for an answer" in body(callum.get(STUDIO))
    assert "Write the answer" in body(callum.post(f"/candidates/{asked.pk}/answer/", {"answer": ""}))
    callum.post(f"/candidates/{asked.pk}/answer/", {"answer": "In December, with the frailty team.", "version": 1})
    page = body(heather.get(path))
    assert "In December, with the frailty team." in page
    assert page.count("No answer yet") == 1
    assert heather.get(f"/candidates/{asked.pk}/").status_code == 404
    assert as_person(world.callum).get(f"/candidates/{asked.pk}/change/").status_code == 403


def test_a_request_is_a_need_and_a_line_of_the_agenda_until_answered(world, as_person):
    asked = an_asked_topic(world, answer_by=world.today)
    callum, heather = as_person(world.callum), as_person(world.heather)
    need = f"{world.strath} asks {world.rowan} to think about “Falls at home”"
    assert need in body(callum.get("/"))
    assert need not in body(as_person(world.asha).get("/"))
    lines = asked_lines(world.rowan.forum, on=world.today, reach=None)
    assert [(line.text, line.is_kept) for line in lines] == [("Falls at home", True)]
    assert "answered about" not in body(heather.get("/"))
    services.answer_request(by=world.callum, candidate=asked, version=1, answer="Yes", at=timezone.now())
    assert need not in body(callum.get("/"))
    assert asked_lines(world.rowan.forum, on=world.today, reach=None) == []
    assert f"{world.rowan} answered about “Falls at home”" in body(heather.get("/"))
    earlier = timezone.now() - timedelta(days=15)
    services.answer_request(by=world.callum, candidate=asked, version=2, answer="No", at=earlier)
    assert "answered about" not in body(heather.get("/"))


def test_requests_cost_the_home_page_no_query_each(world, as_person):
    client = as_person(world.callum)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        return len(seen)

    an_asked_topic(world)
    queries()
    few = queries()
    for n in range(9):
        an_asked_topic(world, title=f"Topic {n}")
    assert queries() == few


def test_setting_a_request_aside_is_the_newest_answer_and_said_so(world, as_person):
    asked = an_asked_topic(world)
    services.answer_request(by=world.morag, candidate=asked, version=1, answer="We will look at it", at=AT)
    path, told = f"/candidates/{asked.pk}/", "The HSCP reads this as your answer."
    callum = as_person(world.callum)
    assert told in body(callum.get(path))
    assert told not in body(callum.get(f"/candidates/{a_candidate(world).pk}/"))
    callum.post(f"{path}not-now/", {"reason": "Larch does it for both", "version": 2})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Larch does it for both", world.callum)
    page = body(as_person(world.heather).get(f"/hscps/{world.strath.code}/topics/"))
    assert "<strong>Not now</strong> since" in page
    assert "Larch does it for both" in page
    with pytest.raises(ValidationError):
        services.answer_request(by=world.callum, candidate=a_candidate(world), version=1, answer="Yes", at=AT)


def test_two_who_answer_the_hscp_at_once_see_both_texts(world, as_person):
    asked = an_asked_topic(world)
    url, callum = f"/candidates/{asked.pk}/answer/", as_person(world.callum)
    assert as_person(world.morag).post(url, {"answer": "Yes, in May", "version": 1}).status_code == 302
    late = callum.post(url, {"answer": "No, not this year", "version": 1})
    assert late.status_code == 409
    assert "<td>Yes, in May</td><td>No, not this year</td>" in body(late)
    assert re.search(r"<textarea[^>]*>\s*No, not this year</textarea>", body(late))
    asked.refresh_from_db()
    assert asked.answer == "Yes, in May"
    assert callum.post(url, {"answer": "No, not this year", "version": 2}).status_code == 302
    asked.refresh_from_db()
    assert (asked.answer, asked.version) == ("No, not this year", 3)
    assert callum.post(url, {"answer": "No, not this year", "version": 1}).status_code == 302


def test_a_reason_does_not_silently_replace_the_answer_of_a_colleague(world, as_person):
    asked = an_asked_topic(world)
    services.answer_request(by=world.morag, candidate=asked, version=1, answer="Yes, in May", at=AT)
    late = as_person(world.callum).post(f"/candidates/{asked.pk}/not-now/", {"reason": "Too much", "version": 1})
    assert late.status_code == 409
    assert "<td>Yes, in May</td><td>Too much</td>" in body(late)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("OPEN", "Yes, in May")


@pytest.mark.parametrize(("step", "name"), [("answer", "answer"), ("not-now", "reason")])
def test_words_on_the_page_of_a_topic_outlive_the_session(world, as_person, step, name):
    asked = an_asked_topic(world)
    page, client = f"/candidates/{asked.pk}/", as_person(world.callum)
    form = next(f for f in body(client.get(page)).split("<form") if f"{page}{step}/" in f)
    keep = re.search(r'name="keep" value="([^"]+)"', form).group(1)
    client.logout()
    sent = client.post(
        f"{page}{step}/", {name: "Half a thought", "keep": keep}, headers={"referer": f"http://testserver{page}"}
    )
    assert sent.url.endswith(urlencode({"next": page}))
    client.force_login(world.callum)
    again = body(client.get(page))
    assert "We kept what you typed" in again
    assert "Half a thought</textarea>" in again


def test_clusters_of_another_hscp_are_not_asked(world, as_person):
    url = f"/hscps/{world.strath.code}/topics/new/"
    asking = {"title": "Falls", "why": "They rose.", "clusters": ["birch"], "nonce": uuid4()}
    assert "Choose clusters that this HSCP leads." in body(as_person(world.heather).post(url, asking))
    with pytest.raises(ValidationError):
        services.ask_for_topic(
            by=world.heather,
            hscp=world.strath,
            clusters=[world.birch],
            title="Falls",
            why="They rose.",
            nonce=uuid4(),
            at=AT,
        )


def test_has_anyone_done_this_looks_where_the_reader_may_see(world, as_person):
    mine = a_plan(world).project
    theirs = a_plan(world, world.birch).project
    page = body(as_person(world.asha).get("/projects/alike/?q=text recalls for diabetes"))
    assert f"/projects/{mine.pk}/" in page
    assert f"/projects/{theirs.pk}/" not in page
    assert "Ask: Cluster Quality Lead of Rowan" in page
    assert f"/projects/{mine.pk}/" not in body(as_person(world.heather).get("/projects/alike/?q=diabetes"))
    share_project(by=world.callum, project=mine, level="HSCP")
    assert f"/projects/{mine.pk}/" in body(as_person(world.heather).get("/projects/alike/?q=diabetes"))
    share_project(by=world.nell, project=theirs, level="SCOTLAND")
    page = body(as_person(world.asha).get("/projects/alike/?q=diabetes"))
    assert "Cluster Quality Lead of Birch" in page
    assert f"/projects/{theirs.pk}/" not in page
    assert "Nothing found" in body(as_person(world.asha).get("/projects/alike/?q=with the"))
    candidate = a_candidate(world)
    assert f"/projects/{mine.pk}/" in body(as_person(world.asha).get(f"/candidates/{candidate.pk}/"))
    assert as_person(world.una).get("/projects/alike/").status_code == 404


def test_words_worth_looking_for():
    assert words_to_find("With the Patients: Recall, recall by TEXT (2026)") == ["recall", "text"]
    assert words_to_find("a an the of") == []


def test_nobody_above_or_beside_reads_it(world, as_person):
    candidate = a_candidate(world)
    for name in ("heather", "lewis", "duncan"):
        person = as_person(world.people[name])
        assert person.get(STUDIO).status_code == 403
        assert person.get(f"/candidates/{candidate.pk}/").status_code == 404
    assert as_person(world.nell).get(STUDIO).status_code == 404
