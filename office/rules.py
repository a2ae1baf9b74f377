"""May this reach black out words, or look after letters? Plain Python."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from accounts.reach import Reach
from accounts.roles import Right
from shared.sealing import LINK

if TYPE_CHECKING:
    from office.models import Letter

LONDON = ZoneInfo("Europe/London")


def can_redact(reach: Reach) -> bool:
    """The records officer, everywhere."""
    return reach.everywhere(Right.REDACT)


def can_keep_letters(reach: Reach) -> bool:
    """See which letters wait or were refused, and try again: who looks after the registry of all Scotland."""
    return reach.everywhere(Right.KEEP_REGISTRY)


def can_try_again(letter: Letter, *, now: datetime) -> bool:
    """Whether a letter was refused or given up, and still is of use."""
    is_over = letter.useful_until is not None and letter.useful_until <= now
    needs_link = LINK in letter.body and not letter.link
    return letter.state in ("REFUSED", "GIVEN_UP") and not is_over and not needs_link


def one_line(text: str) -> str:
    """`text` as a header may hold it: one line, no characters that steer, hide or turn round what follows."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in shown if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")).split())


CALENDAR_METHODS = ("REQUEST", "CANCEL", "PUBLISH")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
_FOLD = re.compile(r"\r?\n[ \t]")
_SAID = re.compile(r"^(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT)[^\r\n]*", re.MULTILINE)


def calendar_method(calendar: str) -> str:
    """What a calendar file asks for; mail programs want that in the header too (RFC 6047): REQUEST or CANCEL for one
    meeting, PUBLISH for several.

    Raises ValueError for a file which says nothing of the kind.
    """
    found = _METHOD.search(calendar)
    if found is None or found[1] not in CALENDAR_METHODS:
        raise ValueError("this calendar file neither invites nor cancels nor publishes")
    return found[1]


def words_of_calendar(calendar: str) -> str:
    """What a calendar file says to people, a line each, without the breaks that such files put into long lines."""
    return "\n".join(_SAID.findall(_FOLD.sub("", calendar)))


# --- Daily jobs ------------------------------------------------------------------------------------

SKEW = timedelta(minutes=10)  # what two clocks that are both right may differ by
LONGEST_GAP = timedelta(days=14)


def clock_problem(at: datetime, *, last: datetime | None, database: datetime | None) -> str:
    """Why daily jobs must not trust the clock of this machine, in words; empty where nothing speaks against it (F30).

    `last` is when a job was last begun, `database` what the clock of a database elsewhere says. Days on which nothing
    ran are missed days and no reason to refuse (F23), as long as they are not more than `LONGEST_GAP`.
    """
    put_right = "Nothing was done. Put the clock right and run it again"
    if last and at < last - SKEW:
        return (
            f"The clock says {_said(at)}, but the last run was at {_said(last)}: one of them was wrong. {put_right};"
            " if it is right now, use --force."
        )
    if database and abs(at - database) > SKEW:
        return f"The clock says {_said(at)}, the one of the database {_said(database)}. {put_right}."
    if last and at - last > LONGEST_GAP:
        return (
            f"The clock says {_said(at)}, and the last run was at {_said(last)}, {(at - last).days} days ago. "
            f"{put_right}; if nothing ran for so long, use --force."
        )
    return ""


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%-d %b %Y, %H:%M}"


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
