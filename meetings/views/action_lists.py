"""Lists of actions: mine in every forum, and those of one forum; on a page, for printing, and as files."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Right
from clusters.models import Forum
from meetings import rules
from meetings.filters import ActionFilter, ForumActionFilter, MyActionFilter
from meetings.selectors import actions_of, actions_of_forum, answers_to, asks_sent, asks_to, forum_for
from meetings.selectors.completion import completion_of
from meetings.selectors.issued import issued_by_hscp
from meetings.selectors.owners import counting_returns
from meetings.tables import ActionTable, AskTable
from meetings.tables.action_log import HEADINGS, log_rows
from meetings.tables.issued import IssuedTable
from shared.exports import as_csv, as_excel
from shared.tables import ROWS_A_PAGE, listed

INSIDE_ONLY = "Only members of the cluster see its actions."
MOST_PRINTED = 1000


def _mine(request: PortalRequest) -> MyActionFilter:
    return MyActionFilter(request.GET, actions_of(request.reach), reach=request.reach, request=request)


def _theirs(request: PortalRequest, slug: str) -> tuple[Forum, ForumActionFilter]:
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    return forum, ForumActionFilter(request.GET, actions_of_forum(forum), reach=request.reach, request=request)


def _list(request: PortalRequest, found: ActionFilter, **how: Any) -> dict[str, Any]:
    """What both pages show: the filter and the table, whole where it is to be printed."""
    is_print = request.GET.get("view") == "print"
    order = "-due_on" if found.shows_closed else "due_on"
    shown = counting_returns(found.qs, on=request.reach.day)
    table = ActionTable(shown, reach=request.reach, order_by=order, **how)
    return {
        "filter": found,
        "table": listed(request, table, per_page=MOST_PRINTED if is_print else ROWS_A_PAGE),
        "is_print": is_print,
        "query": request.GET.urlencode(),
    }


@require_safe
def action_list(request: PortalRequest) -> HttpResponse:
    """My actions in every forum, what I owe an answer to, and what I wait for."""
    sent = list(asks_sent(request.reach))
    context = _list(request, _mine(request), exclude=("owner",)) | {
        "to_answer": AskTable(asks_to(request.reach), reach=request.reach, exclude=("to",)),
        "sent": AskTable(sent, reach=request.reach, exclude=("forum",)),
        "answers": answers_to(request.reach)[:5],
        "answers_for_hscp": request.reach.has(Right.ANSWER),
        "owed": len(sent),
        "may_issue": bool(rules.forums_issued_to(request.reach)),
        "may_chase": rules.can_chase(request.reach),
    }
    return render(request, "meetings/action_list.html", context)


@require_safe
def action_list_csv(request: PortalRequest) -> StreamingHttpResponse:
    """My actions with these filters, as CSV."""
    return as_csv("my-actions", HEADINGS, log_rows(_mine(request).qs))


@require_safe
def action_list_excel(request: PortalRequest) -> HttpResponse:
    """The same, for Excel."""
    return as_excel("my-actions", HEADINGS, log_rows(_mine(request).qs))


@require_safe
def action_issued(request: PortalRequest) -> HttpResponse:
    """What was requested of clusters, or mandated, where I answer for the HSCP."""
    if not rules.forums_issued_to(request.reach):
        raise Http404
    issued = counting_returns(issued_by_hscp(request.reach), on=request.reach.day)
    table = listed(request, IssuedTable(issued, reach=request.reach))
    return render(request, "meetings/action_issued.html", {"table": table})


@require_safe
def cluster_actions(request: PortalRequest, slug: str) -> HttpResponse:
    """Every action of one forum."""
    forum, found = _theirs(request, slug)
    context = _list(request, found, of=forum, exclude=("forum",)) | {
        "forum": forum,
        "numbers": completion_of([forum.pk], on=request.reach.day)[forum.pk],
        "may_add": rules.can_write_up_forum(request.reach, forum),
    }
    return render(request, "meetings/cluster_actions.html", context)


@require_safe
def cluster_actions_csv(request: PortalRequest, slug: str) -> StreamingHttpResponse:
    """The forum's actions with these filters, as CSV."""
    forum, found = _theirs(request, slug)
    return as_csv(f"actions-{forum.slug}", HEADINGS, log_rows(found.qs))


@require_safe
def cluster_actions_excel(request: PortalRequest, slug: str) -> HttpResponse:
    """The same, for Excel."""
    forum, found = _theirs(request, slug)
    return as_excel(f"actions-{forum.slug}", HEADINGS, log_rows(found.qs))
