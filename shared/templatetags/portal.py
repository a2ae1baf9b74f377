"""What every template may use."""

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.timezone import localdate

from shared.dates import holiday_name, in_words, relative, today

register = template.Library()


@register.inclusion_tag("components/crumb.html")
def crumb(label: str, url_name: str = "", *args: Any) -> dict[str, str]:
    """A breadcrumb. Without a URL name it is the page itself."""
    return {"label": label, "path": reverse(url_name, args=args) if url_name else ""}


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """A date, or the day of a moment in Scotland, in words: "Thu 12 Nov 2026"; a dash for none."""
    return in_words(value) if value else "–"


@register.filter
def hours(minutes: int) -> str:
    """A length of time in words: "45 minutes", "1 hour", "2 hours 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((whole, "hour"), (rest, "minute")) if n]
    return " ".join(parts) or "no time"


@register.filter
def ago(value: date | None) -> str:
    """A date as seen from today: "in 3 days", "5 days ago"."""
    return relative(value, to=today()) if value else ""


@register.filter
def past(value: date | None) -> bool:
    """Whether a day is over. A day that is to be kept is late from the day after it."""
    return value is not None and value < today()


@register.filter
def stop(words: str) -> str:
    """What somebody typed as a sentence: with a stop where it has no mark of its own at the end."""
    said = words.strip()
    return said if not said or said[-1] in ".!?…" else f"{said}."


@register.filter
def holiday(value: date | None) -> str:
    """What the public holiday in Scotland is called that falls on a day; nothing for any other day."""
    return holiday_name(value) if value else ""


@register.filter
def box(form: Any, name: str) -> Any:
    """The box of a form by its name, for rows that know theirs; nothing where there is no form or no such box."""
    return form[name] if form and name in form.fields else None


@register.filter
def called(person: Any, at: date | datetime | None) -> str:
    """What somebody was called on a day or at a moment: what was written then keeps the name of then."""
    if person is None or at is None:
        return str(person or "")
    return str(person.called_on(localdate(at) if isinstance(at, datetime) else at))
