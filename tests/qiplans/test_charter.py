"""The charter of a project: aim in four parts, partners before start, practices opting in, milestones, learning."""

from datetime import timedelta

import pytest

from qiplans import services
from qiplans.models import Charter, Cycle, OptIn, Partner
from qiplans.rules.aims import aim_sentence, missing_parts
from qiplans.selectors.agenda import milestone_lines
from qiplans.services.charters import add_milestone, add_partner, engage_partner, opt, reach_milestone
from tests.qiplans.aims import PARTS as IN_ORDER
from tests.qiplans.aims import SENTENCES
from tests.qiplans.tools import a_cycle, a_studied_cycle

PARTS = {
    "aim_how_much": "75 in 100",
    "aim_what": "people with diabetes have had all eight checks",
    "aim_where": "at our seven practices",
    "aim_by_when": "the end of March 2027",
}
SENTENCE = "By the end of March 2027, 75 in 100 people with diabetes have had all eight checks at our seven practices."


def path_to(work, page=""):
    return f"/projects/{work.project.pk}/{page}"


def test_the_sentence_is_built_from_its_parts():
    assert aim_sentence(**PARTS) == SENTENCE
    assert aim_sentence(**{**PARTS, "aim_by_when": "By the end of March 2027."}) == SENTENCE
    assert missing_parts(dict.fromkeys(PARTS, "")) == []
    assert missing_parts({**PARTS, "aim_where": " "}) == ["aim_where"]


@pytest.mark.parametrize(("typed", "sentence"), SENTENCES)
def test_parts_typed_as_lines_make_one_sentence(typed, sentence):
    parts = dict(zip(IN_ORDER, typed, strict=True))
    assert aim_sentence(**{f"aim_{name}": words for name, words in parts.items()}) == sentence


def test_what_is_past_its_day_is_marked_late_until_it_is_reached(world, as_person, work):
    day, client = world.today - timedelta(days=1), as_person(world.callum)
    milestone = add_milestone(by=world.tom, project=work.project, what="Letters agreed", due_on=day)
    cycle = a_cycle(world, work.project, study_on=day)
    pages = [path_to(work), f"/cycles/{cycle.pk}/"]
    late = [client.get(page).content.decode().count("▲ late") for page in pages]
    assert late == [2, 1]
    type(work.project).objects.update(state="STOPPED")
    assert not any("▲ late" in client.get(page).content.decode() for page in pages)
    type(work.project).objects.update(state=work.project.state)
    reach_milestone(by=world.tom, milestone=milestone, is_done=True)
    Cycle.objects.update(study_on=world.today)
    assert not any("▲ late" in client.get(page).content.decode() for page in pages)


def test_a_studied_cycle_has_no_result_to_come(world, as_person, work):
    cycle = a_studied_cycle(world, work.project, study_on=world.today - timedelta(days=1))
    page = as_person(world.callum).get(f"/cycles/{cycle.pk}/").content.decode()
    assert "result on" not in page
    assert "result due" not in page


def test_the_aim_is_built_on_save_and_kept_in_parts(world, as_person, work):
    client = as_person(world.tom)
    answer = client.post(path_to(work, "charter/"), {**PARTS, "problem": "Letters get lost.", "version": 1})
    assert answer.status_code == 302
    work.project.refresh_from_db()
    assert work.project.aim == SENTENCE
    assert Charter.objects.get().aim_where == "at our seven practices"
    page = client.get(path_to(work)).content.decode()
    assert SENTENCE in page
    assert "Letters get lost." in page


def test_three_parts_are_no_aim(world, as_person, work):
    answer = as_person(world.tom).post(path_to(work, "charter/"), {**PARTS, "aim_where": "", "version": 1})
    assert "An aim has all four parts." in answer.content.decode()
    work.project.refresh_from_db()
    assert work.project.aim.startswith("70% of people")


def test_other_words_of_the_charter_leave_the_aim_alone(world, as_person, work):
    as_person(world.tom).post(path_to(work, "charter/"), {"risks": "Nobody reads texts.", "version": 1})
    work.project.refresh_from_db()
    assert work.project.aim.startswith("70% of people")
    assert Charter.objects.get().risks == "Nobody reads texts."


def test_testing_waits_for_partners_or_a_reason(world, as_person, work):
    partner = add_partner(by=world.tom, project=work.project, name="Podiatry", kind="PROF")
    client = as_person(world.tom)
    refused = client.post(path_to(work, "move/"), {"to_state": "TESTING"}).content.decode()
    assert "Not engaged yet: Podiatry." in refused
    work.project.refresh_from_db()
    assert work.project.state == "IDEA"
    with pytest.raises(services.MoveNotAllowed):
        services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    client.post(path_to(work, "move/"), {"to_state": "TESTING", "reason": "Podiatry joins in May"})
    work.project.refresh_from_db()
    assert work.project.state == "TESTING"
    engage_partner(by=world.tom, partner=partner, is_engaged=True)
    assert "engaged" in client.get(path_to(work)).content.decode()


def test_an_engaged_partner_needs_no_reason(world, as_person, work):
    partner = add_partner(by=world.tom, project=work.project, name="Podiatry", kind="PROF")
    as_person(world.tom).post(path_to(work, f"partners/{partner.pk}/"), {"engaged": "yes"})
    assert Partner.objects.get().engaged_by == world.tom
    services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    assert work.project.state == "TESTING"


def test_without_a_purpose_nothing_starts(world, work):
    type(work.priority).objects.update(purpose="")
    work.project.refresh_from_db()
    with pytest.raises(services.MoveNotAllowed, match="Say first why"):
        services.move_project(by=world.tom, project=work.project, to_state="TESTING")


def test_a_practice_speaks_for_itself(world, as_person, work):
    client = as_person(world.pam)
    path = path_to(work, f"practices/{world.alder.code}/")
    client.post(path, {"is_in": "no", "variation": "Two doctors are away"})
    assert not work.project.practices.filter(pk=world.alder.pk).exists()
    client.post(path, {"is_in": "yes", "variation": "By letter only"})
    assert work.project.practices.filter(pk=world.alder.pk).exists()
    assert OptIn.objects.count() == 2
    assert "By letter only" in client.get(path).content.decode()
    page = as_person(world.callum).get(path_to(work)).content.decode()
    assert "By letter only" in page
    assert "Two doctors are away" not in page


def test_extrinsic_work_asks_for_agency_and_owner(world, as_person, work):
    page = as_person(world.tom).get(path_to(work)).content.decode()
    assert "Extrinsic work:" not in page
    type(work.priority).objects.update(orientation="EXTR")
    assert "Extrinsic work:" in as_person(world.tom).get(path_to(work)).content.decode()


def test_a_late_milestone_offers_itself_to_the_agenda(world, work):
    milestone = add_milestone(
        by=world.tom, project=work.project, what="Letter ready", due_on=world.today - timedelta(days=1)
    )
    lines = milestone_lines(world.rowan.forum, on=world.today, reach=None)
    assert [(line.text, line.is_kept) for line in lines] == [("Letter ready", True)]
    reach_milestone(by=world.tom, milestone=milestone, is_done=True)
    assert milestone_lines(world.rowan.forum, on=world.today, reach=None) == []


def test_why_projects_stopped_is_listed_on_the_plan_for_those_inside(world, as_person, work):
    services.move_project(by=world.tom, project=work.project, to_state="STOPPED", reason="Texts cost too much")
    assert "Texts cost too much" in as_person(world.asha).get("/clusters/rowan/plan/").content.decode()
    services.share_project(by=world.callum, project=work.project, level="BOARD")
    assert "Texts cost too much" not in as_person(world.heather).get("/clusters/rowan/plan/").content.decode()


def test_a_practice_that_opts_out_is_not_taken_in_again_by_who_had_the_form_open(world, as_person, work):
    opened = type(work.project).objects.get(pk=work.project.pk)
    opt(by=world.asha, project=work.project, practice=world.alder, is_in=False)
    with pytest.raises(services.ChangedMeanwhile):
        services.change_project(
            by=world.callum,
            project=opened,
            version=opened.version,
            title="Other",
            aim=opened.aim,
            why_now="",
            could_use_help_with="",
            lead=world.tom,
            next_review_on=None,
            practices=[world.alder, world.beech],
        )
    assert list(work.project.practices.all()) == [world.beech]


def test_what_is_wrong_stands_in_one_list_at_the_top(world, as_person, work):
    refused = as_person(world.tom).post(path_to(work, "charter/"), {**PARTS, "aim_where": "", "version": 1})
    page = refused.content.decode()
    assert page.count('id="error-summary"') == 1
    assert page.index('id="error-summary"') < page.index("The aim in four parts")
    assert '<a href="#id_aim_where">' in page
