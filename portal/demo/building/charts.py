"""How Rowan reads its charts, and what it made of one: its main one still waits to be talked about."""

from datetime import timedelta

from django.urls import reverse

from measures.models import Measure, Ruleset
from measures.services import (
    begin_measure_again,
    begin_phase,
    end_measure,
    freeze_baseline,
    say_so_what,
    set_house_ruleset,
)
from meetings.selectors import ActionEntry
from portal.demo.stage import Stage

MAIN, OTHER = "Type 2 diabetes: all eight care processes", "Repeat list updated within three working days"
BEFORE = 10  # as many months were counted before the recall letter
TURN = 9  # the month in which two wards began to give reasons
MEANING = (
    "Discharge letters are dealt with sooner since two wards give their reasons. It rests on a sample of ten a "
    "practice, so we watch it for three more months before we say that it holds."
)


def read_charts(stage: Stage) -> None:
    """The main chart is held against the months before; another paused for a month, has a phase and a so-what."""
    if "rowan" not in stage.clusters:
        return
    cluster, by = stage.clusters["rowan"], stage.led_by("rowan", stage.now)
    said = stage.at(stage.working_days_ago(60), 10, 20)
    set_house_ruleset(by=stage.people["heather"], hscp=stage.lead, ruleset=Ruleset.PERLA, at=said)
    main = Measure.objects.filter(cluster=cluster, name__startswith=MAIN).first()
    if main and main.points.count() > BEFORE:
        freeze_baseline(by=by, measure=main, baseline=BEFORE, version=main.version)
    other = Measure.objects.filter(cluster=cluster, name__startswith=OTHER).first()
    points = list(other.points.order_by("period_on")) if other else []
    if other and len(points) > TURN:
        unasked, begun, last = points[TURN - 1].period_on, points[TURN].period_on, points[-1]
        end_measure(by=by, measure=other, on=unasked)
        begin_measure_again(by=by, measure=other, on=begun)
        begin_phase(by=by, measure=other, starts_on=begun, name="Two wards give reasons", at=stage.at(stage.now))
        what = "Ask the other three wards to give reasons for changes of medicine"
        due_on = stage.after(stage.now, 12)
        say_so_what(
            by=by,
            measure=other,
            reaches_to=last.period_on,
            meaning=MEANING,
            action=ActionEntry(what=what, due_on=due_on, owner=stage.somebody("rowan", "pql 2", stage.now).pk),
            origin_path=reverse("measures:measure", args=[other.pk]),
            at=stage.at(stage.now - timedelta(days=2)),
        )
