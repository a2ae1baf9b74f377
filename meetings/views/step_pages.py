"""The steps of an action that are asked on a page of their own: form, service, who may, and the words."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.reach import Reach
from meetings import rules
from meetings.forms import steps as forms
from meetings.models import Action
from meetings.services import action_steps

# What a form begins with, where it asks for it.
SHOWN = ("evidence", "learning", "is_first", "is_outside_control")


@dataclass(frozen=True)
class StepPage:
    """One thing that can be done to an action: its form, its service, who may, and what it is called."""

    title: str
    button: str
    form: type[forms.StepForm]
    save: Callable[..., Action]
    may: Callable[[Reach, Action], bool]
    done: str
    door: Callable[[Reach, Action], bool] = rules.may_keep


STEPS = {
    "note": StepPage("How far is it?", "Save", forms.NoteForm, action_steps.note_progress, rules.can_close, "Noted."),
    "wait": StepPage(
        "It waits for somebody",
        "Save",
        forms.WaitForm,
        action_steps.set_waiting,
        rules.can_close,
        "It says now that it waits.",
    ),
    "move": StepPage(
        "Give it another date",
        "Save",
        forms.MoveForm,
        action_steps.move_due_date,
        rules.can_close,
        "The date is moved.",
    ),
    "hand-over": StepPage(
        "Hand it over",
        "Hand over",
        forms.HandOverForm,
        action_steps.hand_over_action,
        rules.can_close,
        "It is handed over.",
    ),
    "drop": StepPage(
        "Give it up", "Give it up", forms.DropForm, action_steps.drop_action, rules.can_close, "It is given up."
    ),
    "mark": StepPage(
        "What kind of action is it?", "Save", forms.MarkForm, action_steps.mark_action, rules.can_close, "Saved."
    ),
    "reopen": StepPage(
        "Open it again",
        "Open again",
        forms.ReopenForm,
        action_steps.reopen_action,
        rules.can_reopen,
        "It is open again.",
    ),
    "evidence": StepPage(
        "How was it done?", "Save", forms.EvidenceForm, action_steps.add_evidence, rules.can_reopen, "Saved."
    ),
    "verdict": StepPage(
        "Is the reply accepted?",
        "Save",
        forms.VerdictForm,
        action_steps.judge_reply,
        rules.can_judge,
        "The cluster reads your answer.",
        rules.may_judge,
    ),
}
