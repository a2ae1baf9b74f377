"""The figures of one practice: what it gave, what it owes, and one small form a period."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from measures import rules, selectors, services
from measures.forms import PracticeFigureForm
from measures.selectors import Entry
from office.forms import Asking


@require_safe
def practice_figures(request: PortalRequest, code: str) -> HttpResponse:
    """All figures of a practice, and what is due."""
    page = selectors.practice_figures(request.reach, code)
    return render(request, "measures/practice_figures.html", {"page": page, "practice": page.practice})


@require_http_methods(["GET", "POST"])
def entry(request: PortalRequest, pk: int, code: str, day: str) -> HttpResponse:
    """Enter or correct the figure of one period."""
    of = selectors.entry_for(request.reach, pk, code, day)
    context = {"entry": of, "measure": of.measure, "practice": of.practice}
    asking = Asking(request, "measures/entry.html", f"measures:entry:{pk}:{code}:{day}", context)
    options: dict[str, Any] = {"measure": of.measure, "period_on": of.period_on}
    if request.method != "POST":
        return asking.first(PracticeFigureForm, initial=selectors.as_entered(of), **options)
    form = PracticeFigureForm(request.POST, others=selectors.others_of(of), **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        _save(request, of, form)
    except services.ChangedMeanwhile as clash:
        return _clashed(request, asking, of, form, clash.theirs)
    asking.done()
    messages.success(request, f"The figure for {of.period} is saved.")
    return redirect("measures:practice_figures", of.practice.code)


def _save(request: PortalRequest, of: Entry, form: PracticeFigureForm) -> None:
    services.enter_for_practice(
        by=request.user,
        measure=of.measure,
        practice=of.practice,
        period_on=of.period_on,
        entered=services.Entered(**form.values(*PracticeFigureForm.FACTS)),
        is_from_practice=of.speaks,
        version=form.typed_over(),
    )


def _clashed(request: PortalRequest, asking: Asking, of: Entry, form: PracticeFigureForm, theirs: Any) -> HttpResponse:
    if rules.can_see_entry(request.reach, of.practice, is_from_practice=theirs.is_from_practice):
        return asking.clashed(form, theirs)
    asking.done()
    messages.info(request, f"{of.practice} gave its own figure for {of.period} meanwhile. It stays.")
    return redirect("measures:practice_figures", of.practice.code)
