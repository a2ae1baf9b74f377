"""Asks for the plan of a PDSA cycle, for what was seen, and for what came out; the starred boxes first."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from qiplans.models import Cycle, Project
from qiplans.selectors import people_to_lead
from qiplans.selectors.pdsa import ideas_to_test
from qiplans.services.pdsa import Answered, Asked
from shared.dates import today
from shared.fields import WordsFormField
from shared.forms import OnDayField, PortalForm, PortalModelForm, VersionedFormMixin

MOST_QUESTIONS = 4
ANOTHER = "new"
CHOOSE_IDEA = "Choose which change idea is tested."
YES_NO = [("", "Not said"), ("yes", "Yes"), ("no", "No")]
PLAN_WORDS = ("objective", "kind", "owner", "starts_on", "study_on", "arrangements", "data_needed")


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said (None)."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        asked: dict[str, Any] = {"choices": YES_NO, "widget": forms.RadioSelect, "required": False, "empty_value": None}
        super().__init__(label=label, coerce=lambda text: text == "yes", **{**asked, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class FirstMixin:
    """A form in two parts: what is always asked, and the rest behind “Add more”."""

    FIRST: tuple[str, ...] = ()

    @property
    def first(self) -> list[Any]:
        return [self[name] for name in self.fields if name in self.FIRST or self._is_apart(name)]  # type: ignore[attr-defined, index]

    @property
    def more(self) -> list[Any]:
        asked = [name for name in self.fields if name not in self.FIRST and not self._is_apart(name)]  # type: ignore[attr-defined]
        return [self[name] for name in asked]  # type: ignore[index]

    @property
    def has_more(self) -> bool:
        """Whether something stands behind “Add more” that its reader should see."""
        return any(box.errors or box.value() not in (None, "", Cycle.Kind.TEST) for box in self.more)

    def _is_apart(self, name: str) -> bool:
        return name == PortalForm.QUESTION or self.fields[name].widget.is_hidden  # type: ignore[attr-defined]


class CyclePlanForm(FirstMixin, VersionedFormMixin, PortalModelForm):
    """Feeds `plan_cycle` and, without the choice of an idea, `change_cycle_plan`."""

    FIRST = ("idea", "new_idea", "objective", "question_1", "prediction_1", "study_on")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Cycle
        fields = PLAN_WORDS
        labels = {
            "objective": "What is this cycle to find out or achieve?",
            "kind": "What kind of cycle is it?",
            "owner": "Who sees to it",
            "arrangements": "Who does it, where and when",
            "data_needed": "What is counted, and who collects it",
        }
        error_messages = {"objective": {"required": "Say in a sentence what this cycle is for."}}
        help_texts = {
            "objective": "As small as possible: one clinician, one day, five patients.",
            "arrangements": "",
            "data_needed": "",
        }

    def __init__(self, *args: Any, project: Project, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {name: self.fields.pop(name) for name in list(self.fields)}
        if is_new:
            self._ask_for_idea(project)
        self.fields["objective"] = kept.pop("objective")
        self._ask_questions(1, 1)
        self.fields["study_on"] = OnDayField(label="Look at the result on", required=False)
        self._ask_questions(2, MOST_QUESTIONS)
        self.fields["starts_on"] = OnDayField(label="Starts on", required=False)
        self.fields |= {name: field for name, field in kept.items() if name not in self.fields}
        owner, kind = self.fields["owner"], self.fields["kind"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = _owners(project, self.instance)
            owner.empty_label, owner.error_messages["invalid_choice"] = (
                "Nobody by name",
                "Choose somebody from this cluster.",
            )
        kind.required = False
        if not is_new and not self.is_bound and self.instance.has_fixed_questions:
            self._fix_questions()

    def _ask_for_idea(self, project: Project) -> None:
        ideas = list(ideas_to_test(project))
        if ideas:
            self.fields["idea"] = forms.ChoiceField(
                label="Which change idea?",
                choices=[*ideas, (ANOTHER, "Another one")],
                widget=forms.RadioSelect,
                required=False,  # words of its own will do: on a second press the first has made them an idea
                error_messages={
                    "invalid_choice": "This idea is no longer in the driver diagram. Choose another one.",
                },
            )
        label = "The other change idea" if ideas else "The change idea"
        self.fields["new_idea"] = WordsFormField(
            label=label, max_length=300, required=not ideas, error_messages={"required": "Say what you want to try."}
        )

    def _ask_questions(self, first: int, last: int) -> None:
        for n in range(first, last + 1):
            self.fields[f"question_{n}"] = WordsFormField(
                label="Question" if n == 1 else f"Question {n}",
                max_length=300,
                required=n == 1,
                error_messages={"required": "Write the question that the cycle answers."},
            )
            self.fields[f"prediction_{n}"] = WordsFormField(
                label="What do you predict?" if n == 1 else f"What do you predict for question {n}?",
                max_length=300,
                required=n == 1,
                help_text="Before you try it: being wrong teaches most." if n == 1 else "",
                error_messages={"required": "Predict what will come out. A guess is enough."},
            )

    def _fix_questions(self) -> None:
        """To be read only. Who fills one all the same is told by `QuestionsFixed`, with the words still there."""
        for name, field in self.fields.items():
            if name.startswith(("question_", "prediction_")):
                field.widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "idea" in self.fields and "idea" not in self.errors:
            chosen, own = cleaned.get("idea"), cleaned.get("new_idea", "").strip()
            if chosen in ("", ANOTHER) and not own and "new_idea" not in self.errors:
                at, said = ("new_idea", "Say what you want to try.") if chosen else ("idea", CHOOSE_IDEA)
                self.add_error(at, said)
        for n in range(2, MOST_QUESTIONS + 1):
            question, prediction = cleaned.get(f"question_{n}"), cleaned.get(f"prediction_{n}")
            if question and not prediction:
                self.add_error(f"prediction_{n}", "Predict what will come out. A guess is enough.")
            if prediction and not question:
                self.add_error(f"question_{n}", "Write the question that this predicts an answer to.")
        starts_on, study_on = cleaned.get("starts_on"), cleaned.get("study_on")
        if starts_on and study_on and study_on < starts_on:
            self.add_error("study_on", "This is before the cycle starts.")
        return cleaned

    def plan(self) -> dict[str, Any]:
        """The fields of a plan."""
        return {**self.values(*PLAN_WORDS), "kind": self.cleaned_data["kind"] or Cycle.Kind.TEST}

    def questions(self) -> list[Asked]:
        """The questions that were asked, each with its prediction."""
        pairs = ((self.cleaned_data[f"question_{n}"], self.cleaned_data[f"prediction_{n}"]) for n in self._numbers())
        return [Asked(question, prediction) for question, prediction in pairs if question]

    def idea(self) -> tuple[str, int | None, str]:
        """What is tested: "line" or "ramp" with its number, or "new" with its words."""
        kind, _, pk = (self.cleaned_data.get("idea") or ANOTHER).partition("-")
        return kind, int(pk) if pk else None, self.cleaned_data["new_idea"].strip()

    def _numbers(self) -> Iterable[int]:
        return range(1, MOST_QUESTIONS + 1)


def _owners(project: Project, cycle: Cycle) -> Any:
    return people_to_lead(project.priority.plan.cluster, on=today(), now=_owner(cycle))


def _owner(cycle: Cycle) -> User | None:
    return cycle.owner


class CycleReportForm(FirstMixin, VersionedFormMixin, PortalModelForm):
    """Feeds `report_cycle`."""

    FIRST = ("observations",)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Cycle
        fields = ("observations", "surprises")
        labels = {"observations": "What did you see?", "surprises": "What surprised you?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["observations"].required = True
        self.fields["observations"].error_messages["required"] = "Write what was seen, in a sentence or two."
        planned = YesNoField(label="Did it go as planned?")
        self.fields = {"observations": self.fields.pop("observations"), "was_as_planned": planned, **self.fields}


class CycleStudyForm(FirstMixin, VersionedFormMixin, PortalModelForm):
    """Feeds `study_cycle`: a result beside each prediction, and what is decided."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Cycle
        fields = ("decision", "learning", "next_step")
        labels = {
            "learning": "What did you learn?",
            "next_step": "What happens next",
        }
        help_texts = {
            "learning": "Where the project is shared it is read above the cluster: name no practice and no person.",
            "next_step": "It begins the plan of the next cycle.",
        }

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        kept, self.fields = dict(self.fields), {}
        for question in cycle.questions.all():
            n = question.position
            self.fields[f"result_{n}"] = WordsFormField(
                label=f"Result: {question.text}",
                max_length=300,
                help_text=f"You predicted: {question.prediction}",
                initial=question.result,
                error_messages={"required": "Write what came out, even if it is not what you predicted."},
            )
            self.fields[f"confirmed_{n}"] = YesNoField(label="As predicted?", initial=question.is_confirmed)
        self.fields["decision"] = forms.ChoiceField(
            label="What do you do with the change?",
            choices=Cycle.Decision.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose: adopt, adapt or abandon."},
        )
        self.fields |= {"learning": kept["learning"], "has_improved": YesNoField(label="Did it make things better?")}
        self.fields |= {"next_step": kept["next_step"], "version": kept["version"]}
        self.FIRST = tuple(name for name in self.fields if name.startswith(("result_", "confirmed_", "decision")))

    def answers(self) -> list[Answered]:
        """The results, each with the place of its question."""
        cleaned, places = self.cleaned_data, [q.position for q in self.cycle.questions.all()]
        return [Answered(n, cleaned[f"result_{n}"], cleaned[f"confirmed_{n}"]) for n in places]
