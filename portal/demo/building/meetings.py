"""Meetings as they were logged, published and followed up."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from accounts.models import User
from clusters.models import Forum
from clusters.selectors import quality_leads_of
from meetings.models import Action, Ask, Attendance, Item, Meeting
from meetings.services import (
    ActionEntry,
    AskEntry,
    AttendanceEntry,
    GuestEntry,
    ItemEntry,
    MinuteEntry,
    agree_meeting,
    ask_hscp,
    circulate_meeting,
    close_action,
    publish_meeting,
    reply_to_ask,
    save_minute,
    withdraw_ask,
)
from portal.demo.parts import Minute, Question, Todo, Topic
from portal.demo.stage import Stage
from portal.demo.year import MEETINGS
from portal.demo.year.questions import QUESTIONS, WITHDRAWN
from portal.demo.year.sides import SIDES
from practices.models import Practice

Presence = Attendance.Presence
LONGEST_GAP = timedelta(days=100)


def hold_meetings(stage: Stage) -> None:
    """Every meeting of every cluster on the stage, with its actions and questions followed up."""
    for cluster, minutes in MEETINGS.items():
        if cluster not in stage.clusters:
            continue
        days = [stage.ago(m.ago, stage.groupings[cluster].weekday) for m in minutes]
        for number, minute in enumerate(minutes):
            after = days[number + 1] if number + 1 < len(days) else None
            _Telling(stage, cluster, minute, days[number]).tell(after)


class _Telling:
    """One meeting being told."""

    def __init__(self, stage: Stage, cluster: str, minute: Minute, held_on: date) -> None:
        self.stage, self.cluster, self.minute, self.held_on = stage, cluster, minute, held_on
        self.forum: Forum = stage.clusters[cluster].forum
        self.lead = stage.led_by(cluster, held_on)
        self.members = stage.members(cluster, held_on)
        self.leads = quality_leads_of([practice for _, practice in self.members], on=held_on)

    def tell(self, after: date | None) -> None:
        by, at = self.writer(), self.stage.at(self.held_on, 16, 40)
        meeting = save_minute(by=by, forum=self.forum, entry=self.entry(after), nonce=uuid4(), at=at)
        if self.minute.draft:
            return
        published = self.stage.at(self.stage.after(self.held_on, 1), 19, 15)
        if self.minute.circulated:
            until = self.stage.now + timedelta(days=7)
            circulate_meeting(by=self.lead, meeting=meeting, at=published, version=meeting.version, until=until)
            return
        if self.minute.agreed:
            self._agree(meeting, published)
            return
        by = by if self.minute.shared == "CLUSTER" else self.lead
        publish_meeting(
            by=by,
            meeting=meeting,
            at=published,
            version=meeting.version,
            share_level=self.minute.shared,
            kept_items=self.kept(meeting),
        )
        self.follow_up(meeting)

    def _agree(self, meeting: Meeting, circulated: datetime) -> None:
        until = self.stage.after(circulated.date(), 14)
        sent = circulate_meeting(by=self.lead, meeting=meeting, at=circulated, version=meeting.version, until=until)
        agree_meeting(by=self.lead, meeting=sent, at=self.stage.at(until, 18, 30), version=sent.version)

    def writer(self) -> User:
        """The administrator writes up what stays in the cluster, where there is one; the lead the rest."""
        morag = self.stage.people["morag"]
        supports = morag.roles_held.filter(cluster=self.stage.clusters[self.cluster]).exists()
        return morag if supports and self.minute.shared == "CLUSTER" and not self.minute.draft else self.lead

    def kept(self, meeting: Meeting) -> list[int]:
        return list(Item.objects.filter(meeting=meeting, is_kept_in_cluster=True).values_list("pk", flat=True))

    # --- What was written down ---------------------------------------------------------------------

    def entry(self, after: date | None) -> MinuteEntry:
        return MinuteEntry(
            held_on=self.held_on,
            mode=self.minute.mode,
            attendances=tuple(self._attendance(n, p.pk) for n, p in self.members),
            guests=tuple(
                GuestEntry(self.stage.say(name), where, is_from_hscp=where.startswith("HSCP"))
                for name, where in self.minute.guests
            ),
            items=tuple(self._item(topic) for topic in self.minute.topics),
            was_data_present=self.minute.data,
            next_on=self._next(after),
        )

    def _next(self, after: date | None) -> date | None:
        if after and after - self.held_on <= LONGEST_GAP:
            return after
        if self.minute.next_in is None:
            return None
        return self.stage.after(self.held_on, self.minute.next_in)

    def _attendance(self, number: int | None, practice: int) -> AttendanceEntry:
        presence = self.minute.away.get(-1 if number is None else number, Presence.PRESENT)
        lead = next((person.pk for person in self.leads.get(practice, [])), None)
        if presence == Presence.PRESENT and lead is None:
            presence = Presence.ABSENT
        if presence == Presence.DEPUTY:
            name = self.stage.say(self.minute.deputies.get(number or 0, "Ann Lee"))
            return AttendanceEntry(practice, presence, name=name)
        return AttendanceEntry(practice, presence, person=lead)

    def _item(self, topic: Topic) -> ItemEntry:
        say = self.stage.say
        return ItemEntry(
            title=say(topic.title),
            kind=topic.kind,
            discussion=say(topic.said),
            decision=say(topic.decision),
            decision_reason=say(topic.because),
            is_kept_in_cluster=topic.kept,
            orientation=SIDES.get(topic.title, ""),
            actions=tuple(self._action(todo) for todo in topic.todos),
            asks=(self._ask(topic.question),) if topic.question else (),
            options=say(topic.options),
            how_decided=topic.how,
            dissent=say(topic.against),
            review_on=self.stage.after(self.held_on, topic.review_in) if topic.review_in else None,
        )

    def _action(self, todo: Todo) -> ActionEntry:
        entry = ActionEntry(self.stage.say(todo.what), self.stage.after(self.held_on, todo.in_days))
        kind, _, number = todo.owner.partition(" ")
        if kind == "practice":
            return replace(entry, owner_practice=self.stage.numbered(self.cluster, int(number)).pk)
        return replace(entry, owner=self.stage.somebody(self.cluster, todo.owner, self.held_on).pk)

    def _ask(self, question: Question) -> AskEntry:
        to = self.stage.people[question.to]
        return AskEntry(self.stage.say(question.text), to.pk, self.stage.after(self.held_on, question.in_days))

    # --- What came of it ---------------------------------------------------------------------------

    def follow_up(self, meeting: Meeting) -> None:
        items = Item.objects.filter(meeting=meeting).order_by("position")
        for topic, item in zip(self.minute.topics, items, strict=True):
            for todo, action in zip(topic.todos, item.actions.order_by("pk"), strict=True):
                self._close(todo, action)
            for ask in item.asks.all():
                self._reply(topic.question, ask)

    def _close(self, todo: Todo, action: Action) -> None:
        if todo.done_after is None:
            return
        at = self.stage.at(self.stage.after(self.held_on, todo.done_after), 19, 35)
        by = action.owner or self._answers_for(action.owner_practice, at.date())
        close_action(by=by, action=action, evidence=self.stage.say(todo.evidence), at=at)

    def _answers_for(self, practice: Practice | None, on: date) -> User:
        lead = self.stage.quality_lead(practice, on) if practice else None
        return lead or self.stage.led_by(self.cluster, on)

    def _reply(self, question: Question | None, ask: Ask) -> None:
        if question and question.reply:
            at = self.stage.at(self.stage.after(self.held_on, question.after), 19, 40)
            reply_to_ask(by=ask.to, ask=ask, reply=self.stage.say(question.reply), at=at)


def ask_between_meetings(stage: Stage) -> None:
    """Questions that did not wait for a meeting: some answered, some waiting, one taken back."""
    for ago, who, cluster, to, question, reply, after in QUESTIONS:
        if cluster in stage.clusters and {who, to} <= stage.people.keys():
            ask = _ask(stage, ago, who, cluster, to, question)
            if reply:
                reply_to_ask(
                    by=ask.to, ask=ask, reply=stage.say(reply), at=stage.at(stage.working_days_ago(ago - after))
                )
    ago, who, cluster, to, question = WITHDRAWN
    if cluster in stage.clusters and {who, to} <= stage.people.keys():
        ask = _ask(stage, ago, who, cluster, to, question)
        withdraw_ask(by=ask.asked_by, ask=ask, at=stage.at(stage.working_days_ago(ago - 1)))


def _ask(stage: Stage, ago: int, who: str, cluster: str, to: str, question: str) -> Ask:
    day = stage.working_days_ago(ago)
    return ask_hscp(
        by=stage.people[who],
        forum=stage.clusters[cluster].forum,
        question=stage.say(question),
        to=stage.people[to],
        reply_by=stage.after(day, 14),
        at=stage.at(day, 13, 20),
        nonce=uuid4(),
    )
