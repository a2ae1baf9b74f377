"""A charter with partners, milestones and support, and what the analyst was asked."""

from datetime import timedelta
from decimal import Decimal

from portal.demo.stage import Stage
from portal.demo.year import charters as told
from qiplans.models import Project
from qiplans.services.charters import add_milestone, add_partner, engage_partner, opt, reach_milestone, write_charter
from qiplans.services.requests import ask_analyst, judge_request, take_step, write_card
from qiplans.services.support import answer_support, ask_support, confirm_progress
from qiplans.services.templates import write_template

OF = "One recall for diabetes"


def write_charters(stage: Stage) -> None:
    """The charter of Rowan's recall, and what it asked of the HSCP; then the HSCP's own template and the analyst."""
    project = Project.objects.filter(
        priority__plan__cluster=stage.clusters["rowan"], title=OF, state=Project.State.IMPLEMENTING
    ).first()
    if project is not None:
        _charter(stage, project)
        _support(stage, project)
    if {"heather", "lewis"} <= stage.people.keys():
        write_template(by=stage.people["heather"], hscp=stage.lead, at=stage.at(stage.ago(40)), **told.TEMPLATE)
        _analyst(stage)


def _charter(stage: Stage, project: Project) -> None:
    by = stage.led_by("rowan", stage.now)
    write_charter(by=by, project=project, version=1, **told.CHARTER)
    for name, kind, is_engaged in told.PARTNERS:
        partner = add_partner(by=by, project=project, name=name, kind=kind)
        if is_engaged:
            engage_partner(by=by, partner=partner, is_engaged=True, at=stage.at(stage.ago(260)))
    for what, days, is_done in told.MILESTONES:
        milestone = add_milestone(by=by, project=project, what=what, due_on=stage.now + timedelta(days=days))
        if is_done:
            reach_milestone(by=by, milestone=milestone, is_done=True, at=stage.at(stage.ago(-days)))
    for number, is_in, words in ((1, True, told.VARIATION), (len(stage.practices["rowan"]), False, told.OUT)):
        practice = stage.numbered("rowan", number)
        person = stage.quality_lead(practice, stage.now) or by
        opt(by=person, project=project, practice=practice, is_in=is_in, variation=words, at=stage.at(stage.ago(45)))
    score, note = told.PROGRESS
    confirm_progress(
        by=by,
        project=project,
        score=Decimal(score),
        proposed=Decimal(score),
        note=note,
        at=stage.at(stage.ago(30)),
    )


def _support(stage: Stage, project: Project) -> None:
    by = stage.led_by("rowan", stage.now)
    for what, ago, decision in told.SUPPORT:
        asked = stage.at(stage.ago(ago))
        ask = ask_support(by=by, project=project, what=what, reply_by=stage.after(stage.ago(ago), 14), at=asked)
        if decision and "heather" in stage.people:
            at = stage.at(stage.ago(ago - 12))
            answer_support(by=stage.people["heather"], ask=ask, decision=decision, reasons=told.REASONS, at=at)


def _analyst(stage: Stage) -> None:
    lewis, by = stage.people["lewis"], stage.led_by("rowan", stage.now)
    write_card(by=lewis, version=1, can_do=told.CARD)
    for question, decision, ago, state in told.ASKED:
        request = ask_analyst(
            by=by,
            cluster=stage.clusters["rowan"],
            question=question,
            decision=decision,
            needed_by=stage.after(stage.ago(ago), 28),
            at=stage.at(stage.ago(ago)),
        )
        if state:
            take_step(by=lewis, request=request, to_state="ACCEPT", at=stage.at(stage.ago(ago - 2)))
            said = "The chart is in the meeting’s papers; small numbers are rounded."
            take_step(by=lewis, request=request, to_state=state, words=said, at=stage.at(stage.ago(ago - 16)))
            judge_request(by=by, request=request, useful="YES", note=told.USEFUL, at=stage.at(stage.ago(ago - 30)))
