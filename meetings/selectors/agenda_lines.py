"""What meetings put on the next agenda by themselves: plugged into `AGENDA_SOURCES` (MTG-08, ACT-04, MTG-24)."""

from datetime import date, datetime, time, timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, make_aware

from accounts.reach import Reach
from clusters.models import Cluster, Forum
from clusters.selectors.around import around_clusters, clusters_around
from meetings.models import Action, Ask, Item, Meeting, Topic
from meetings.plugs import Group, Suggested
from meetings.rules import ALWAYS_KEPT
from meetings.selectors.decisions import decisions_to_look_back
from meetings.selectors.doors import asks_within
from meetings.selectors.gathering import actions_of_forum
from shared.dates import in_words

State, Stage = Meeting.State, Topic.Stage
Lines = list[Suggested]
# Of a forum that has not met yet.
NO_MEETING = timedelta(days=91)
# A practice tries something for so long before it is asked to report back.
TO_TRY = timedelta(weeks=8)
# Sources that name a thing which may be suggested again; else an item was typed, or stands on every agenda.
OF_A_THING = ("topic", "action", "ask", "decision", "minutes", "escalation", "project", "plan")
ASKED = {
    Stage.RAISED: "does it matter to us?",
    Stage.IMPORTANT: "agreed to matter: who tries it?",
    Stage.PILOT: "time to report back",
    Stage.REPORTED: "adopt, adapt or stop?",
}


def since_last_meeting(forum: Forum, *, on: date) -> datetime:
    """The beginning of the day of the last meeting before `on` whose minutes are out of draft."""
    last = _last_met(forum, on)
    day = last.held_on if last else on - NO_MEETING
    return make_aware(datetime.combine(day, time.min), get_current_timezone())


def parked_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """What the last meeting did not reach, and what stood on the agenda of a meeting that was called off since."""
    last = _last_met(forum, on)
    parked = Q(meeting=last, is_parked=True) if last else Q(pk__in=())
    called_off = Q(meeting__forum=forum, meeting__state=State.CANCELLED, meeting__held_on__lt=on)
    if last:
        called_off &= Q(meeting__held_on__gte=last.held_on)
    items = Item.objects.filter(parked | called_off & ~Q(source__startswith="standing:"))
    return [_parked(item) for item in items.select_related("meeting").order_by("meeting__held_on", "position")]


def _parked(item: Item) -> Suggested:
    kind, _, _ = item.source.partition(":")
    key = item.source if kind in OF_A_THING else f"item:{item.pk}"
    day = in_words(item.meeting.held_on)
    was = f"the meeting of {day} was called off" if item.meeting.state == State.CANCELLED else f"not reached on {day}"
    path = f"{reverse('meetings:meeting', args=[item.meeting_id])}#item-{item.pk}"
    return Suggested(key, Group.PARKED, item.title, path, was, is_kept=_is_kept(item))


def topic_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """Topics that wait for the forum: to say whether they matter, who tries, to hear what came of it, to decide."""
    topics = Topic.objects.filter(forum=forum, stage__in=ASKED).annotate(moved_at=Max("steps__at"))
    lines = []
    for topic in topics.select_related("pilot", "proposed_by").order_by("proposed_at", "pk"):
        moved = localdate(topic.moved_at or topic.proposed_at)
        if topic.stage == Stage.PILOT and moved + TO_TRY > on:
            continue
        who = f"{topic.pilot}, " if topic.stage == Stage.PILOT and topic.pilot else f"{topic.proposed_by}: "
        said = f"{who}{ASKED[Stage(topic.stage)]}"
        path = reverse("meetings:topic", args=[topic.pk])
        lines.append(Suggested(f"topic:{topic.pk}", Group.TOPICS, topic.title, path, said))
    return lines


def action_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """Every action that is not closed, late ones apart, until somebody closes it (ACT-04)."""
    still_open = actions_of_forum(forum).filter(state=Action.State.OPEN)
    return [_action(action, on) for action in still_open]


def _action(action: Action, on: date) -> Suggested:
    group = Group.LATE if action.due_on < on else Group.OPEN
    path = reverse("meetings:action", args=[action.pk])
    waits = f", waits for {action.waiting_on}" if action.waiting_on else ""
    detail = f"{action.holder}{waits}"
    return Suggested(
        f"action:{action.pk}", group, action.what, path, detail, action.due_on, is_kept=_is_kept(action.item)
    )


def answer_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """Replies to the forum's questions that came since it met last."""
    came = Ask.objects.live().filter(
        forum=forum, state=Ask.State.ANSWERED, replied_at__gte=since_last_meeting(forum, on=on)
    )
    return [
        Suggested(
            f"ask:{ask.pk}",
            Group.REPLIES,
            ask.question,
            reverse("meetings:ask", args=[ask.pk]),
            f"{ask.replied_by} replied",
        )
        for ask in came.select_related("replied_by").order_by("replied_at", "pk")
    ]


def look_back_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """Decisions of which it is time to ask whether they held."""
    return [
        Suggested(
            f"decision:{item.pk}",
            Group.LOOK_BACK,
            f"Did it hold? {item.decision}"[:300],
            f"{reverse('meetings:meeting', args=[item.meeting_id])}#item-{item.pk}",
            f"decided on {in_words(item.meeting.held_on)}",
            item.ask_on,  # type: ignore[attr-defined]
            is_kept=_is_kept(item),
        )
        for item in decisions_to_look_back(forum, on=on)
    ]


def minutes_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """What forums around a cluster published for it since it met last."""
    cluster = getattr(forum, "cluster", None)
    if cluster is None:
        return []
    around = Forum.objects.filter(around_clusters([cluster.pk], on=on)).order_by()
    new = Meeting.objects.filter(
        forum__in=around.values("pk"),
        state=State.PUBLISHED,
        is_for_clusters=True,
        published_at__gte=since_last_meeting(forum, on=on),
    )
    return [
        Suggested(
            f"minutes:{meeting.pk}",
            Group.FROM_ABOVE,
            f"{meeting.forum}, minutes of {in_words(meeting.held_on)}",
            reverse("meetings:meeting", args=[meeting.pk]),
        )
        for meeting in new.select_related("forum").order_by("held_on", "pk")
    ]


def question_lines(forum: Forum, *, on: date, reach: Reach | None) -> Lines:
    """Questions that clusters asked and that wait, for readers of a deciding forum above them who may open them."""
    if reach is None or forum.kind not in Forum.DECIDING:
        return []
    clusters = Cluster.objects.filter(clusters_around(forum, on=on)).order_by()
    waiting = asks_within(reach).filter(state=Ask.State.WAITING, forum__in=clusters.values("forum"))
    return [
        Suggested(
            f"ask:{ask.pk}",
            Group.CLUSTERS,
            f"{ask.forum} asks: {ask.question}"[:300],
            reverse("meetings:ask", args=[ask.pk]),
            f"to {ask.to}",
            ask.reply_by,
            is_kept=True,
            is_private=True,
        )
        for ask in waiting.order_by("asked_at", "pk")
    ]


def _is_kept(item: Item | None) -> bool:
    return item is not None and (item.is_kept_in_cluster or item.kind in ALWAYS_KEPT)


def _last_met(forum: Forum, on: date) -> Meeting | None:
    told = Meeting.objects.filter(forum=forum, state__in=Meeting.TOLD, held_on__lt=on)
    return told.order_by("-held_on", "-pk").first()
