"""What a practice is like, kept by those who know it: its figures and its vacancies."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.forms.records import FilledForm, ProfileForm, VacancyForm
from practices import services
from practices.models import Practice
from practices.selectors import lineage_of, record_of, vacancy_of
from shared.dates import in_words

WHO_KEEPS_IT = (
    "The Practice Quality Lead, their deputy and the manager of an open practice keep its record, and registry "
    "administrators."
)


def _practice(request: PortalRequest, code: str) -> Practice:
    return selectors.practice_for(request.reach, code, may=rules.can_keep_practice_record, sentence=WHO_KEEPS_IT)


@require_http_methods(["GET", "POST"])
def practice_profile(request: PortalRequest, code: str) -> HttpResponse:
    """Figures of a practice as of a day; what is known already stands in the form."""
    practice = _practice(request, code)
    known = record_of(lineage_of(practice).same, on=request.reach.day).profile
    first = {name: getattr(known, name) for name in services.FIGURES} if known else {}
    form = ProfileForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            services.keep_profile(practice=practice, by=request.user, **form.values("as_of", *services.FIGURES))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The figures of {practice} are kept.")
            return redirect("reporting:practice", code=practice.code)
    return render(request, "clusters/practice_profile.html", {"practice": practice, "form": form, "known": known})


@require_http_methods(["GET", "POST"])
def vacancy_add(request: PortalRequest, code: str) -> HttpResponse:
    """A post at the practice stands empty."""
    practice = _practice(request, code)
    form = VacancyForm(request.POST or None)
    if form.is_valid():
        facts = form.values("group", "whole_time", "since", "filled_on")
        try:
            services.add_vacancy(practice=practice, by=request.user, **facts)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The vacancy at {practice} is added.")
            return redirect("reporting:practice", code=practice.code)
    return render(request, "clusters/vacancy_add.html", {"practice": practice, "form": form})


@require_http_methods(["GET", "POST"])
def vacancy_fill(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """Somebody is in post from a day."""
    practice = _practice(request, code)
    vacancy = vacancy_of(lineage_of(practice).same, pk)
    form = FilledForm(request.POST or None)
    if form.is_valid():
        try:
            services.fill_vacancy(vacancy=vacancy, by=request.user, **form.values("filled_on"))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            said = f"{vacancy.get_group_display()}: filled from {in_words(form.cleaned_data['filled_on'])}."
            messages.success(request, said)
            return redirect("reporting:practice", code=practice.code)
    return render(request, "clusters/vacancy_fill.html", {"practice": practice, "form": form, "vacancy": vacancy})
