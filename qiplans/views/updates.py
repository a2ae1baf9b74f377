"""Nothing changed: one press."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.middleware import PortalRequest
from qiplans import rules
from qiplans.selectors import project_for
from qiplans.services.updates import carry_forward
from qiplans.views.projects import ONLY_KEEPERS


@require_POST
def update_carry(request: PortalRequest, pk: int) -> HttpResponse:
    """Carry the last line forward."""
    project = project_for(request.reach, pk, may=rules.can_update_project, sentence=ONLY_KEEPERS)
    try:
        carry_forward(by=request.user, project=project, at=timezone.now())
        messages.success(request, "The last line is carried forward.")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("qiplans:project", pk)
