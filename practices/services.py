"""What changes boards, HSCPs and practices, and what is known of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from practices import reference
from practices.models import HSCP, HealthBoard, Practice, PracticeProfile, StaffVacancy
from shared.dates import in_words, today

A_YEAR = timedelta(days=366)
FIGURES = ("urban_rural", "gps", "most_deprived", "simd", "source")


def fill_reference(**_: Any) -> None:
    """Put the 14 boards and 31 HSCPs in place, and nothing else; safe to repeat (it runs after each migrate)."""
    known: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["code"]}
    boards = [HealthBoard(code=code, name=name) for code, name in reference.BOARDS.items()]
    HealthBoard.objects.bulk_create(boards, update_fields=["name"], **known)
    own = {board.code: board for board in HealthBoard.objects.all()}
    hscps = [HSCP(code=code, name=name, board=own[board]) for code, (name, board) in reference.HSCPS.items()]
    HSCP.objects.bulk_create(hscps, update_fields=["name", "board"], **known)


@transaction.atomic
def keep_profile(
    *,
    practice: Practice,
    as_of: date,
    urban_rural: str = "",
    gps: int | None = None,
    most_deprived: Decimal | None = None,
    simd: int | None = None,
    source: str = "",
    by: User | None,
) -> PracticeProfile:
    """Write down what is known of a practice on a day; what is kept for that very day already is put right.

    Raises ValidationError beside `as_of` (a day to come), `gps` (nothing was filled in) or `simd` (a share without
    its edition).
    """
    if as_of > today():
        raise ValidationError({"as_of": "This day is still to come. Say on which day the figures were true."})
    if not urban_rural and gps is None and most_deprived is None:
        raise ValidationError({"gps": "Fill in at least one: the class, the number of GPs or the share."})
    if most_deprived is not None and simd is None:
        raise ValidationError({"simd": "Say which edition of SIMD the share comes from."})
    Practice.objects.select_for_update().get(pk=practice.pk)
    edition = simd if most_deprived is not None else None
    facts = dict(zip(FIGURES, (urban_rural, gps, most_deprived, edition, source.strip()), strict=True))
    kept = PracticeProfile.objects.filter(practice=practice, as_of=as_of).first()
    if kept is None:
        kept = PracticeProfile.objects.create(practice=practice, as_of=as_of, **facts)
        audit.record("practice described", kept, by=by, detail={"as_of": str(as_of)})
        return kept
    before = audit.snapshot(kept)
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.save(update_fields=FIGURES)
    audit.record("practice description put right", kept, by=by, before=before)
    return kept


@transaction.atomic
def add_vacancy(
    *, practice: Practice, group: str, whole_time: Decimal, since: date, filled_on: date | None = None, by: User | None
) -> StaffVacancy:
    """A post stands empty from a day, perhaps until a day that is known.

    Raises ValidationError beside `since` (a day to come), `whole_time` or `filled_on`.
    """
    if since > today():
        raise ValidationError({"since": "This day is still to come. Add the vacancy when the post is empty."})
    if whole_time <= 0:
        raise ValidationError({"whole_time": "Say how much of a post stands empty, such as 0.5 or 1."})
    _refuse_day(since, filled_on)
    vacancy = StaffVacancy.objects.create(
        practice=practice, group=group, whole_time=whole_time, since=since, filled_on=filled_on
    )
    detail = {"group": group, "whole_time": str(whole_time), "since": str(since)}
    audit.record("vacancy added", vacancy, by=by, detail=detail)
    return vacancy


@transaction.atomic
def fill_vacancy(*, vacancy: StaffVacancy, filled_on: date, by: User | None) -> StaffVacancy:
    """Somebody is in post from a day; a day that was written down before is put right.

    Raises ValidationError beside `filled_on`: not after the post fell empty, or more than a year ahead.
    """
    vacancy = StaffVacancy.objects.select_for_update(of=("self",)).select_related("practice").get(pk=vacancy.pk)
    _refuse_day(vacancy.since, filled_on)
    before = audit.snapshot(vacancy)
    vacancy.filled_on = filled_on
    vacancy.save(update_fields=["filled_on"])
    audit.record("vacancy filled", vacancy, by=by, before=before)
    return vacancy


def _refuse_day(since: date, filled_on: date | None) -> None:
    if filled_on and filled_on <= since:
        raise ValidationError({"filled_on": f"The post is empty since {in_words(since)}. Choose a later day."})
    if filled_on and filled_on > today() + A_YEAR:
        raise ValidationError({"filled_on": "Choose a day within the next year."})
