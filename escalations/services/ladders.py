"""Sets the ladder of an HSCP, where other matters go, and its two leads for confidential matters."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts.audit import record, snapshot
from accounts.models import User
from clusters.models import FormerName, Forum
from clusters.rules import can_keep_hscp
from clusters.selectors import reach_of
from escalations.models import Rung, SafetyContacts
from escalations.reference import USUAL_DAYS
from escalations.selectors import contacts_mark, ladder_mark, safety_contacts_of
from practices.models import HSCP
from shared.dates import today

# Whom a forum of each kind serves; a locality's falls to the whole HSCP where it has no localities.
OF_A_LOCALITY = (Forum.Kind.LEAD_MANAGER, Forum.Kind.LOCALITY_QUALITY, Forum.Kind.LOCALITY_MANAGEMENT)

CONTACTS = (
    "safety_incident",
    "child_protection",
    "adult_protection",
    "concern_about_colleague",
    "first_lead",
    "second_lead",
)


class SetSince(ValidationError):
    """Somebody set it while another had it open; `now` tells what it is."""

    def __init__(self, now: str) -> None:
        super().__init__(
            f"Somebody set this while you had it open. {now} Yours stands below: save again to put it in its place."
        )


@dataclass(frozen=True)
class RungEntry:
    """One rung as an administrator sets it."""

    kind: str
    name: str = ""
    decide_within_days: int = USUAL_DAYS
    forum: Forum | None = None


@transaction.atomic
def set_ladder(*, hscp: HSCP, by: User | None, rungs: Sequence[RungEntry], seen: str | None = None) -> list[Rung]:
    """Put `rungs`, lowest first, in place of the ladder of an HSCP.

    Forums of the kinds named that don't exist yet are made, one for each locality where the kind serves localities,
    so that every rung leads somewhere. What already stands on a rung stays there. `by` None is the command line;
    `seen` is the `ladder_mark` that was typed over. Raises PermissionDenied for whoever does not keep the registry,
    SetSince (a ValidationError) when the ladder was set since, and for a kind twice without a certain group for each.
    """
    _check_permitted(by, hscp)
    HSCP.objects.select_for_update().get(pk=hscp.pk)
    if seen is not None and seen != ladder_mark(hscp):
        now = ", ".join(f"{r.position} {r} ({r.decide_within_days} working days)" for r in hscp.rungs.all())
        raise SetSince(f"It is now: {now or 'the national route'}.")
    plain = [rung.kind for rung in rungs if rung.forum is None]
    if len(plain) != len(set(plain)):
        raise ValidationError("The same kind of group stands twice: choose a certain group for one of the two.")
    before = _told(hscp)
    Rung.objects.filter(hscp=hscp).delete()
    made = [
        Rung.objects.create(
            hscp=hscp,
            position=position,
            kind=rung.kind,
            name=rung.name,
            forum=rung.forum,
            decide_within_days=rung.decide_within_days,
        )
        for position, rung in enumerate(rungs, start=1)
    ]
    for rung in made:
        _make_forums(hscp, rung, by)
    record("set the escalation ladder", hscp, by=by, detail={"rungs": [before, _told(hscp)]})
    return made


def _check_permitted(by: User | None, hscp: HSCP) -> None:
    if by is not None and not can_keep_hscp(reach_of(by, on=today()), hscp):
        raise PermissionDenied("Registry administrators keep the ladders and contacts.")


def _told(hscp: HSCP) -> list[str]:
    """Each rung in words that a reader of the history knows."""
    kinds = dict(Forum.Kind.choices)
    rungs = Rung.objects.filter(hscp=hscp).order_by("position")
    return [f"{r.position} {kinds[r.kind]}, {r.decide_within_days} days" for r in rungs]


def _make_forums(hscp: HSCP, rung: Rung, by: User | None) -> None:
    if rung.forum is not None:
        return
    title = rung.name or rung.get_kind_display()
    if rung.kind == Forum.Kind.BOARD_COMMITTEE:
        _make_forum(rung.kind, f"{hscp.board.name} {_lower(title)}", by, board=hscp.board)
        return
    localities = list(hscp.localities.all()) if rung.kind in OF_A_LOCALITY else []
    for locality in localities:
        _make_forum(rung.kind, f"{locality.name} {_lower(title)}", by, locality=locality)
    if not localities:
        _make_forum(rung.kind, f"{hscp.name} {_lower(title)}", by, hscp=hscp, locality=None)


def _lower(title: str) -> str:
    """The title in the middle of a name: "Locality quality group" becomes "locality quality group"; "CQL" stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _make_forum(kind: str, name: str, by: User | None, **serves: object) -> None:
    if Forum.objects.filter(kind=kind, closed_on__isnull=True, **serves).exists():
        return
    forum = Forum.objects.create(kind=kind, name=name[:120], slug=_free_slug(name), **serves)
    record("made a forum for the escalation ladder", forum, by=by)


def _free_slug(name: str) -> str:
    base, number = slugify(name)[:120] or "forum", 1
    slug = base
    while Forum.objects.filter(slug=slug).exists() or FormerName.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def set_safety_contacts(
    *,
    hscp: HSCP,
    by: User | None,
    safety_incident: str = "",
    child_protection: str = "",
    adult_protection: str = "",
    concern_about_colleague: str = "",
    first_lead: User | None = None,
    second_lead: User | None = None,
    seen: str | None = None,
) -> SafetyContacts:
    """Set where other matters go and who the two confidential leads are.

    `by` None is the command line; `seen` is the `contacts_mark` that was typed over. Raises PermissionDenied for
    whoever does not keep the registry, and ValidationError for one lead twice and when they were set since.
    """
    _check_permitted(by, hscp)
    if first_lead and first_lead == second_lead:
        raise ValidationError({"second_lead": "Name two different people, so that the raiser has a choice."})
    HSCP.objects.select_for_update().get(pk=hscp.pk)
    if seen is not None and seen != contacts_mark(hscp):
        raise SetSince(_contacts_told(hscp))
    contacts, _ = SafetyContacts.objects.get_or_create(hscp=hscp)
    before = snapshot(contacts)
    contacts.safety_incident, contacts.child_protection = safety_incident, child_protection
    contacts.adult_protection, contacts.concern_about_colleague = adult_protection, concern_about_colleague
    contacts.first_lead, contacts.second_lead = first_lead, second_lead
    contacts.save(update_fields=list(CONTACTS))
    record("set safety contacts", contacts, by=by, before=before)
    return contacts


def _contacts_told(hscp: HSCP) -> str:
    contacts = safety_contacts_of(hscp)
    lines = ((name.replace("_", " "), getattr(contacts, name)) for name in CONTACTS)
    return "Now it says: " + "; ".join(f"{label}: {value or 'nothing'}" for label, value in lines) + "."
