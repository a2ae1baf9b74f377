"""A forum's series of meetings: begun, given another rhythm, ended."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters.models import Forum
from meetings import rules
from meetings.forms.planning import EndSeriesForm, SeriesForm, starting_from
from meetings.models import Series
from meetings.selectors import forum_for
from meetings.selectors.coming import change_of_series, series_begun_with, series_in, series_of, usual_series_for
from meetings.selectors.plans import rhythm_of, series_plan_of
from meetings.services.planning import SeriesMeanwhile, begin_series, change_series, end_series
from office.forms import Asking


@require_http_methods(["GET", "POST"])
def meeting_series(request: PortalRequest, slug: str) -> HttpResponse:
    """Begin a series or give it another rhythm: what becomes of its meetings is shown first, then done."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=rules.WHO_PLANS)
    now = series_of(forum)
    asking = _asking(request, forum, now)
    if request.method != "POST":
        start = starting_from(series_plan_of(now)) if now else usual_series_for(forum)
        return asking.first(SeriesForm, initial={**start, "nonce": uuid4(), "version": now.pk if now else 0})
    form = SeriesForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    if not series_begun_with(forum, form.cleaned_data["nonce"], by=request.user):
        change = change_of_series(forum, now, form.plan(), on=request.reach.day)
        if not form.show(change.mark):
            asking.context["change"] = change
            return asking.again(form)
    try:
        series = _keep(request, forum, form)
    except SeriesMeanwhile as meanwhile:
        return _another_meanwhile(request, form, forum, meanwhile.series)
    asking.done()
    messages.success(request, f"{forum} meets {rhythm_of(series).in_words}.")
    return redirect("meetings:meeting_list", forum)


def _keep(request: PortalRequest, forum: Forum, form: SeriesForm) -> Series:
    opened, nonce = form.typed_over(), form.cleaned_data["nonce"] or uuid4()
    inviting = form.cleaned_data["is_inviting"]
    if not opened:
        return begin_series(
            by=request.user, forum=forum, plan=form.plan(), nonce=nonce, at=timezone.now(), is_inviting=inviting
        )
    series = series_in(forum, opened)
    return change_series(
        by=request.user, series=series, plan=form.plan(), nonce=nonce, at=timezone.now(), is_inviting=inviting
    )


def _another_meanwhile(request: PortalRequest, form: SeriesForm, forum: Forum, now: Series | None) -> HttpResponse:
    """Somebody was first: what goes on now, and what was typed still in its boxes."""
    form.show_version(now.pk if now else 0)
    going_on = f"it meets {rhythm_of(now).in_words} now" if now else "it has ended"
    form.add_error(
        None, f"Somebody changed the series while you were typing: {going_on}. Look again at what yours does."
    )
    page = _asking(request, forum, now).again(form)
    page.status_code = 409
    return page


def _asking(request: PortalRequest, forum: Forum, now: Series | None) -> Asking:
    context = {"forum": forum, "series": now, "rhythm": rhythm_of(now) if now else None}
    return Asking(request, "meetings/meeting_series.html", f"meetings:meeting_series:{forum.pk}", context)


@require_http_methods(["GET", "POST"])
def meeting_series_end(request: PortalRequest, slug: str) -> HttpResponse:
    """End the series of a forum: its planned meetings are called off, those with an agenda stay."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=rules.WHO_PLANS)
    now = series_of(forum)
    if now is None:
        return redirect("meetings:meeting_series", forum)
    change = change_of_series(forum, now, None, on=request.reach.day)
    context = {"forum": forum, "change": change, "rhythm": rhythm_of(now)}
    form = EndSeriesForm(request.POST or None, initial={"version": now.pk, "is_inviting": True})
    if request.method != "POST" or not form.is_valid():
        return render(request, "meetings/meeting_series_end.html", {**context, "form": form})
    if form.cleaned_data["version"] != now.pk:
        form = EndSeriesForm(initial={"version": now.pk, "is_inviting": True})
        return render(
            request, "meetings/meeting_series_end.html", {**context, "form": form, "is_other": True}, status=409
        )
    end_series(by=request.user, series=now, at=timezone.now(), **form.values("is_inviting"))
    messages.success(request, f"The series of {forum} has ended.")
    return redirect("meetings:meeting_list", forum)
