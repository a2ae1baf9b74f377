"""What somebody is told whose role ended, or whose sign-in was stopped, while they had a page open (F35).

The answer hangs on the person alone, never on what they asked for: absent, foreign and former look the same.
"""

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare

from accounts import audit
from accounts.models import User
from clusters.selectors.endings import Ended, ended_lately
from clusters.selectors.members import keepers_of
from portal.refusals import typed_texts
from shared.dates import in_words, today


def ended(request: HttpRequest) -> Ended | None:
    """The role of the signed-in reader that ended lately; None for everybody else."""
    user = getattr(request, "user", None)
    known = request.resolver_match is not None and isinstance(user, User)
    return ended_lately(user, on=today()) if known else None  # type: ignore[arg-type]


def not_saved(request: HttpRequest, *, also: str = "") -> HttpResponse | None:
    """To a form that a closed door refused: which role ended when, who can go on, and the typed words to copy.

    `also` is what the door itself said. None unless a form was sent by somebody whose role ended lately. The refused
    try goes on the audit trail.
    """
    gone = ended(request) if request.method == "POST" else None
    if gone is None:
        return None
    verb = "was withdrawn" if gone.was_withdrawn else "ended"
    problem = f"Your role {gone.role_and_place} {verb} on {in_words(gone.last_day)}, so this was not saved."
    return _refused(request, gone.held.person, problem, gone.others, also)


def sign_in_stopped(request: HttpRequest) -> HttpResponse | None:
    """To a form from an open session whose person may no longer sign in; None for any other visitor."""
    person = _shut_out(request)
    if person is None:
        return None
    problem = "You can no longer sign in here, so this was not saved."
    return _refused(request, person, problem, tuple(keepers_of(None, on=today())), "")


def _shut_out(request: HttpRequest) -> User | None:
    """Whose session this is, if it is whole and the person was shut out since."""
    key = request.session.get(SESSION_KEY)
    if key is None:
        return None
    person = User.objects.filter(pk=key, is_active=False).first()
    proof = request.session.get(HASH_SESSION_KEY, "")
    return person if person and constant_time_compare(proof, person.get_session_auth_hash()) else None


def _refused(request: HttpRequest, person: User, problem: str, others: tuple[User, ...], also: str) -> HttpResponse:
    match = request.resolver_match
    audit.record("access.refused", person, by=person, detail={"page": match.view_name if match else ""})
    context = {"problem": problem, "others": others, "also": also, "texts": typed_texts(request)}
    return render(request, "errors/role_ended.html", context, status=403)
