"""Requests to the analyst: asked, asked back, delivered, and whether it was useful."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.models import Letter
from qiplans import services
from qiplans.models import AnalystRequest
from qiplans.services.requests import take_step
from shared.dates import in_words
from tests.house.rows.qiplans_analysts import asked
from tests.office.reminded import written
from tests.qiplans.conftest import a_measure


def test_the_whole_way(world, as_person):
    tom, lewis = as_person(world.tom), as_person(world.lewis)
    tom.post(
        "/clusters/rowan/analysts/ask/",
        {"question": "Who is not recalled?", "decision": "Whom to ring", "needed_by": world.today},
    )
    request = AnalystRequest.objects.get()
    path = f"/analysts/requests/{request.pk}/"
    assert "Rowan asks: “Who is not recalled?”" in lewis.get("/").content.decode()
    assert "Who is not recalled?" in lewis.get("/analysts/").content.decode()
    lewis.post(f"{path}step/", {"to_state": "QUERIED", "words": "Since when?"})
    assert "The analyst asks about" in tom.get("/").content.decode()
    tom.post(f"{path}reply/", {"words": "Since May"})
    lewis.post(f"{path}step/", {"to_state": "ACCEPT"})
    assert "accepted" in tom.get("/").content.decode()
    lewis.post(f"{path}step/", {"to_state": "DELIVER", "link": "https://example.org/answer"})
    page = tom.get(path).content.decode()
    for words in ("Since when?", "Since May", "https://example.org/answer", "Was it useful?"):
        assert words in page
    tom.post(f"{path}useful/", {"useful": "YES", "note": "We rang forty people"})
    request.refresh_from_db()
    assert (request.useful, request.judged_by) == ("YES", world.tom)
    assert "We rang forty people" in lewis.get(path).content.decode()


def test_declining_and_asking_back_need_words_and_delivering_needs_a_product(world, as_person):
    request = asked(world)
    lewis, path = as_person(world.lewis), f"/analysts/requests/{request.pk}/step/"
    for state in ("QUERIED", "DECLINE"):
        assert "Say what you need to know" in lewis.post(path, {"to_state": state}).content.decode()
    lewis.post(path, {"to_state": "ACCEPT"})
    assert "Give the address" in lewis.post(path, {"to_state": "DELIVER"}).content.decode()
    request.refresh_from_db()
    assert request.state == "ACCEPT"


def test_a_second_press_is_no_refusal_and_who_is_late_keeps_their_words(world, as_person):
    request = asked(world)
    tom, asha, lewis = as_person(world.tom), as_person(world.asha), as_person(world.lewis)
    path = f"/analysts/requests/{request.pk}/"
    for _ in range(2):
        answer = lewis.post(f"{path}step/", {"to_state": "QUERIED", "words": "Since when?"}, follow=True)
        assert "is told" in answer.content.decode()
    for _ in range(2):
        answer = tom.post(f"{path}reply/", {"words": "Since May"}, follow=True)
        assert "The analyst has your answer" in answer.content.decode()
    late = asha.post(f"{path}reply/", {"words": "Since June"})
    assert late.status_code == 409
    assert "Somebody was first" in late.content.decode()
    assert "“Since May”" in late.content.decode()
    assert "readonly>Since June</textarea>" in late.content.decode()
    lewis.post(f"{path}step/", {"to_state": "ACCEPT"})
    sent = {"to_state": "DELIVER", "words": "Forty people"}
    for _ in range(2):
        assert "is told" in lewis.post(f"{path}step/", sent, follow=True).content.decode()
    late = lewis.post(f"{path}step/", {"to_state": "DECLINE", "words": "No time"}, follow=True).content.decode()
    assert "readonly>No time</textarea>" in late
    for _ in range(2):
        answer = tom.post(f"{path}useful/", {"useful": "YES", "note": "Rang them"}, follow=True)
        assert "Thank you" in answer.content.decode()
    late = asha.post(f"{path}useful/", {"useful": "NO", "note": "Too late"}, follow=True).content.decode()
    assert "readonly>Too late</textarea>" in late
    assert list(request.steps.values_list("to_state", flat=True)) == ["QUERIED", "NEW", "ACCEPT", "DELIVER"]


def test_a_box_that_is_not_in_order_gives_its_words_back_when_the_step_was_overtaken(world, as_person):
    request, lewis = asked(world), as_person(world.lewis)
    take_step(by=world.heather, request=request, to_state="ACCEPT", words="")
    take_step(by=world.heather, request=request, to_state="DELIVER", words="Forty people")
    sent = {"to_state": "DELIVER", "words": "It is here", "link": "not an address at all"}
    page = lewis.post(f"/analysts/requests/{request.pk}/step/", sent).content.decode()
    assert "readonly>It is here</textarea>" in page
    assert "readonly>not an address at all</textarea>" in page


def test_the_analyst_is_reminded_while_the_step_is_theirs(world):
    request = asked(world)
    line = f"A question of Rowan to the analyst, needed by {in_words(request.needed_by)}"
    letters = written()
    assert {who for who, letter in letters.items() if " ".join(line.split()) in " ".join(letter.split())} == {"lewis"}
    take_step(by=world.lewis, request=request, to_state="QUERIED", words="Since when?")
    Letter.objects.all().delete()
    assert not [who for who, letter in written().items() if "to the analyst" in letter]


def test_a_colleagues_step_is_read_before_another_is_taken(world, as_person):
    request, lewis = asked(world), as_person(world.lewis)
    path = f"/analysts/requests/{request.pk}/"
    assert 'name="read" value="0"' in lewis.get(path).content.decode()
    take_step(by=world.heather, request=request, to_state="DECLINE", words="The data end in May")
    sent = {"to_state": "ACCEPT", "words": "Gladly, in a week", "read": 0}
    late = lewis.post(f"{path}step/", sent)
    page = late.content.decode()
    assert late.status_code == 409
    for shown in ("Somebody was first", "“The data end in May”", "Gladly, in a week</textarea>"):
        assert shown in page
    assert 'name="read" value="1"' in page
    request.refresh_from_db()
    assert request.state == "DECLINE"
    assert lewis.post(f"{path}step/", {**sent, "read": 1}).status_code == 302
    request.refresh_from_db()
    assert request.state == "ACCEPT"


def test_what_is_typed_into_a_step_outlives_the_session(world, as_person):
    request, lewis = asked(world), as_person(world.lewis)
    path = f"/analysts/requests/{request.pk}/"
    keep = re.search(r'name="keep" value="([^"]+)"', lewis.get(path).content.decode()).group(1)
    lewis.logout()
    sent = {"to_state": "QUERIED", "words": "Since when, and", "keep": keep}
    lewis.post(f"{path}step/", sent, headers={"referer": f"http://testserver{path}"})
    lewis.force_login(world.lewis)
    page = lewis.get(path).content.decode()
    assert "We kept what you typed" in page
    assert "Since when, and</textarea>" in page
    lewis.post(f"{path}step/", sent)
    assert "We kept what you typed" not in lewis.get(path).content.decode()


def test_a_product_may_be_a_measure_of_the_cluster_only(world, as_person, work):
    measure, other = (
        a_measure(world, work.project),
        services.add_project(by=world.callum, priority=work.priority, title="Kept inside", aim="Fewer calls"),
    )
    kept = a_measure(world, other, name="Calls unanswered")
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    request, lewis = asked(world), as_person(world.lewis)
    path = f"/analysts/requests/{request.pk}/step/"
    lewis.post(path, {"to_state": "ACCEPT"})
    page = lewis.get(f"/analysts/requests/{request.pk}/").content.decode()
    assert measure.name in page
    assert kept.name not in page
    refused = lewis.post(path, {"to_state": "DELIVER", "measure": kept.pk})
    assert kept.name not in refused.content.decode()
    lewis.post(path, {"to_state": "DELIVER", "measure": measure.pk})
    request.refresh_from_db()
    assert (request.state, request.measure) == ("DELIVER", measure)


def test_the_card_says_who_and_what_and_when_last(world, as_person):
    as_person(world.lewis).post("/analysts/card/", {"can_do": "Prescribing data by practice", "version": 1})
    page = as_person(world.asha).get("/clusters/rowan/analysts/").content.decode()
    for words in ("Lewis Orr", "Prescribing data by practice", "Heather Lind", "No request of this cluster"):
        assert words in page


def test_another_cluster_and_its_hscp_lead_read_none_of_it(world, as_person):
    path = f"/analysts/requests/{asked(world).pk}/"
    for person in (world.nell, world.duncan, world.heather, world.una):
        assert as_person(person).get(path).status_code == 404


def test_one_request_or_twenty_cost_the_same(world, as_person):
    request, lewis = asked(world), as_person(world.lewis)
    lewis.get("/analysts/")
    with CaptureQueriesContext(connection) as few:
        lewis.get("/analysts/")
    AnalystRequest.objects.bulk_create(
        AnalystRequest(
            cluster=world.larch,
            question=f"Q{n}",
            decision="D",
            needed_by=world.today,
            asked_at=request.asked_at,
            asked_by=world.duncan,
        )
        for n in range(20)
    )
    with CaptureQueriesContext(connection) as many:
        lewis.get("/analysts/")
    assert len(many) == len(few)


def test_what_is_wrong_with_a_question_stands_in_one_list_at_the_top(world, as_person):
    refused = as_person(world.tom).post("/clusters/rowan/analysts/ask/", {"question": "", "decision": "Whom to ring"})
    page = refused.content.decode()
    assert page.count('id="error-summary"') == 1
    assert '<a href="#id_question">Write your question.</a>' in page
    assert page.index('id="error-summary"') < page.index('for="id_question"')
