"""Support areas of an HSCP and who is named for each."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.selectors.people import NOBODY_SEEN
from directory.models import NamedLink, SupportArea
from directory.reference.topics import TOPICS
from practices.models import HSCP
from shared.dates import in_words


@dataclass(frozen=True)
class LinkEntry:
    """Who helps: a person here, or a name with an e-mail address or a telephone number. `ends_on` is exclusive."""

    starts_on: date
    ends_on: date | None = None
    person: User | None = None
    name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    helps_with: str = ""


@transaction.atomic
def start_support_areas(*, hscp: HSCP, by: User | None) -> list[SupportArea]:
    """Give an HSCP without any area the usual ones. Raises ValidationError when it has some already."""
    _hold(hscp)
    if SupportArea.objects.filter(hscp=hscp).exists():
        raise ValidationError(f"{hscp} has support areas already. Add to them, or bring back one that was retired.")
    areas = []
    for position, topic in enumerate(TOPICS, start=1):
        area = SupportArea.objects.create(
            hscp=hscp, topic=topic.code, name=topic.name, helps_with=topic.helps_with, position=position
        )
        audit.record("support area added", area, by=by)
        areas.append(area)
    return areas


@transaction.atomic
def add_support_area(*, hscp: HSCP, name: str, helps_with: str = "", by: User | None) -> SupportArea:
    """Another area, at the end of the list. Raises ValidationError beside `name` when there is one of this name."""
    _hold(hscp)
    _refuse_same_name(hscp, name)
    area = SupportArea.objects.create(
        hscp=hscp, name=name.strip(), helps_with=helps_with.strip(), position=_last_position(hscp) + 1
    )
    audit.record("support area added", area, by=by)
    return area


@transaction.atomic
def change_support_area(*, area: SupportArea, name: str, helps_with: str, by: User | None) -> SupportArea:
    """Rename an area and say what it helps with. Raises ValidationError beside `name`."""
    _hold(area.hscp)
    area.refresh_from_db()
    if not area.retired_at:
        _refuse_same_name(area.hscp, name, but=area)
    before = audit.snapshot(area)
    area.name, area.helps_with = name.strip(), helps_with.strip()
    area.save(update_fields=["name", "helps_with"])
    audit.record("support area changed", area, by=by, before=before)
    return area


@transaction.atomic
def move_support_area(*, area: SupportArea, up: bool, by: User | None) -> None:
    """Let an area change places with the one above or below it; the first and the last stay where they are."""
    _hold(area.hscp)
    rows = list(SupportArea.objects.filter(hscp=area.hscp_id, retired_at__isnull=True).order_by("position", "pk"))
    at = next((n for n, row in enumerate(rows) if row.pk == area.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            before = audit.snapshot(row)
            row.position = position
            row.save(update_fields=["position"])
            audit.record("support area moved", row, by=by, before=before)


@transaction.atomic
def retire_support_area(*, area: SupportArea, by: User) -> SupportArea:
    """Take an area off the list; it and its links stay as they were, and it can be brought back."""
    _hold(area.hscp)
    area.refresh_from_db()
    if area.retired_at:
        return area
    before = audit.snapshot(area)
    area.retired_at, area.retired_by = timezone.now(), by
    area.save(update_fields=["retired_at", "retired_by"])
    audit.record("support area retired", area, by=by, before=before)
    return area


@transaction.atomic
def bring_back_support_area(*, area: SupportArea, by: User | None) -> SupportArea:
    """Put a retired area on the list again, at its end. Raises ValidationError when another has its name by now."""
    _hold(area.hscp)
    area.refresh_from_db()
    if not area.retired_at:
        return area
    _refuse_same_name(area.hscp, area.name)
    before = audit.snapshot(area)
    area.retired_at, area.retired_by = None, None
    area.position = _last_position(area.hscp) + 1
    area.save(update_fields=["retired_at", "retired_by", "position"])
    audit.record("support area brought back", area, by=by, before=before)
    return area


@transaction.atomic
def name_link(*, area: SupportArea, entry: LinkEntry, by: User | None) -> NamedLink:
    """Name somebody for an area. Raises ValidationError beside `name`, `email` or `last_day`."""
    _hold(area.hscp)
    link = NamedLink(area=area)
    _refuse_twice(area, entry)
    _fill(link, entry)
    link.save()
    audit.record("support link named", link, by=by, detail=_named(link))
    return link


@transaction.atomic
def change_link(*, link: NamedLink, entry: LinkEntry, by: User | None) -> NamedLink:
    """Correct who is named, or set the last day. Raises ValidationError beside `name`, `email` or `last_day`."""
    _hold(link.area.hscp)
    link.refresh_from_db()
    _refuse_twice(link.area, entry, but=link)
    before = audit.snapshot(link)
    _fill(link, entry)
    link.save()
    audit.record("support link changed", link, by=by, before=before)
    return link


def _fill(link: NamedLink, entry: LinkEntry) -> None:
    if entry.person is None and not entry.name.strip():
        raise ValidationError(
            {"name": f"{NOBODY_SEEN} Type their name."}
            if entry.email
            else {"name": "Type their name, or the e-mail address of somebody here."}
        )
    if entry.person is None and not (entry.email or entry.phone.strip()):
        raise ValidationError({"email": "Say how to reach them: type an e-mail address or a telephone number."})
    if entry.ends_on and entry.ends_on <= entry.starts_on:
        raise ValidationError(
            {"last_day": f"They are named from {in_words(entry.starts_on)}. Choose that day or later."}
        )
    link.person = entry.person
    link.name = "" if entry.person else entry.name.strip()
    link.email = "" if entry.person else entry.email.strip()
    link.organisation, link.phone = entry.organisation.strip(), entry.phone.strip()
    link.helps_with, link.starts_on, link.ends_on = entry.helps_with.strip(), entry.starts_on, entry.ends_on


def _refuse_twice(area: SupportArea, entry: LinkEntry, *, but: NamedLink | None = None) -> None:
    """One person once at a time: the second press of a button names nobody twice."""
    same = NamedLink.objects.filter(area=area).exclude(pk__in=[but.pk] if but else [])
    if entry.person:
        same = same.filter(person=entry.person)
    else:
        same = same.filter(name__iexact=entry.name.strip(), email__iexact=entry.email.strip())
    overlapping = same.exclude(ends_on__isnull=False, ends_on__lte=entry.starts_on)
    if entry.ends_on:
        overlapping = overlapping.filter(starts_on__lt=entry.ends_on)
    if other := overlapping.first():
        until = f" until {in_words(other.ends_on - timedelta(days=1))}" if other.ends_on else ""
        where = "email" if entry.person else "name"
        raise ValidationError(
            {where: f"{other.called} is named for {area} from {in_words(other.starts_on)}{until} already."}
        )


def _named(link: NamedLink) -> dict[str, object]:
    return {"person": link.person_id, "starts_on": str(link.starts_on), "ends_on": link.ends_on and str(link.ends_on)}


def _hold(hscp: HSCP) -> None:
    """Two who change the areas of an HSCP wait for each other."""
    HSCP.objects.select_for_update(no_key=True).get(pk=hscp.pk)


def _last_position(hscp: HSCP) -> int:
    last = SupportArea.objects.filter(hscp=hscp).order_by("-position").values_list("position", flat=True).first()
    return last or 0


def _refuse_same_name(hscp: HSCP, name: str, *, but: SupportArea | None = None) -> None:
    same = SupportArea.objects.filter(hscp=hscp, name__iexact=name.strip(), retired_at__isnull=True)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": f"{hscp} has a support area of this name already."})
