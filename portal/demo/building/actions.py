"""Actions on their way: every kind of holder, every step, what the HSCP asked for, and the plan of a locality."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from accounts.roles import Role
from clusters.models import Forum
from meetings.models import Action
from meetings.selectors import ActionEntry, OwnerEntry
from meetings.services import action_steps, add_action, close_action
from meetings.services.gaps import add_gap, decide_gap
from meetings.services.meanwhile import Pen
from portal.demo.stage import Stage

GROUP = "Locality management team"
SURVEY = "Send the number of house visits of one week"
WHY_SURVEY = "The HSCP plans the visiting service for next winter and has no figures from practices."
COLD_CHAIN = "Check the cold chain in every vaccine fridge and write down the check"
WHY_COLD_CHAIN = "An audit of health and care governance found fridges without a log in two clusters."


def move_actions_on(stage: Stage) -> None:
    """What happened to actions between meetings, where this stage has the cluster for it."""
    if "rowan" in stage.clusters:
        _Rowan(stage).tell()
    _plan_of_locality(stage)


class _Rowan:
    """The actions of the first cluster, told from the day on which each was added."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.forum = stage, stage.clusters["rowan"].forum
        self.lead, self.morag = stage.led_by("rowan", stage.now), stage.people["morag"]

    def tell(self) -> None:
        self.for_every_practice()
        self.by_role()
        self.waiting()
        self.given_on_and_given_up()
        self.asked_by_hscp()

    def add(self, what: str, who: OwnerEntry, *, ago: int, due: int, by: User | None = None, **more: Any) -> Action:
        """An action added `ago` days back and due `due` days from today."""
        entry = ActionEntry.by(self.stage.say(what), self.stage.now + timedelta(days=due), who)
        at = self.stage.at(self.stage.ago(ago), 17, 20)
        return add_action(by=by or self.lead, forum=self.forum, entry=entry, at=at, **more)

    def step(self, save: Callable[..., Any], action: Action, by: User, *, ago: int, **said: Any) -> Action:
        """One step of the action, taken `ago` days back."""
        action.refresh_from_db()
        save(Pen(by, self.stage.at(self.stage.ago(ago), 18, 25), action.version), action, **said)
        action.refresh_from_db()
        return action

    def practice(self, number: int) -> OwnerEntry:
        return OwnerEntry(practice=self.stage.numbered("rowan", number).pk)

    def for_every_practice(self) -> None:
        everybody = OwnerEntry(is_everybody=True)
        survey = self.add("Return the survey on repeat prescribing", everybody, ago=19, due=9)
        told = (("Sent on Monday.", True), ("", True), ("Our manager is away until next week.", False))
        for number, (note, is_done) in enumerate(told, start=1):
            practice = self.stage.numbered("rowan", number)
            by = self.stage.quality_lead(practice, self.stage.now) or self.morag
            answer = {"practice": practice, "is_done": is_done, "note": note}
            self.step(action_steps.tell_return, survey, by, ago=8 - number, **answer)

    def by_role(self) -> None:
        support = OwnerEntry(role=Role.CLUSTER_SUPPORT)
        room = self.add("Book a room with a screen for the next meeting", support, ago=9, due=4)
        self.step(action_steps.mark_action, room, self.morag, ago=6, is_first=True, is_outside_control=False)
        self.step(action_steps.note_progress, room, self.morag, ago=3, text="Two rooms asked, one has said no.")

    def waiting(self) -> None:
        estates = self.add("Open a second phlebotomy room", OwnerEntry(person=self.lead.pk), ago=60, due=-9)
        self.step(action_steps.mark_action, estates, self.lead, ago=50, is_first=False, is_outside_control=True)
        waits = {"waiting_on": "a date from the HSCP’s estates team", "for_hscp": True}
        self.step(action_steps.set_waiting, estates, self.lead, ago=32, **waits)
        lab = self.add("Agree one form for urgent bloods", self.practice(2), ago=40, due=15)
        self.step(action_steps.set_waiting, lab, self.lead, ago=25, waiting_on="the laboratory")
        self.step(action_steps.go_on, lab, self.lead, ago=12)
        moved = {"due_on": self.stage.now + timedelta(days=24), "reason": "The laboratory answered late."}
        self.step(action_steps.move_due_date, lab, self.lead, ago=11, **moved)

    def given_on_and_given_up(self) -> None:
        leaflet = self.add("Rewrite the leaflet on home blood pressure", self.practice(3), ago=45, due=-4)
        self.step(
            action_steps.hand_over_action, leaflet, self.lead, ago=21, to=self.practice(1), reason="They know it."
        )
        self.step(action_steps.nudge, leaflet, self.morag, ago=2)
        poster = self.add("Put up posters on self-referral", self.practice(4), ago=70, due=-20)
        self.step(action_steps.drop_action, poster, self.lead, ago=30, reason="The health board sends its own.")
        recall = self.add("Try the new recall text for one week", OwnerEntry(person=self.lead.pk), ago=66, due=6)
        done = {"evidence": "Tried from Monday to Friday.", "learning": "Texts before nine are answered most."}
        close_action(by=self.lead, action=recall, at=self.stage.at(self.stage.ago(35), 18, 30), **done)
        self.step(action_steps.reopen_action, recall, self.lead, ago=20, reason="It was half term: once more.")

    # --- What the HSCP asked for -------------------------------------------------------------------

    def asked_by_hscp(self) -> None:
        heather, rhona = self.stage.people.get("heather"), self.stage.people.get("rhona")
        if heather is None or rhona is None:
            return
        visits: dict[str, Any] = {"kind": Action.Kind.REQUESTED, "issuer": GROUP, "grounds": WHY_SURVEY, "by": heather}
        cold = {"kind": Action.Kind.MANDATED, "issuer": "Clinical and care governance", "grounds": WHY_COLD_CHAIN}
        self.add(SURVEY, OwnerEntry(role=Role.CQL), ago=7, due=14, **visits)
        self.add(COLD_CHAIN, OwnerEntry(is_everybody=True), ago=12, due=18, by=heather, **cold)
        for number, (kind, verdict, reason) in enumerate(VERDICTS, start=1):
            what, evidence = REPLIES[number - 1]
            asked = {**visits, "kind": kind}
            action = self.add(what, OwnerEntry(person=self.lead.pk), ago=80 + number, due=-30, **asked)
            at = self.stage.at(self.stage.ago(40 - number), 18, 5)
            close_action(by=self.lead, action=action, at=at, evidence=evidence)
            if verdict:
                said = {"verdict": verdict, "reason": reason}
                self.step(action_steps.judge_reply, action, heather, ago=30 - number, **said)


VERDICTS = (
    (Action.Kind.REQUESTED, Action.Verdict.ACCEPTED, "Thank you: this is what we needed."),
    (Action.Kind.REQUESTED, Action.Verdict.PARTLY, "The figures of one practice are missing."),
    (Action.Kind.MANDATED, Action.Verdict.NOT_ACCEPTED, "The log begins after the audit. Please send the days before."),
    (Action.Kind.REQUESTED, "", ""),
)
REPLIES = (
    ("Say which practices train staff in spirometry", "Four do; two more begin in spring."),
    ("Send the waiting times for a routine appointment", "Six of seven practices, by week."),
    ("Show the fridge logs of the last quarter", "Logs of all fridges from the day of the audit on."),
    ("Say how many patients wait for a shingles vaccine", "About three hundred in the cluster, list by practice sent."),
)

GAPS = (
    (
        "Nobody in three practices can read a spirometry.",
        "Train two nurses in spirometry",
        "Two days of training for each, and cover for them.",
        "Training is paid from the locality’s fund; cover is not.",
        30,
    ),
    (
        "Patients in the north of the locality travel an hour for an X-ray.",
        "Write down what a mobile unit would cost",
        "A week of an analyst.",
        "",
        50,
    ),
    ("Practices hear of new services from patients.", "Send one page of news a month", "", "", 14),
)


def _plan_of_locality(stage: Stage) -> None:
    """Gaps in the plan of the quality group of the locality."""
    rhona, east = stage.people.get("rhona"), stage.localities.get("east")
    forum = Forum.objects.filter(kind=Forum.Kind.LOCALITY_QUALITY, locality=east).first() if rhona and east else None
    if rhona is None or forum is None:
        return
    for what, action, needs, decision, due in GAPS:
        added = stage.at(stage.ago(44), 16, 15)
        entry = ActionEntry(action, stage.now + timedelta(days=due), owner=rhona.pk)
        gap = add_gap(by=rhona, forum=forum, entry=entry, what=what, resource_needed=needs, at=added, nonce=uuid4())
        if decision:
            decide_gap(Pen(rhona, stage.at(stage.ago(16), 16, 40), 1), gap, decision=decision)
