"""What has happened, told in one line each: meetings, actions, questions, plans and escalations as stored rows."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from escalations.models import Escalation
from meetings.models import Action, Ask, Attendance, Item, Meeting
from qiplans.models import Plan, Priority, Project
from qiplans.rules import plan_year_of


def moment(day):
    """Noon of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def days_ago(world, days):
    return world.today - timedelta(days=days)


def meeting(world, cluster=None, *, days=30, state="PUBL", share="CLUSTER", next_in=None, away=1, by=None):
    """A meeting held `days` ago; `away` of the practices were not there."""
    cluster, by = cluster or world.rowan, by or world.callum
    held_on = days_ago(world, days)
    published = {"published_at": moment(held_on), "published_by": by} if state == "PUBL" else {}
    made = Meeting.objects.create(
        forum=cluster.forum,
        held_on=held_on,
        state=state,
        share_level=share,
        next_on=None if next_in is None else world.today + timedelta(days=next_in),
        nonce=uuid4(),
        logged_at=moment(held_on),
        logged_by=by,
        **published,
    )
    for n, membership in enumerate(cluster.memberships.order_by("practice__name")):
        presence = "ABSENT" if n < away else "PRESENT"
        Attendance.objects.create(meeting=made, practice=membership.practice, presence=presence)
    return made


def item(meeting, title="Diabetes recall", *, kept=False):
    return Item.objects.create(
        meeting=meeting, position=meeting.items.count() + 1, title=title, is_kept_in_cluster=kept
    )


def action(world, what="Send the recall letter", *, owner=None, due_in=0, cluster=None, item=None, **more):
    return Action.objects.create(
        forum=(cluster or world.rowan).forum,
        item=item,
        what=what,
        owner=owner or world.callum,
        due_on=world.today + timedelta(days=due_in),
        added_at=moment(days_ago(world, 40)),
        added_by=world.callum,
        **more,
    )


def ask(world, question="Who pays for the texts?", *, to=None, by=None, days=9, cluster=None, item=None, **more):
    asked = days_ago(world, days)
    return Ask.objects.create(
        forum=(cluster or world.rowan).forum,
        item=item,
        question=question,
        to=to or world.heather,
        asked_by=by or world.callum,
        asked_at=moment(asked),
        reply_by=asked + timedelta(days=14),
        **more,
    )


def answered(world, ask, *, by=None, days=1, reply="The HSCP pays."):
    ask.state, ask.reply, ask.replied_by = Ask.State.ANSWERED, reply, by or world.heather
    ask.replied_at = timezone.now() - timedelta(days=days)
    ask.save()
    return ask


def escalation(world, title="Phlebotomy at Alder", *, forum=None, by=None, days=12, state="OPEN", **more):
    number = Escalation.objects.count() + 1
    return Escalation.objects.create(
        reference=f"ESC-2026-{number:04}",
        cluster=more.pop("cluster", world.rowan),
        title=title,
        situation="No sessions since May.",
        ask_text="Two sessions a week.",
        likelihood=4,
        impact=5,
        forum=forum or world.management,
        state=state,
        due_on=days_ago(world, days) + timedelta(days=28),
        nonce=uuid4(),
        raised_at=moment(days_ago(world, days)),
        raised_by=by or world.asha,
        **more,
    )


def plan(world, cluster=None, *, state="AGREED"):
    by = {"agreed_at": moment(days_ago(world, 100)), "agreed_by": world.callum} if state == "AGREED" else {}
    return Plan.objects.create(cluster=cluster or world.rowan, year=plan_year_of(world.today), state=state, **by)


def project(plan, title="Texts for recall", *, state="TESTING", shared=False, help_with=""):
    priority = plan.priorities.first() or Priority.objects.create(
        plan=plan, title="Diabetes", purpose="Fewer feet lost."
    )
    return Project.objects.create(
        priority=priority,
        title=title,
        aim="Recall up to 80 % by March.",
        state=state,
        share_level="BOARD" if shared else "CLUSTER",
        could_use_help_with=help_with,
    )
