"""Who holds an action on a day, as people: by name, for their practice, by a role, or each for their practice."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Role
from clusters.models import Membership, RoleAssignment
from clusters.selectors import members_of
from meetings import rules
from meetings.models import Action, PracticeReturn
from meetings.selectors.doors import number_of
from practices.models import Practice


def people_of(action: Action, *, on: date) -> list[User]:
    """Everybody who can sign in and holds the action on the day, each once, by name. Of an action for every practice
    those of practices that have not done it.
    """
    if action.owner:
        return [action.owner] if action.owner.is_active else []
    held = RoleAssignment.objects.on(on).filter(person__is_active=True).select_related("person")
    if action.owner_practice_id:
        rows = held.filter(practice=action.owner_practice_id, role__in=rules.FOR_THE_PRACTICE)
    elif action.owner_role:
        rows = held.filter(role=action.owner_role, cluster__forum=action.forum_id)
    else:
        waiting = [practice.pk for practice, told in returns_of(action, on=on) if not (told and told.is_done)]
        rows = held.filter(practice__in=waiting, role=Role.PQL)
    return list({row.person_id: row.person for row in rows.order_by("person__full_name")}.values())


def counting_returns(actions: QuerySet[Action], *, on: date) -> QuerySet[Action]:
    """The actions, each with what `returns_of` would count of it where it is for every practice: `practices_asked`, and
    `practices_done` that have done it. No query of its own.
    """
    members, told = Membership.objects.on(on), PracticeReturn.objects.all()
    there = Membership.objects.on(on).filter(cluster__forum=OuterRef("action__forum"), practice=OuterRef("practice"))
    since_left = told.filter(~Exists(there))
    return actions.annotate(
        practices_asked=number_of(members, "cluster__forum", outer="forum") + number_of(since_left, "action"),
        practices_done=number_of(told.filter(is_done=True), "action"),
    )


def said_progress(action: Action) -> str:
    """How far an open action for every practice is, of `counting_returns`: "2 of 7 practices done"; else nothing."""
    asked = getattr(action, "practices_asked", 0)
    if not asked or not action.is_for_every_practice or action.state != Action.State.OPEN:
        return ""
    done = action.practices_done  # type: ignore[attr-defined]
    return f"{done} of {asked} practice{'s' if asked != 1 else ''} done"


def returns_of(action: Action, *, on: date) -> list[tuple[Practice, PracticeReturn | None]]:
    """Of an action for every practice: the practices of the day and those that answered, each with its answer."""
    told = {r.practice_id: r for r in action.returns.select_related("practice", "told_by")}
    cluster = getattr(action.forum, "cluster", None)
    practices = {p.pk: p for p in members_of(cluster, on=on)} if cluster else {}
    practices |= {pk: r.practice for pk, r in told.items()}
    return [(p, told.get(p.pk)) for p in sorted(practices.values(), key=lambda p: p.name)]
