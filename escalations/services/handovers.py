"""What somebody holds in escalations when they leave a role, and how it passes on. A confidential matter never does."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from clusters.plugs.handovers import Bundle, Leaving, Passing
from escalations.models import Escalation, SafetyContacts
from escalations.rules import ANSWERING, LEADING
from escalations.selectors import holders_by_forum, possible_leads
from escalations.selectors.doors import escalations_within, spoken_for


def raised(leaving: Leaving) -> Bundle:
    """What they raised for a cluster and that is not closed: somebody must read the answer and say whether it will do.

    Who raised it stays written; who speaks for that side from now on is kept beside it.
    """
    rows = _may_pass(leaving)
    clusters = list(rows.values_list("cluster", flat=True))

    def pass_to(to: User, within: Reach, by: User | None) -> int:
        fit = rows.filter(cluster__in=within.clusters(Right.RAISE)).exclude(about=to)
        if leaving.by and to.pk == leaving.by.person_id:
            fit = fit.filter(pk__in=escalations_within(leaving.by).values("pk"))
        return _pass(_decided_still(fit, to, within.day), to, by)

    alone = sum(cluster not in leaving.kept_inside for cluster in clusters)
    return Bundle("raised", "Escalations that they raised", len(clusters), alone=alone, pass_to=pass_to)


def _may_pass(leaving: Leaving) -> QuerySet[Escalation]:
    """What they speak for and that may pass on: whoever raises a matter decides who sees it.

    So by themselves, or once their role is over: by a keeper of the registry, or by who sees it already and where the
    raiser has no other part.
    """
    rows = Escalation.objects.filter(
        spoken_for(leaving.person.pk),
        is_confidential=False,
        state__in=Escalation.UNFINISHED,
        cluster__in=leaving.clusters,
    )
    if leaving.by and leaving.by.person_id == leaving.person.pk:
        return rows.exclude(about=leaving.person)
    if not leaving.is_over:
        return rows.none()
    rows = _told(rows, leaving)
    return rows if leaving.by_keeper else rows.exclude(cluster__in=leaving.kept_inside)


def _told(rows: QuerySet[Escalation], leaving: Leaving) -> QuerySet[Escalation]:
    """Those of which whoever acts may know: keepers that there are so many, others what they see; none about them."""
    if leaving.by is None:
        return rows
    if leaving.by.person_id is None:
        return rows.none()
    rows = rows.exclude(about=leaving.by.person_id)
    return rows if leaving.by_keeper else rows.filter(pk__in=escalations_within(leaving.by).values("pk"))


def _decided_still(rows: QuerySet[Escalation], to: User, on: date) -> QuerySet[Escalation]:
    """Without those that `to` alone decides: whoever speaks for a matter does not decide it."""
    waiting = list(rows.select_related("forum__locality"))
    holders = holders_by_forum({e.forum_id: e.forum for e in waiting}.values(), on=on)
    stuck = [e.pk for e in waiting if to in holders[e.forum_id] and not _others_decide(holders[e.forum_id], e, to)]
    return rows.exclude(pk__in=stuck)


def _others_decide(holders: list[User], escalation: Escalation, to: User) -> bool:
    return any(person.pk not in (escalation.raised_by_id, escalation.about_id, to.pk) for person in holders)


def _pass(rows: QuerySet[Escalation], to: User, by: User | None) -> int:
    given = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for escalation in given:
        before = audit.snapshot(escalation)
        escalation.spokesperson = None if to.pk == escalation.raised_by_id else to
        escalation.save(update_fields=["spokesperson"])
        audit.record("escalation handed over", escalation, by=by, before=before)
    return len(given)


def waiting_on_rungs(leaving: Leaving) -> Bundle:
    """Undecided matters on the rungs that the role holds: they pass to whoever holds the role, or another there."""
    kinds = Q(forum__kind=Forum.Kind.CLUSTER)
    held = kinds if leaving.role in LEADING else ~kinds if leaving.role in ANSWERING else Q(pk=None)
    rows = Escalation.objects.filter(
        held, forum__in=leaving.forums, is_confidential=False, state__in=Escalation.UNDECIDED
    ).exclude(raised_by=leaving.person)
    waiting = list(_told(rows, leaving).select_related("forum__locality"))
    forums = {escalation.forum_id: escalation.forum for escalation in waiting}
    holders = holders_by_forum(forums.values(), on=leaving.from_day)
    left = {pk for pk, people in holders.items() if all(person == leaving.person for person in people)}
    return Bundle(
        "rungs",
        "Escalations waiting on rungs that the role holds",
        len(waiting),
        alone=sum(e.forum_id in left and e.forum_id not in leaving.kept for e in waiting),
        note="Whoever holds the role, or the rung beside them, decides.",
        passing=Passing.WITH_ROLE,
    )


def safety_leads(leaving: Leaving) -> Bundle:
    """Where they are the lead whom an HSCP names for confidential matters to come."""
    answers = leaving.role in ANSWERING
    named = Q(first_lead=leaving.person) | Q(second_lead=leaving.person)
    rows = SafetyContacts.objects.filter(named, hscp__in=leaving.hscps) if answers else SafetyContacts.objects.none()
    able = [c for c in rows if possible_leads(c.hscp, on=leaving.from_day).filter(pk=leaving.person.pk).exists()]
    count = len(rows)
    return Bundle(
        "safety",
        "Named lead for confidential matters to come",
        count,
        alone=0 if leaving.kept and len(able) == count else count,
        pass_to=lambda to, within, by: _name_instead(rows, leaving, to, by),
    )


def _name_instead(rows: Iterable[SafetyContacts], leaving: Leaving, to: User, by: User | None) -> int:
    given = 0
    for contacts in rows.select_for_update(of=("self",)):  # type: ignore[attr-defined]
        can = possible_leads(contacts.hscp, on=leaving.from_day).filter(pk=to.pk).exists()
        if not can or to.pk in (contacts.first_lead_id, contacts.second_lead_id):
            continue
        before = audit.snapshot(contacts)
        place = "first_lead" if contacts.first_lead_id == leaving.person.pk else "second_lead"
        setattr(contacts, place, to)
        contacts.save(update_fields=[place])
        audit.record("safety lead handed over", contacts, by=by, before=before)
        given += 1
    return given


def confidential(leaving: Leaving) -> Bundle:
    """That confidential matters stay with them, as raiser or as named lead. Keepers of the registry are told that there
    are some, never how many; nobody else is told.
    """
    mine = Q(raised_by=leaving.person) | Q(named_lead=leaving.person)
    near = Q(cluster__in=leaving.clusters) | Q(cluster__lead_hscp__in=leaving.hscps)
    rows = Escalation.objects.filter(mine, near, is_confidential=True, state__in=Escalation.UNFINISHED)
    return Bundle(
        "confidential",
        "Confidential matters",
        int(leaving.by_keeper and _told(rows, leaving).exists()),
        note=f"They stay with {leaving.person} and pass to nobody.",
        passing=Passing.NEVER,
    )
