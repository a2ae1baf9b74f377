"""One press marks an item, an action or a question as intrinsic or extrinsic."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.middleware import PortalRequest
from meetings.forms.tags import TagForm
from meetings.models import Action, Ask, Item
from meetings.rules import WHO_TAGS
from meetings.selectors.tags import action_to_tag, ask_to_tag, item_to_tag, word_of
from meetings.services.tags import tag


@require_POST
def item_tag(request: PortalRequest, pk: int) -> HttpResponse:
    """Mark an item of the minutes."""
    item = item_to_tag(request.reach, pk, sentence=WHO_TAGS)
    return _marked(request, item, f"{reverse('meetings:meeting', args=[item.meeting_id])}#item-{pk}")


@require_POST
def action_tag(request: PortalRequest, pk: int) -> HttpResponse:
    """Mark an action."""
    action = action_to_tag(request.reach, pk, sentence=WHO_TAGS)
    return _marked(request, action, reverse("meetings:cluster_actions", args=[action.forum.slug]))


@require_POST
def ask_tag(request: PortalRequest, pk: int) -> HttpResponse:
    """Mark a question to the HSCP."""
    ask = ask_to_tag(request.reach, pk, sentence=WHO_TAGS)
    return _marked(request, ask, reverse("meetings:ask", args=[pk]))


def _marked(request: PortalRequest, thing: Item | Action | Ask, back: str) -> HttpResponse:
    form = TagForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose intrinsic or extrinsic.")
        return HttpResponseRedirect(back)
    chosen = form.cleaned_data["orientation"]
    tag(by=request.user, thing=thing, orientation=chosen, on=request.reach.day)
    messages.success(request, f"Counted as {word_of(chosen)}." if chosen else "Counted as it follows by itself.")
    return HttpResponseRedirect(back)
