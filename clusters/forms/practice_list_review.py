"""Asks about each suggestion of a practice list: renamed or not, moved or not, recoded, merged, closed?"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from clusters.analysis.practice_list import CONFIRM, LATER, REFUSE, Decisions
from clusters.analysis.practice_list.decisions import is_assumed
from clusters.selectors.practice_lists import ListShown
from shared.forms import PortalForm

# More boxes than this on one page help nobody: what is beyond them applies as the list says.
MOST_ASKED = 300
CHOICES = {
    "renames": ((CONFIRM, "The same cluster"), (REFUSE, "Another cluster")),
    "moves": ((CONFIRM, "It moves"), (REFUSE, "It stays")),
    "recodes": ((CONFIRM, "The same practice"), (REFUSE, "No, or not sure")),
    "mergers": ((CONFIRM, "They merged"), (REFUSE, "No, or not sure")),
    "unexplained": ((CONFIRM, "It closed"), (REFUSE, "It is still there"), (LATER, "Decide later")),
}


class ReviewForm(PortalForm):
    """Feeds `services.apply_practice_list`: a box for each suggestion, named by its key.

    Renames and moves are taken as confirmed unless somebody says otherwise; the others want an answer.
    """

    most_asked = MOST_ASKED

    def __init__(self, data: QueryDict | None = None, *, shown: ListShown) -> None:
        super().__init__(_completed(data, shown) if data is not None else None)
        for group, row in _asked(shown):
            key = row["key"]
            self.fields[key] = forms.ChoiceField(
                label=_question(group, row),
                choices=CHOICES[group],
                widget=forms.RadioSelect,
                initial=shown.answers.get(key, CONFIRM if is_assumed(key) else None),
                error_messages={
                    "required": f"{_question(group, row)} Choose an answer.",
                    "invalid_choice": f"{_question(group, row)} Choose one of the answers.",
                },
            )

    def decisions(self) -> Decisions:
        return Decisions.of({key: self.cleaned_data[key] for key in self.fields if key in self.cleaned_data})

    def refuse(self, refused: ValidationError) -> None:
        """Say beside the box what the registry says against an answer."""
        by_key = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
        for key, said in by_key.items():
            self.add_error(key if key in self.fields else None, said)

    @property
    def wants_answers(self) -> bool:
        """Whether a box has no answer to begin with, so that applying takes more than a press."""
        return any(not is_assumed(key) for key in self.fields)


def _asked(shown: ListShown) -> Iterator[tuple[str, dict[str, Any]]]:
    for group in CHOICES:
        for row in shown.details[group][:MOST_ASKED]:
            yield group, row


def _completed(data: QueryDict, shown: ListShown) -> QueryDict:
    """What was posted, with what silence means where the plan has more to ask now than the page had."""
    completed = data.copy()
    for _, row in _asked(shown):
        if is_assumed(row["key"]):
            completed.setdefault(row["key"], CONFIRM)
    return completed


def _question(group: str, row: dict[str, Any]) -> str:
    match group:
        case "renames":
            return f"Is {row['after']} the same cluster as {row['before']}?"
        case "moves":
            return f"Does {row['code']} {row['name']} move?"
        case "recodes":
            return f"Is {row['code']} {row['name']} the same practice as {row['gone']['code']}?"
        case "mergers":
            gone = " and ".join(one["code"] for one in row["gone"])
            return f"Did {gone} merge into {row['code']} {row['name']}?"
    return f"What became of {row['code']} {row['name']}?"
