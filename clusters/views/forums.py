"""The register of forums: listed, entered, described, closed, and who is named for each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters.forums import ForumFilter
from clusters.forms.forums import CloseForumForm, ForumForm, LeaveForm, MemberForm, NewForumForm
from clusters.selectors.forums import forum_for, forums_within, named_member_of
from clusters.selectors.seats import seats_of
from clusters.services import forums as services
from clusters.tables.forums import ForumTable
from office.forms import Asking
from shared.dates import in_words
from shared.tables import listed

WHO_DESCRIBES = "Registry administrators and the lead of its HSCP describe a forum."
WHO_KEEPS = "Registry administrators enter, rename and close forums."


@require_safe
def forum_list(request: PortalRequest) -> HttpResponse:
    """Every forum above and beside the reader's clusters."""
    found = ForumFilter(request.GET, queryset=forums_within(request.reach), request=request)
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": listed(request, ForumTable(found.qs, on=request.reach.day)),
        "can_keep": rules.can_keep_registry(request.reach),
    }
    return render(request, "clusters/forum_list.html", context)


@require_http_methods(["GET", "POST"])
def forum_new(request: PortalRequest) -> HttpResponse:
    """Enter a forum; what it is for is asked next."""
    selectors.registry_door(request.reach, keep=True)
    asked = {name: request.GET[name] for name in ("kind", "serves") if name in request.GET}
    form = NewForumForm(request.POST or None, reach=request.reach, initial=asked)
    if form.is_valid():
        facts = form.values("kind", "name", "serves", "starts_on")
        try:
            forum = services.create_forum(by=request.user, **facts)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{forum} is in the register. Say what it is for.")
            return redirect("clusters:forum_change", slug=forum.slug)
    return render(request, "clusters/forum_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def forum_change(request: PortalRequest, slug: str) -> HttpResponse:
    """Describe a forum: purpose, terms, where its results go. Who keeps its record renames it here too."""
    forum = forum_for(request.reach, slug, may=rules.can_describe_forum, sentence=WHO_DESCRIBES)
    keeps = rules.can_keep_forum(request.reach, forum)
    asking = Asking(request, "clusters/forum_change.html", f"clusters:forum_change:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(ForumForm, instance=forum, keeps=keeps)
    form = ForumForm(request.POST, keeps=keeps)
    if not form.is_valid():
        return asking.again(form)
    described, day = form.described(), request.reach.day
    try:
        now = services.describe_forum(forum=forum, by=request.user, until=day, version=form.typed_over(), **described)
    except services.DescribedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.theirs)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"{now} is as you described it.")
    return redirect("reporting:forum", slug=now.slug)


@require_http_methods(["GET", "POST"])
def forum_close(request: PortalRequest, slug: str) -> HttpResponse:
    """Close a forum, after a word on what that means."""
    forum = forum_for(request.reach, slug, may=rules.can_keep_forum, sentence=WHO_KEEPS)
    form = CloseForumForm(request.POST or None)
    if form.is_valid():
        day = form.cleaned_data["closed_on"]
        try:
            services.close_forum(forum=forum, closed_on=day, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{forum} is closed from {in_words(day)}. Its record stays.")
            return redirect("reporting:forum", slug=forum.slug)
    return render(request, "clusters/forum_close.html", {"form": form, "forum": forum})


@require_http_methods(["GET", "POST"])
def forum_members(request: PortalRequest, slug: str) -> HttpResponse:
    """Who sits in a forum: by role, and named for it; name one more."""
    forum = forum_for(request.reach, slug, may=rules.can_describe_forum, sentence=WHO_DESCRIBES)
    seats = seats_of(forum, on=request.reach.day)
    context = {"forum": forum, "seats": seats}
    asking = Asking(request, "clusters/forum_members.html", f"clusters:forum_members:{forum.pk}", context)
    if request.method != "POST":
        return asking.first(MemberForm, reach=request.reach)
    form = MemberForm(request.POST, reach=request.reach)
    if not form.is_valid():
        return asking.again(form)
    try:
        seat = services.add_forum_member(forum=forum, by=request.user, **form.facts())
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"{seat.who} sits in {forum}.")
    return redirect("clusters:forum_members", slug=forum.slug)


@require_http_methods(["GET", "POST"])
def forum_member_end(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody named for a forum leaves it."""
    forum = forum_for(request.reach, slug, may=rules.can_describe_forum, sentence=WHO_DESCRIBES)
    seat = named_member_of(forum, pk)
    if seat.ends_on is not None:
        raise PermissionDenied(f"{seat.who} has left already: the last day is set.")
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        try:
            services.end_forum_member(seat=seat, last_day=form.cleaned_data["last_day"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{seat.who} has left {forum}.")
            return redirect("clusters:forum_members", slug=forum.slug)
    return render(request, "clusters/forum_member_end.html", {"form": form, "forum": forum, "seat": seat})
