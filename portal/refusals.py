"""The last net: a patient's number that no form caught is refused by the column, and said so on a page."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from office.forms import typed_fields
from shared.fields import texts_in

# What a form sends beside the words of a person: "DISC", "person:12", "cluster:rowan", "2026-11-24", a UUID.
_CHOSEN = re.compile(r"[A-Z_]{2,8}|[a-z]+:[\w-]+|[\d:.-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def number_refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """A page with the reason and with what was typed, status 422, for a refused number; None for anything else."""
    if not isinstance(exception, ValidationError) or not _is_about_a_number(exception):
        return None
    problem = " ".join(exception.messages)
    if request.path == reverse("office:draft_keep"):
        return JsonResponse({"problem": problem}, status=422)
    return show_typed(request, problem)


def show_typed(request: HttpRequest, problem: str) -> HttpResponse:
    """Nothing of a form was stored: give the reason, and every text back to be copied."""
    return render(request, "errors/refused.html", {"problem": problem, "texts": typed_texts(request)}, status=422)


def typed_texts(request: HttpRequest) -> list[str]:
    """Every text of a form that somebody typed: without what the page chose (codes, numbers, dates, marks)."""
    texts: Iterable[str] = texts_in(list(typed_fields(request.POST).values()))
    return [text for text in texts if len(text) > 1 and not _CHOSEN.fullmatch(text)]


def _is_about_a_number(refused: ValidationError) -> bool:
    errors = [e for inner in refused.error_dict.values() for e in inner] if hasattr(refused, "error_dict") else None
    return any(e.code == "patient_number" for e in errors or refused.error_list)
