"""Asks for projects, their updates, moves and actions."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from clusters.models import Cluster
from qiplans.models import ProgressUpdate, Project, ProjectStep
from qiplans.rules import MOVES, NEEDS_REASON
from qiplans.rules.charters import not_engaged, not_engaged_sentence
from qiplans.selectors import people_to_lead, practices_to_take_part
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

A_DATE = "Write a date, such as 3/12/2026."


class ProjectForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_project` and `change_project`. Offers people and practices of `cluster` only."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Project
        fields = ("title", "aim", "lead", "practices", "next_review_on", "why_now", "could_use_help_with")
        labels = {
            "title": "Project",
            "aim": "Aim",
            "lead": "Who leads it",
            "practices": "Practices taking part",
            "next_review_on": "Next review",
            "why_now": "Why now",
            "could_use_help_with": "Could use help with",
        }
        help_texts = {
            "aim": "What, where, how much, by when: “In our seven practices, 70% of people with diabetes have had all "
            "nine checks by March 2027.”",
            "could_use_help_with": "One line. Those above the cluster read it if you share the project.",
            "next_review_on": "The day you look at it together again.",
        }
        widgets = {"practices": forms.CheckboxSelectMultiple, "next_review_on": DayInput()}
        error_messages = {
            "title": {"required": "Give the project a title."},
            "aim": {"required": "Write the aim: what, where, how much, by when."},
            "next_review_on": {"invalid": A_DATE},
            "lead": {"invalid_choice": "Choose somebody from this cluster."},
            "practices": {"invalid_choice": "Choose practices of this cluster only."},
        }

    def __init__(self, *args: Any, cluster: Cluster, on: date, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead, practices = self.fields["lead"], self.fields["practices"]
        if isinstance(lead, forms.ModelChoiceField):
            lead.queryset = people_to_lead(cluster, on=on, now=project.lead if project else None)
            lead.empty_label = "Nobody yet"
        if isinstance(practices, forms.ModelMultipleChoiceField):
            practices.queryset = practices_to_take_part(cluster, on=on, project=project)


class IdeaForm(PortalModelForm):
    """Feeds `propose_idea`: what somebody who keeps no project may say of one. Offers practices of `cluster` only."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Project
        fields = ("title", "aim", "why_now", "practices")
        labels = {
            "title": "Your idea",
            "aim": "What it should achieve",
            "why_now": "Why now",
            "practices": "Practices that might take part",
        }
        help_texts = {"aim": "As well as you can say it now. It becomes the aim of the project and can be sharpened."}
        widgets = {"practices": forms.CheckboxSelectMultiple}
        error_messages = {
            "title": {"required": "Give the idea a title."},
            "aim": {"required": "Say what it should achieve."},
            "practices": {"invalid_choice": "Choose practices of this cluster only."},
        }

    def __init__(self, *args: Any, cluster: Cluster, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practices = self.fields["practices"]
        if isinstance(practices, forms.ModelMultipleChoiceField):
            practices.queryset = practices_to_take_part(cluster, on=on, project=None)


class UpdateForm(PortalModelForm):
    """Feeds `write_update`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = ProgressUpdate
        fields = ("text",)
        labels = {"text": "How is it going, in one line?"}
        error_messages = {"text": {"required": "Write one line first."}}


class MoveForm(PortalModelForm):
    """Feeds `move_project`; offers the moves that the table allows from where the project is."""

    class Meta:
        model = ProjectStep
        fields = ("to_state", "reason")
        labels = {"reason": "Reason"}
        help_texts = {
            "reason": "Needed when a project stops, where it is kept as learning, and when testing begins before all "
            "partners are engaged."
        }
        widgets = {"to_state": forms.RadioSelect}

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        names = dict(Project.State.choices)
        self.fields["to_state"] = forms.ChoiceField(
            label="Move it to",
            choices=[(state, names[Project.State(state)]) for state in MOVES[project.state]],
            widget=forms.RadioSelect,
            error_messages={
                "required": "Choose where the project is now.",
                "invalid_choice": "The project can’t go there from where it is now. Somebody may have moved it.",
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("to_state") in NEEDS_REASON and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it stops: the reason is kept as learning.")
        if cleaned.get("to_state") == Project.State.TESTING and not cleaned.get("reason", "").strip():
            names = not_engaged(self.project.partners.all())
            if names:
                self.add_error("reason", not_engaged_sentence(names))
        return cleaned


class ActionForm(PortalForm):
    """Feeds `plan_action`."""

    what = WordsFormField(
        label="What will be done", max_length=300, error_messages={"required": "Say what will be done."}
    )
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who does it",
        empty_label="Choose a person",
        error_messages={
            "required": "Choose who does it.",
            "invalid_choice": "Choose somebody from this cluster.",
        },
    )
    due_on = forms.DateField(
        label="By when",
        widget=DayInput(),
        error_messages={"required": "Say by when.", "invalid": A_DATE},
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, cluster: Cluster, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = people_to_lead(cluster, on=on)


class ShareForm(PortalForm):
    """Feeds `share_project`."""

    share_level = forms.ChoiceField(
        label="Who may read it",
        choices=Project.ShareLevel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who may read it.",
            "invalid_choice": "Choose one of the four levels.",
        },
    )
