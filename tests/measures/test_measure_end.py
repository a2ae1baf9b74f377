"""A measure is ended: nobody is asked for more, and its chart stays. And it is begun again."""

from datetime import date, timedelta
from html import unescape
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import AuditEvent
from clusters.selectors import reach_of
from measures import services
from measures.analysis.periods import first_day, following, preceding
from measures.models import MeasurePause
from measures.selectors import entry_for, figures_due, lines_of
from measures.selectors.quality import badge_of
from office.models import Letter
from qiplans.models import Project
from shared.dates import in_words
from tests.measures.practices import a_measure_by_practice, given
from tests.office.reminded import written
from tests.qiplans.conftest import a_measure, a_plan


@pytest.fixture
def measure(world):
    return a_measure_by_practice(world)


def body(answer):
    return answer.content.decode()


def due(world, on=None):
    return [
        one.period_on for one in figures_due([world.rowan.pk], on=on or world.today) if one.practice == world.alder.pk
    ]


def test_the_lead_ends_it_once_asked_and_the_chart_stays(world, as_person, measure):
    given(world, measure, world.alder, 20, on=preceding(first_day(world.today, "MONTH"), "MONTH"))
    callum, page = as_person(world.callum), f"/measures/{measure.pk}/"
    assert "End the measure" in body(callum.get(page))
    assert "End the measure" not in body(as_person(world.morag).get(page))
    assert "Nobody is asked for more figures and reminders stop." in body(callum.get(f"{page}end/"))
    measure.refresh_from_db()
    assert measure.ended_on is None
    for _ in range(2):
        callum.post(f"{page}end/")
    told = AuditEvent.objects.get(verb="measure ended")
    assert (told.actor, told.changes["ended_on"]) == (str(world.callum), [None, str(world.today)])
    shown, ended = body(callum.get(page)), f"Ended on {in_words(world.today)}"
    for words in (ended, "The whole cluster", "Begin the measure again"):
        assert words in shown
    assert f"Ended on {in_words(world.today)}" in body(callum.get("/clusters/rowan/data/"))
    assert f"Ended on {in_words(world.today)}" in body(
        as_person(world.pam).get(f"/practices/{world.alder.code}/measures/")
    )


def test_nobody_is_asked_or_reminded_any_more(world, as_person, measure):
    pam, entering = as_person(world.pam), f"/practices/{world.alder.code}/measures/"
    assert due(world)
    assert "To enter (1)" in body(pam.get(entering))
    assert "Figures of Alder" in body(pam.get("/"))
    services.end_measure(by=world.callum, measure=measure, on=world.today)
    assert due(world) == due(world, world.today + timedelta(days=90)) == []
    assert "To enter" not in body(pam.get(entering))
    assert "Figures of Alder" not in body(pam.get("/"))
    assert not [who for who, letter in written().items() if "to enter" in letter]
    assert "Still to come" not in body(as_person(world.callum).get("/clusters/rowan/data/"))


def test_begun_again_it_asks_from_the_running_period_on(world, as_person, measure):
    month = first_day(world.today, "MONTH")
    given(world, measure, world.ash, 20, on=preceding(preceding(month, "MONTH"), "MONTH"))
    services.end_measure(by=world.callum, measure=measure, on=world.today)
    callum, page = as_person(world.callum), f"/measures/{measure.pk}/begin-again/"
    assert "from the period that is running now" in body(callum.get(page))
    for _ in range(2):
        callum.post(page)
    measure.refresh_from_db()
    pause = measure.pauses.get()
    assert (measure.ended_on, pause.starts_on, pause.ends_on) == (None, world.today, world.today)
    assert AuditEvent.objects.filter(verb="measure begun again").count() == 1
    assert due(world) == []
    assert due(world, following(month, "MONTH")) == [month]
    assert "Ended on" not in body(callum.get(f"/measures/{measure.pk}/"))


def test_what_was_not_counted_after_the_end_does_not_make_its_data_worse(world, measure):
    month = preceding(first_day(world.today, "MONTH"), "MONTH")
    for practice in (world.alder, world.ash):
        given(world, measure, practice, 20, on=month)
    services.end_measure(by=world.callum, measure=measure, on=world.today)
    measure.refresh_from_db()
    lines = lines_of(measure, reach_of(world.callum, on=world.today))
    assert badge_of(lines, 0, on=world.today) == badge_of(lines, 0, on=world.today + timedelta(days=200))


def test_a_pause_makes_its_data_no_worse_and_nothing_of_it_is_asked_for(world, measure):
    month = preceding(first_day(world.today, "MONTH"), "MONTH")
    for practice in (world.alder, world.ash):
        given(world, measure, practice, 20, on=month)
    services.end_measure(by=world.callum, measure=measure, on=world.today)
    reach = reach_of(world.callum, on=world.today)
    before = badge_of(lines_of(measure, reach), 0, on=world.today)
    again = first_day(world.today + timedelta(days=200), "MONTH")
    services.begin_measure_again(by=world.callum, measure=measure, on=again)
    measure.refresh_from_db()
    assert badge_of(lines_of(measure, reach), 0, on=again) == before
    assert due(world, again) == []
    assert due(world, following(again, "MONTH")) == [again]
    assert due(world, world.today) == due(world, preceding(again, "MONTH")) == []
    services.end_measure(by=world.callum, measure=measure, on=again)
    services.begin_measure_again(by=world.callum, measure=measure, on=again + timedelta(days=70))
    assert [pause.starts_on for pause in measure.pauses.all()] == [world.today, again]


def test_figures_of_the_whole_cluster_are_asked_of_who_keeps_them(world):
    work = a_plan(world)
    of_project = a_measure(world, work.project, [60], name="Recalled")
    own = services.define_measure(by=world.callum, cluster=world.rowan, name="Phlebotomy waits")

    def told():
        Letter.objects.all().delete()
        letters = {who: " ".join(letter.split()) for who, letter in written().items()}
        return {who: letter for who, letter in letters.items() if "for the whole of Rowan to enter" in letter}

    letters = told()
    assert set(letters) == {"callum", "tom"}
    assert "1 figure for the whole of Rowan" in letters["callum"]
    assert "3 figures for the whole of Rowan" in letters["tom"]
    services.end_measure(by=world.callum, measure=own, on=world.today)
    assert set(told()) == {"tom"}
    Project.objects.filter(pk=work.project.pk).update(lead=None)
    assert set(told()) == {"callum"}
    services.end_measure(by=world.callum, measure=of_project, on=world.today)
    assert not told()


def test_before_the_day_it_ends_it_is_asked_for(world, measure):
    services.end_measure(by=world.callum, measure=measure, on=world.today)
    assert due(world, world.today - timedelta(days=1))
    assert not due(world, world.today)


def test_pauses_that_the_trail_alone_knew_become_rows(world, measure):
    move = import_module("measures.migrations.0006_pauses").pauses_from_the_trail
    changes = {"ended_on": ["2026-02-03", None], "begun_again_on": [None, "2026-05-06"]}
    audit.record("measure begun again", measure, by=world.callum, detail=changes)
    move(apps, None)
    assert list(MeasurePause.objects.values_list("measure", "starts_on", "ends_on")) == [
        (measure.pk, date(2026, 2, 3), date(2026, 5, 6)),
    ]


def test_an_ended_measure_takes_no_figure_by_its_address(world, as_person, measure):
    one = a_measure(world, a_plan(world).project, [60])
    callum = as_person(world.callum)
    said = "The measure is ended and takes no more figures. The Cluster Quality Lead can begin it again."
    typed = {"period_on": "2025-03-01", "value": "61", "note": "Typed while it was ended"}
    for of in (one, measure):
        services.end_measure(by=world.callum, measure=of, on=world.today)
    answer = callum.get(f"/measures/{one.pk}/figures/new/")
    assert (answer.status_code, said in unescape(body(answer))) == (403, True)
    refused = unescape(body(callum.post(f"/measures/{one.pk}/figures/new/", typed)))
    assert said in refused
    assert typed["note"] in refused
    assert one.points.count() == 1
    for path in ("upload/", "upload/template.csv"):
        answer = callum.get(f"/measures/{measure.pk}/{path}")
        assert (answer.status_code, said in unescape(body(answer))) == (403, True), path
    with pytest.raises(services.MeasureEnded):
        services.load_figures(
            by=world.callum,
            measure=measure,
            figures=[],
            reach=reach_of(world.callum, on=world.today),
            fingerprint="",
        )
    later = following(first_day(world.today, "MONTH"), "MONTH")
    with pytest.raises(PermissionDenied, match="ended"):
        entry_for(reach_of(world.pam, on=later), measure.pk, world.alder.code, later.isoformat())


def test_an_ended_figure_of_the_cluster_is_added_to_no_more(world, as_person):
    work = a_plan(world)
    one = a_measure(world, work.project, [60, 61])
    callum = as_person(world.callum)
    assert "Add a figure" in body(callum.get(f"/projects/{work.project.pk}/"))
    services.end_measure(by=world.callum, measure=one, on=world.today)
    page = body(callum.get(f"/projects/{work.project.pk}/"))
    assert "Add a figure" not in page
    assert f"ended on {in_words(world.today)}" in page
    assert "portal-qi-chart" in page
