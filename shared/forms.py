"""What every form of the portal does: refuses patient numbers, asks about doubtful ones, takes up kept words."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from shared import chi
from shared.dates import in_words, today
from shared.fields import refuse_patient_numbers, refuse_unwritable


class PortalFormMixin:
    """Adds three habits to a form.

    A patient number is refused in any box, not only in those for free text, and in the name of a file.
    A number that looks like a CHI number but has a wrong check digit asks "is this a patient number?";
    the answer is a tick box that appears only then. `resumed()` shows kept words without scolding.
    """

    QUESTION = "not_patient_number"
    UNGUARDED: tuple[str, ...] = ()  # boxes whose text is never stored
    asked_about: AbstractSet[str] = frozenset()  # marks of the numbers that the tick box stands for

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or getattr(self, "cleaned_data", {})  # type: ignore[misc]
        doubtful: dict[str, list[str]] = {}
        for name, text in self._typed():
            try:
                refuse_unwritable(text)
                refuse_patient_numbers(text)
            except ValidationError as refused:
                self._refuse_once(name, refused)
            else:
                if numbers := _doubtful(text):
                    doubtful.setdefault(name, []).extend(numbers)
        if doubtful:
            self._ask_about(doubtful)
        return cleaned

    def _typed(self) -> Iterator[tuple[str, str]]:
        """Name and text of every box that a person can type into, and the names of files."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if field.widget.is_hidden or name in (self.QUESTION, *self.UNGUARDED):
                continue
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))  # type: ignore[attr-defined]
            for inner in value if isinstance(value, list | tuple) else [value]:
                if isinstance(inner, UploadedFile):
                    yield name, inner.name or ""
                elif isinstance(inner, str):
                    yield name, inner

    def _refuse_once(self, name: str, refused: ValidationError) -> None:
        """Add a refusal unless the field's own check has said so already."""
        if not any(e.code == refused.code for e in self.errors.as_data().get(name, [])):  # type: ignore[attr-defined]
            self.add_error(name, refused)  # type: ignore[attr-defined]

    def _ask_about(self, doubtful: dict[str, list[str]]) -> None:
        """The tick answers for the numbers beside which it was shown: another number asks again."""
        self.asked_about = {_mark(number) for numbers in doubtful.values() for number in numbers}
        answered = set(self.data.get(self.add_prefix(self.QUESTION), "").split())  # type: ignore[attr-defined]
        tick = forms.CheckboxInput(
            attrs={"value": " ".join(sorted(self.asked_about))}, check_test=lambda _: self.asked_about <= answered
        )
        self.fields[self.QUESTION] = forms.BooleanField(  # type: ignore[attr-defined]
            label="No, none of these is a patient number", required=False, widget=tick
        )
        for name, numbers in doubtful.items():
            new = [number for number in numbers if _mark(number) not in answered]
            if new:
                self.add_error(name, _question(new))  # type: ignore[attr-defined]

    def values(self, *names: str) -> dict[str, Any]:
        """The answers of a valid form by name, to hand to a service."""
        return {name: self.cleaned_data[name] for name in names}  # type: ignore[attr-defined]

    @classmethod
    def resumed(cls, fields: dict[str, Any], **kwargs: Any) -> Self:
        """A form that shows `fields` (name to text, as posted) without validating them yet."""
        form = cls(data=as_posted(fields), **kwargs)  # type: ignore[call-arg]
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        form.cleaned_data = {}  # type: ignore[attr-defined]
        return form


def as_posted(fields: dict[str, Any]) -> Any:
    """Kept fields as a browser would post them: a list becomes several values of one name."""
    if isinstance(fields, QueryDict):
        return fields
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _doubtful(text: str) -> list[str]:
    return [text[f.start : f.end] for f in chi.findings(text) if not f.certain]


def _question(numbers: list[str]) -> ValidationError:
    named = " or ".join(f"“{number}”" for number in dict.fromkeys(numbers))
    return ValidationError(
        f"Is {named} a patient number? If it is, take it out. "
        "If it is not, tick the box at the end of the form and save again.",
        code="doubtful_number",
    )


def _mark(number: str) -> str:
    """Stands for a number in the tick box without repeating it."""
    return salted_hmac("shared.forms.not_patient_number", "".join(number.split())).hexdigest()[:16]


class PortalForm(PortalFormMixin, forms.Form):
    """A form over no single model."""


class ConfirmForm(PortalForm):
    """Asks nothing but "really?"; shows why not."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A form over one model. It never saves: the view hands `cleaned_data` to a service.

    A list of radio buttons has no empty row; where nothing has to be chosen it begins with "Not said".
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and isinstance(field.widget, forms.RadioSelect):
                nothing: list[Any] = [] if field.required else [("", "Not said")]
                offered: list[Any] = list(field.choices)  # type: ignore[arg-type]
                field.choices = nothing + [choice for choice in offered if choice[0] not in ("", None)]


class DayInput(forms.DateInput):
    """A date box that browsers draw with their own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class VersionedFormMixin:
    """For forms over a row with a `version`: when somebody saved first, both texts are shown and none is lost.

    The form class has a hidden field `version`. After `clash_with(theirs)` it holds the version that is kept
    now, so that saving again is a choice, and `clash` lists label, their words and yours where they differ.
    """

    clash: tuple[tuple[str, str, str], ...] = ()

    def typed_over(self) -> int:
        """The version that was typed over; 0, which no row has, when the form came without."""
        return self.cleaned_data.get("version") or 0  # type: ignore[attr-defined]

    def clash_with(self, theirs: Any) -> None:
        """Take up what is kept now (a model instance) beside what was typed."""
        data = self.data.copy()  # type: ignore[has-type]
        data[self.add_prefix("version")] = str(theirs.version)  # type: ignore[attr-defined]
        self.data = data
        rows = []
        for name, mine in self.cleaned_data.items():  # type: ignore[attr-defined]
            field = self.fields[name]  # type: ignore[attr-defined]
            if name == "version" or not hasattr(theirs, name):
                continue
            pair = _said(getattr(theirs, name), field), _said(mine, field)
            if pair[0] != pair[1]:
                rows.append((str(field.label or name), *pair))
        self.clash = tuple(rows)


def _said(value: Any, field: forms.Field) -> str:
    """A value of a form field as a reader would write it."""
    if hasattr(value, "all"):
        return ", ".join(sorted(str(one) for one in value.all())) or "–"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    return str(choices.get(value, value)) if value not in (None, "") else "–"


EARLIEST, DAYS_AHEAD = date(1990, 1, 1), 1100


class OnDayField(forms.DateField):
    """On which day something is looked at, past or planned; nonsense is said beside the box."""

    widget = DayInput
    default_error_messages = {"invalid": "Type the day as in 12/11/2026."}

    def clean(self, value: Any) -> date | None:
        """The day; None for an empty box."""
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day <= today() + timedelta(days=DAYS_AHEAD):
            raise ValidationError("Choose a day between 1990 and three years from now.")
        return day


def day_asked(text: str) -> date | None:
    """The day that an address asks for (`?on=`); None for none, and for nonsense."""
    try:
        return OnDayField(required=False).clean(text)
    except ValidationError:
        return None


class OnDayForm(forms.Form):
    """A date box above something that is shown as it was."""

    on = OnDayField(label="As it was on", required=False)

    def day(self) -> date | None:
        """The day that was asked for; None for none, or for nonsense."""
        self.full_clean()
        return self.cleaned_data.get("on")
