"""What each role is for: read by everybody who is signed in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Role
from clusters.services.roles import in_plain_words
from directory import rules
from directory.reference.cards import CARDS
from directory.reference.rights import permitted_by
from directory.selectors.terms import in_force_ids, terms_within


@require_safe
def role_cards(request: PortalRequest) -> HttpResponse:
    """Every role in a sentence."""
    cards = [(role, CARDS[role]) for role in Role]
    return render(request, "directory/role_cards.html", {"cards": cards, "own": request.reach.roles()})


@require_safe
def role_card(request: PortalRequest, code: str) -> HttpResponse:
    """One role: what its holder decides alone, consults on and refers up, and may do in the portal."""
    try:
        role = Role(code.upper())
    except ValueError:
        raise Http404 from None
    current = terms_within(request.reach).filter(role=role, pk__in=in_force_ids(on=request.reach.day))
    kept = rules.directory_kept(request.reach)
    context = {
        "role": role,
        "card": CARDS[role],
        "permits": permitted_by(role),
        "held_at": in_plain_words(role),
        "terms": list(current),
        "may_publish": kept.everything or bool(kept.hscps),
    }
    return render(request, "directory/role_card.html", context)
