"""The priority studio of Rowan: topics put forward, scored, and asked for by the HSCP; and what goes with plans."""

from uuid import uuid4

from clusters.selectors import people_inside
from portal.demo.stage import Stage
from portal.demo.year.topics_ahead import (
    ANSWERED,
    ASKED,
    ASKED_TOO,
    DOTS,
    LINES,
    MEANINGS,
    PUT_FORWARD,
    SCORES,
    SEEN_DIFFERENTLY,
    SHORT_OF,
    SIDES,
    SUGGESTION,
    VOTE,
)
from qiplans.models import Candidate, Plan, Priority
from qiplans.services.choices import record_disagreement
from qiplans.services.lenses import look_at_priority, read_quality
from qiplans.services.strategy import add_line, declare_emergency, link_priority
from qiplans.services.studio import answer_request, ask_for_topic, put_forward, score_candidate
from qiplans.services.votes import cast_vote, open_round


def fill_studio(stage: Stage) -> None:
    """What members put forward, with the scores that were agreed on; and what the HSCP asked for."""
    if "rowan" not in stage.clusters:
        return
    cluster = stage.clusters["rowan"]
    for who, title, why, source, evidence, dataset, ago in PUT_FORWARD:
        at = stage.at(stage.working_days_ago(ago), 13, 15)
        candidate = put_forward(
            by=stage.people.get(who) or stage.led_by("rowan", stage.now),
            cluster=cluster,
            title=title,
            why=why,
            source=source,
            evidence=evidence,
            dataset=dataset,
            suggestion=SUGGESTION.get(title, ""),
            nonce=uuid4(),
            at=at,
        )
        points, note = SCORES[title]
        lead, scored = stage.led_by("rowan", stage.now), stage.at(stage.working_days_ago(5), 13, 40)
        score_candidate(by=lead, candidate=candidate, points=points, note=note, at=scored)
    _ask(stage)
    _vote(stage)
    _sight(stage)
    _look(stage)
    _differ(stage)
    _run_short(stage)


def _look(stage: Stage) -> None:
    """Other sides of the priorities of this year, and what quality means to some in the first."""
    cluster, lead = stage.clusters["rowan"], stage.led_by("rowan", stage.now)
    plan = Plan.objects.filter(cluster=cluster).order_by("-year").first()
    priorities = list(plan.priorities.order_by("position", "pk")) if plan else []
    for priority, (work, inequalities, wellbeing) in zip(priorities, SIDES, strict=False):
        words = {"work": work, "inequalities": inequalities, "wellbeing": wellbeing}
        look_at_priority(by=lead, priority=priority, version=1, **words)
    for priority in priorities[:1]:
        for person, meaning in zip(people_inside(cluster, on=stage.now), MEANINGS, strict=False):
            read_quality(by=person, priority=priority, meaning=meaning)


def _differ(stage: Stage) -> None:
    """What members saw differently in the plan of this year, and what was made of it."""
    plan = Plan.objects.filter(cluster=stage.clusters["rowan"]).order_by("-year").first()
    if plan:
        about, positions, decider, route, outcome = SEEN_DIFFERENTLY
        record_disagreement(
            by=stage.led_by("rowan", stage.now),
            plan=plan,
            about=about,
            positions=positions,
            decider=decider,
            route=route,
            outcome=outcome,
            nonce=uuid4(),
            at=stage.at(stage.working_days_ago(25), 13, 50),
        )


def _run_short(stage: Stage) -> None:
    """A cluster whose doctors are away says so, and is reminded of no updates meanwhile."""
    where, kind, reason, ago = SHORT_OF
    if where in stage.clusters:
        day = stage.working_days_ago(ago)
        declare_emergency(
            by=stage.led_by(where, day),
            cluster=stage.clusters[where],
            kind=kind,
            reason=reason,
            starts_on=day,
            nonce=uuid4(),
            at=stage.at(day, 12, 20),
        )


def _sight(stage: Stage) -> None:
    """Lines of the strategic plan, of which Rowan serves the first."""
    cluster, heather = stage.clusters["rowan"], stage.people["heather"]
    lines = [
        add_line(
            by=heather,
            hscp=cluster.lead_hscp,
            title=title,
            source=source,
            nonce=uuid4(),
            at=stage.at(stage.working_days_ago(40), 9, 30),
        )
        for title, source in LINES
    ]
    priority = Priority.objects.filter(plan__cluster=cluster).order_by("-plan__year", "position").first()
    if priority:
        link_priority(by=stage.led_by("rowan", stage.now), priority=priority, lines=lines[:1])


def _vote(stage: Stage) -> None:
    """An open vote: four have laid their dots, everybody else still can."""
    cluster, lead = stage.clusters["rowan"], stage.led_by("rowan", stage.now)
    topics = list(Candidate.objects.filter(cluster=cluster).order_by("pk"))
    held = open_round(
        by=lead,
        cluster=cluster,
        title=VOTE,
        dots=3,
        is_anonymous=False,
        candidates=topics,
        nonce=uuid4(),
        at=stage.at(stage.working_days_ago(2), 13, 0),
    )
    options = list(held.options.order_by("pk").values_list("pk", flat=True))
    people = [person for person in people_inside(cluster, on=stage.now) if person != lead][:4]
    for person, laid in zip(people, DOTS, strict=False):
        cast_vote(by=person, of=held, dots=dict(zip(options, laid, strict=False)))


def _ask(stage: Stage) -> None:
    """Two clusters were asked; the second has answered."""
    title, why, evidence, ago, in_days = ASKED
    led = [stage.clusters[key] for key in ("rowan", *ASKED_TOO) if key in stage.clusters]
    asked = ask_for_topic(
        by=stage.people["heather"],
        hscp=led[0].lead_hscp,
        clusters=[cluster for cluster in led if cluster.lead_hscp_id == led[0].lead_hscp_id],
        title=title,
        why=why,
        evidence=evidence,
        answer_by=stage.after(stage.now, in_days),
        nonce=uuid4(),
        at=stage.at(stage.working_days_ago(ago), 10, 5),
    )
    if len(asked) > 1:
        lead, at = stage.led_by(ASKED_TOO[0], stage.now), stage.at(stage.working_days_ago(3), 18, 10)
        answer_request(by=lead, candidate=asked[1], version=asked[1].version, answer=ANSWERED, at=at)
