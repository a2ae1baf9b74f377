"""The update by exception: where nothing changed, the last line is carried forward in one press (PLN-30)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from meetings.rules import own_nonce
from qiplans.models import ProgressUpdate, Project
from qiplans.services.projects import write_update
from shared.dates import in_words

CARRIED, LONGEST = "No change since ", 300


@transaction.atomic
def carry_forward(*, by: User, project: Project, at: datetime) -> ProgressUpdate:
    """Say that nothing changed since the last line, which is repeated with its day. Once a day, however often pressed.

    What was carried forward already keeps its first day. Raises ValidationError before there is a line.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    last = project.updates.first()
    if last is None:
        raise ValidationError("Write the first line yourself: there is none to carry forward.")
    if last.text.startswith(CARRIED):
        text = last.text
        if localdate(last.written_at) == localdate(at):
            return last
    else:
        text = f"{CARRIED}{in_words(localdate(last.written_at))}: {last.text}"
    words = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    nonce = own_nonce(UUID(int=0), project.pk, str(localdate(at)), CARRIED)
    return write_update(by=by, project=project, text=words, at=at, nonce=nonce)
