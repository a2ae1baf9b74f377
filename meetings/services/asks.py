"""Asks the HSCP, replies, and takes a question back (ACT-18)."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Ask, Item
from meetings.selectors import answerers_of


class SettledMeanwhile(Exception):
    """The question was answered or taken back already. `ask` is as it is now."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(f"Question {ask.pk} is settled")
        self.ask = ask


@transaction.atomic
def ask_hscp(
    *,
    by: User,
    forum: Forum,
    question: str,
    to: User,
    reply_by: date,
    at: datetime,
    item: Item | None = None,
    nonce: UUID | None = None,
) -> Ask:
    """Put one question to a named person who answers over this cluster.

    The same form (`nonce`) with the same words from the same person again asks nothing twice; with other words it
    is another question.
    Raises PermissionDenied unless `by` may raise matters here, ValidationError when `to` cannot answer.
    """
    if not rules.can_ask(reach_of(by, on=localdate(at)), forum):
        raise PermissionDenied("Only quality leads and their deputies ask the HSCP.")
    cluster = getattr(forum, "cluster", None)
    if cluster is not None and to.pk not in {person.pk for person, _ in answerers_of(cluster, on=localdate(at))}:
        raise ValidationError(f"{to.full_name} does not answer for this cluster. Choose somebody from the list.")
    fields = {
        "forum": forum,
        "item": item,
        "question": question,
        "to": to,
        "reply_by": reply_by,
        "asked_at": at,
        "asked_by": by,
    }
    if nonce is None:
        ask, is_new = Ask.objects.create(**fields), True
    else:
        own = rules.own_nonce(nonce, by.pk, forum.pk, question, to.pk, reply_by)
        ask, is_new = Ask.objects.get_or_create(nonce=own, defaults=fields)
    if is_new:
        audit.record("ask.sent", ask, by=by, detail={"to": to.pk, "reply_by": str(reply_by)})
    return ask


@transaction.atomic
def reply_to_ask(*, by: User, ask: Ask, reply: str, at: datetime) -> Ask:
    """Answer a waiting question once.

    Raises PermissionDenied unless `by` was asked or answers over this cluster, ValidationError for an empty
    reply, SettledMeanwhile when it was answered or taken back before.
    """
    if not reply.strip():
        raise ValidationError("Write your reply.")
    now = _locked(ask)
    if not rules.may_answer(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied("Only the person asked, or somebody who answers for this cluster, replies.")
    if now.state != Ask.State.WAITING:
        raise SettledMeanwhile(now)
    before = audit.snapshot(now)
    now.state, now.reply, now.replied_at, now.replied_by = Ask.State.ANSWERED, reply.strip(), at, by
    now.save(update_fields=["state", "reply", "replied_at", "replied_by"])
    audit.record("ask.answered", now, by=by, before=before)
    return now


@transaction.atomic
def withdraw_ask(*, by: User, ask: Ask, at: datetime) -> Ask:
    """Take a waiting question back: only who asked it, and still has a role there.

    Raises PermissionDenied or SettledMeanwhile.
    """
    now = _locked(ask)
    if not rules.may_withdraw(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied("Only the person who asked takes a question back.")
    if now.state != Ask.State.WAITING:
        raise SettledMeanwhile(now)
    before = audit.snapshot(now)
    now.state = Ask.State.WITHDRAWN
    now.save(update_fields=["state"])
    audit.record("ask.withdrawn", now, by=by, before=before)
    return now


def _locked(ask: Ask) -> Ask:
    related = Ask.objects.select_related("forum", "to", "asked_by", "replied_by")
    return related.select_for_update(of=("self",)).get(pk=ask.pk)
