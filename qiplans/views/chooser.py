"""Improvement, audit or standards: names the method that fits a few answers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from qiplans.rules.guidance import QUESTIONS, method_for
from qiplans.selectors.guidance import clusters_to_lead_to


@require_safe
def method_choose(request: PortalRequest) -> HttpResponse:
    """A few questions whose answers stand in the address, so that the advice can be passed on as a link."""
    answers = {question.key: request.GET.get(question.key, "") for question in QUESTIONS}
    context = {
        "questions": [(question, answers[question.key]) for question in QUESTIONS],
        "is_begun": any(answers.values()),
        "method": method_for(**answers),
        "clusters": clusters_to_lead_to(request.reach),
    }
    return render(request, "qiplans/method_choose.html", context)
