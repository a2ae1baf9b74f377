"""A date is written one way wherever people read it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

# A time of day, a month by its name, and what only a machine reads.
OTHERWISE = re.compile(r"""\|date:(?:"H:i"|"F Y"|["']Y-m-d["']|["']c["'])""")
MIXED = re.compile(r"\|date\b")


def shown(value: object) -> str:
    return Template("{% load portal %}{{ value|day }}").render(Context({"value": value}))


def dates_of_their_own(text: str) -> list[str]:
    """Places of a template where a date is shown in another way than by `day`."""
    return MIXED.findall(OTHERWISE.sub("", text))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 12), "Thu 12 Nov 2026"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thu 2 Jul 2026"),  # half past midnight in Scotland
        (datetime(2026, 11, 12, 23, 30, tzinfo=UTC), "Thu 12 Nov 2026"),
        (None, "–"),
    ],
)
def test_a_date_and_the_local_day_of_a_moment_in_words(value, words):
    assert shown(value) == words


def test_every_template_shows_dates_by_the_one_filter():
    templates = (Path(settings.ROOT) / "templates").rglob("*")
    mixed = [str(path) for path in templates if path.is_file() and dates_of_their_own(path.read_text())]
    assert mixed == []


def test_another_way_is_seen():
    """Negative control."""
    assert dates_of_their_own('{{ at|date }} {{ at|date:"D j M Y" }} {{ at|date:"H:i" }}') == ["|date", "|date"]
