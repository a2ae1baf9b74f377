"""Terms of roles are published, and accepted by those who hold the role."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from directory.models import RoleTerms, TermsAcceptance
from directory.selectors.terms import next_version, own_terms
from practices.models import HSCP


@transaction.atomic
def publish_terms(
    *,
    role: Role,
    hscp: HSCP | None,
    text: str = "",
    link: str = "",
    what_changed: str = "",
    starts_on: date,
    by: User,
    at: datetime | None = None,
) -> RoleTerms:
    """Publish the next version of the terms of a role, for an HSCP or (None) for the nation, from a day on.

    Whoever holds the role then is asked to accept it. Earlier versions stay as they are.
    Raises ValidationError beside `text` when there is neither text nor link, and beside `starts_on` for a day that
    has gone by. `at` is the moment of it, now unless given.
    """
    at = at or timezone.now()
    list(HSCP.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))  # numbers are given one by one
    if not (text.strip() or link):
        raise ValidationError({"text": "Write the terms here, or give the address of the document."})
    if starts_on < timezone.localdate(at):
        raise ValidationError({"starts_on": "Choose today or a later day: nobody could have accepted them before."})
    terms = RoleTerms.objects.create(
        role=role,
        hscp=hscp,
        version=next_version(role, hscp),
        text=text.strip(),
        link=link,
        what_changed=what_changed.strip(),
        starts_on=starts_on,
        published_at=at,
        published_by=by,
    )
    audit.record("terms published", terms, by=by, detail={"starts_on": str(starts_on)})
    return terms


@transaction.atomic
def accept_terms(*, terms: RoleTerms, by: User, at: datetime | None = None) -> TermsAcceptance:
    """Accept a version that holds for one of one's own roles today; a second press changes nothing.

    `at` is the moment of it, now unless given. Raises ValidationError for a version that does not hold for this person
    on that day.
    """
    at = at or timezone.now()
    if all(own.terms.pk != terms.pk for own in own_terms(by.pk, on=timezone.localdate(at))):
        raise ValidationError("These terms do not hold for a role of yours today, so there is nothing to accept.")
    acceptance, is_new = TermsAcceptance.objects.get_or_create(terms=terms, person=by, defaults={"accepted_at": at})
    if is_new:
        audit.record("terms accepted", acceptance, by=by)
    return acceptance
