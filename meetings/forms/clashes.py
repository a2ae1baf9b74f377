"""What two people changed differently in one log, side by side."""

from datetime import date

from django.forms import BooleanField, BoundField, DateField
from django.http import QueryDict

from meetings.forms.merging import JOINED, PICK, THEIRS
from shared.dates import in_words


class Clash:
    """One field that two people changed: both texts in words, and the names under which the choice is posted."""

    def __init__(self, where: str, field: BoundField, theirs: str, data: QueryDict) -> None:
        name = field.html_name
        self.label = f"{where}{field.label}"
        self.pick, self.carried, self.theirs = PICK + name, THEIRS + name, theirs
        self.mine_in_words, self.theirs_in_words = (_in_words(field, text) for text in (data.get(name, ""), theirs))
        self.can_join = name.rpartition("-")[2] in JOINED and bool(theirs) and bool(data.get(name))
        self.picked = data.get(self.pick, "mine")


def _in_words(field: BoundField, text: str) -> str:
    options: dict[str, str] = {}
    for value, label in getattr(field.field, "choices", ()):
        options |= {str(k): str(v) for k, v in (label if isinstance(label, list) else [(value, label)])}
    if isinstance(field.field, BooleanField):
        return "Yes" if text else "No"
    if isinstance(field.field, DateField) and text:
        try:
            return in_words(date.fromisoformat(text))
        except ValueError:
            return text
    return options.get(text, text) or "(nothing)"
