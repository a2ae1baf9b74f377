"""Free text as the portal keeps it: never with a patient's number, always findable for redaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from shared import chi

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class PatientNumber(ValidationError):
    """A patient's number was found. Its message, for the person who typed it, shows the number.

    What logs and error reports print of it (`str`, `repr`) does not.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, code="patient_number")

    def __str__(self) -> str:
        return "a patient's number was refused"

    def __repr__(self) -> str:
        return "PatientNumber()"


def refuse_patient_numbers(text: str) -> None:
    """Raise PatientNumber (a ValidationError), naming the place, when `text` holds a patient number for certain."""
    for found in chi.findings(text):
        if found.certain:
            raise PatientNumber(_refusal(text, found))


def _refusal(text: str, found: chi.Finding) -> str:
    number = " ".join(text[found.start : found.end].split())
    line = text.count("\n", 0, found.start) + 1
    place = f"Line {line} holds" if "\n" in text.strip() else "This holds"
    return (
        f"{place} “{number}”, which is a patient’s {found.kind} number. "
        "Take it out: the portal never keeps patient numbers."
    )


def without_patient_numbers(text: str) -> str:
    """`text` with every patient number, doubtful ones too, blacked out: for logs and addresses."""
    for found in reversed(chi.findings(text)):
        text = f"{text[: found.start]}[patient number]{text[found.end :]}"
    return text


def refuse_unwritable(text: str) -> None:
    """Raise ValidationError for characters that no database can keep (NUL, half of a character pair)."""
    if _UNWRITABLE.search(text):
        raise ValidationError("This holds a character that cannot be kept. Type it again.", code="unwritable")


class WordsFormField(forms.CharField):
    """Asks for free text; refuses patient numbers in words a GP understands."""

    default_validators = [refuse_unwritable, refuse_patient_numbers]


class Words(models.TextField):
    """A free-text column. `one_line=True` asks with a single-line box."""

    default_validators = [refuse_unwritable, refuse_patient_numbers]

    def __init__(self, *args: Any, one_line: bool = False, **kwargs: Any) -> None:
        self.one_line = one_line
        kwargs.setdefault("max_length", 300 if one_line else 4000)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.one_line:
            kwargs["one_line"] = True
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        widget = forms.TextInput() if self.one_line else forms.Textarea(attrs={"rows": 3})
        return super().formfield(
            **{"form_class": WordsFormField, "max_length": self.max_length, "widget": widget, **kwargs}
        )

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            refuse_patient_numbers(value)
        return super().get_db_prep_save(value, connection)


class WordsMap(models.JSONField):
    """A mapping of field name to what was typed (kept drafts). Guarded like `Words`, value by value."""

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        for text in texts_in(value):
            refuse_unwritable(text)
            refuse_patient_numbers(text)
        return super().get_db_prep_save(value, connection)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a JSON value, keys included; whole numbers too, as text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def words_everywhere() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every model and field of the project that keeps free text: what redaction and the sweeps walk."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, Words | WordsMap):
                yield model, field
