"""What every template may use."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse

from shared.dates import in_words, relative, today

register = template.Library()


@register.inclusion_tag("components/crumb.html")
def crumb(label: str, url_name: str = "", *args: Any) -> dict[str, str]:
    """A breadcrumb. Without a URL name it is the page itself."""
    return {"label": label, "path": reverse(url_name, args=args) if url_name else ""}


@register.filter
def day(value: date | None) -> str:
    """A date in words: "Thu 12 Nov 2026"; a dash for none."""
    return in_words(value) if value else "–"


@register.filter
def ago(value: date | None) -> str:
    """A date as seen from today: "in 3 days", "5 days ago"."""
    return relative(value, to=today()) if value else ""
