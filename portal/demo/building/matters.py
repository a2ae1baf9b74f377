"""Ladders, safety contacts, and what went up."""

from uuid import uuid4

from accounts.models import User
from escalations.models import Escalation
from escalations.services import (
    EscalationEntry,
    RungEntry,
    add_viewer,
    raise_escalation,
    set_ladder,
    set_safety_contacts,
)
from escalations.services import take_step as take
from portal.demo.parts import Matter
from portal.demo.stage import Stage
from portal.demo.year.matters import MATTERS
from portal.demo.year.questions import CONTACTS, LADDER
from practices.models import HSCP


def set_ladders(stage: Stage, by: User) -> None:
    """Who decides after whom, in both HSCPs, and where other matters go."""
    rungs = [RungEntry(kind, decide_within_days=days) for kind, days in LADDER]
    people = stage.people
    leads: list[tuple[HSCP, User | None, User | None]] = [
        (stage.lead, people["heather"], people.get("sorcha")),
        (stage.neighbour, people.get("alasdair"), people["bruce"]),
    ]
    for hscp, first, second in leads:
        set_ladder(hscp=hscp, by=by, rungs=rungs)
        set_safety_contacts(hscp=hscp, by=by, first_lead=first, second_lead=second, **CONTACTS)


def raise_matters(stage: Stage) -> None:
    """Every matter that this stage has the people for, oldest first, so that references follow the calendar."""
    for matter in sorted(MATTERS, key=lambda m: -m.ago):
        needed = {matter.by, *(turn.who for turn in matter.turns), *matter.viewers}
        if matter.cluster in stage.clusters and needed <= stage.people.keys():
            _tell(stage, matter)


def _tell(stage: Stage, matter: Matter) -> None:
    day = stage.working_days_ago(matter.ago)
    escalation = raise_escalation(
        by=stage.people[matter.by],
        cluster=stage.clusters[matter.cluster],
        entry=_entry(stage, matter),
        nonce=uuid4(),
        at=stage.at(day, 9, 40),
    )
    for viewer in matter.viewers:
        add_viewer(escalation=escalation, by=escalation.raised_by, person=stage.people[viewer], at=stage.at(day, 9, 45))
    _take_steps(stage, matter, escalation)


def _entry(stage: Stage, matter: Matter) -> EscalationEntry:
    say = stage.say
    return EscalationEntry(
        title=say(matter.title),
        situation=say(matter.situation),
        background=say(matter.background),
        assessment=say(matter.assessment),
        ask_text=say(matter.ask),
        tried=say(matter.tried),
        theme=matter.theme,
        likelihood=matter.likelihood,
        impact=matter.impact,
        needed_by=stage.after(stage.now, matter.needed_in) if matter.needed_in else None,
        practice=stage.practice.get(matter.practice),
        named_lead=stage.people[matter.named_lead] if matter.confidential else None,
        skip_cluster=matter.skips_cluster,
    )


def _take_steps(stage: Stage, matter: Matter, escalation: Escalation) -> None:
    for turn in matter.turns:
        at = stage.at(stage.working_days_ago(matter.ago - turn.after), 14, 30)
        take(turn.verb, escalation=escalation, by=stage.people[turn.who], reasons=stage.say(turn.words), at=at)
