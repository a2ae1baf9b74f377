"""The topic box, the decision log, and looking back."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import members_of
from meetings import rules
from meetings.forms.topics import LookBackForm, TopicForm, TopicMoveForm
from meetings.models import Meeting, Topic
from meetings.selectors import forum_for, may_read_meetings
from meetings.selectors.decisions import decision_for, decisions_of, topic_for, topics_within
from meetings.services.topics import WHO_LOOKS_BACK, WHO_MOVES, MovedMeanwhile, look_back, move_topic, propose_topic
from office.forms import Asking

PER_PAGE = 20
INSIDE_ONLY = "The topic box is for those who belong here."
STAGES = {value.lower(): value for value in Topic.Stage.values}


@require_safe
def topic_list(request: PortalRequest, slug: str) -> HttpResponse:
    """What members of a forum proposed, and how far it got."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    found, stage = topics_within(request.reach).filter(forum=forum), request.GET.get("stage", "")
    if stage in STAGES:
        found = found.filter(stage=STAGES[stage])
    context = {
        "forum": forum,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "stage": stage if stage in STAGES else "",
        "stages": [(value.lower(), Topic.Stage(value).label) for value in Topic.Stage.values],
    }
    return render(request, "meetings/topic_list.html", context)


@require_http_methods(["GET", "POST"])
def topic_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Propose a topic."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    asking = Asking(request, "meetings/topic_new.html", f"meetings:topic_new:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(TopicForm, initial={"nonce": uuid4()})
    form = TopicForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    topic = propose_topic(by=request.user, forum=forum, at=timezone.now(), **form.values("title", "why", "nonce"))
    asking.done()
    messages.success(request, "Your topic is in the box. What becomes of it stands here.")
    return redirect("meetings:topic", pk=topic.pk)


@require_http_methods(["GET", "POST"])
def topic(request: PortalRequest, pk: int) -> HttpResponse:
    """One topic and its way; whoever writes up says how far it got."""
    found = topic_for(request.reach, pk)
    may_move = rules.can_write_up_forum(request.reach, found.forum)
    follows, cluster = rules.TOPIC_MOVES[found.stage], getattr(found.forum, "cluster", None)
    practices = list(members_of(cluster, on=request.reach.day)) if cluster else []
    context = {
        "topic": found,
        "forum": found.forum,
        "steps": found.steps.select_related("by"),
        "items": found.items.filter(meeting__state__in=Meeting.TOLD).select_related("meeting"),
        "may_move": may_move and bool(follows),
    }
    asking = Asking(request, "meetings/topic.html", f"meetings:topic:{pk}", context)
    if request.method != "POST":
        return asking.first(TopicMoveForm, initial={"was": found.stage}, follows=follows, practices=practices)
    if not may_move:
        raise PermissionDenied(WHO_MOVES)
    form = TopicMoveForm(request.POST, follows=follows, practices=practices)
    if not form.is_valid():
        return asking.again(form)
    try:
        move_topic(
            by=request.user,
            topic=found,
            at=timezone.now(),
            pilot=form.pilot_chosen,
            **form.values("was", "stage", "note"),
        )
    except MovedMeanwhile as meanwhile:
        form.add_error(None, f"Somebody moved it on first: {meanwhile.topic.get_stage_display()}. Read it again.")
        return asking.again(form)
    asking.done()
    messages.success(request, f"{found.proposed_by} reads it here.")
    return redirect("meetings:topic", pk=pk)


@require_safe
def decision_list(request: PortalRequest, slug: str) -> HttpResponse:
    """The decision log of a forum: what was decided, why, and whether it held."""
    sentence = "Decisions are for the members and those they share minutes with."
    forum = forum_for(request.reach, slug, may=may_read_meetings, sentence=sentence)
    text, show = request.GET.get("q", "").replace("\0", "")[:100].strip(), request.GET.get("show", "")
    found = decisions_of(request.reach, forum, text=text, show=show, on=request.reach.day)
    context = {
        "forum": forum,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "show": show,
        "day": request.reach.day,
        "is_inside": rules.can_see_forum_inside(request.reach, forum),
        "may_look_back": forum.pk in rules.forums_written_up(request.reach, past=True),
    }
    return render(request, "meetings/decision_list.html", context)


@require_http_methods(["GET", "POST"])
def decision_look_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Say whether a decision held."""
    item = decision_for(request.reach, pk, sentence=WHO_LOOKS_BACK)
    forum = item.meeting.forum
    context = {"item": item, "forum": forum, "meeting": item.meeting}
    asking = Asking(request, "meetings/decision_look_back.html", f"meetings:decision_look_back:{pk}", context)
    if request.method != "POST":
        return asking.first(LookBackForm, initial={"nonce": uuid4()})
    form = LookBackForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        said = form.values("verdict", "reflection", "again_on", "nonce")
        look_back(by=request.user, item=item, at=timezone.now(), **said)
    except ValidationError as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, "Kept beside the decision.")
    return redirect("meetings:decision_list", forum)
