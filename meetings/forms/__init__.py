"""Asking about meetings, actions and questions."""

from meetings.forms.marks import marks_of
from meetings.forms.merging import put_together, resolved
from meetings.forms.minute import MinuteForms, changed_by, held_on_of
from meetings.forms.single import CloseForm, NewActionForm, NewAskForm, ReplyForm, SharingForm

__all__ = [
    "CloseForm",
    "MinuteForms",
    "NewActionForm",
    "NewAskForm",
    "ReplyForm",
    "SharingForm",
    "changed_by",
    "held_on_of",
    "marks_of",
    "put_together",
    "resolved",
]
