"""Asks for a practice list and the day that it speaks of."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from clusters.selectors.practice_lists import reason_against
from practices.parsing import Refused, day_in_name
from practices.parsing.text import SIZE_LIMIT
from shared.fields import refuse_patient_numbers, refuse_unwritable
from shared.forms import DayInput, PortalForm


class PracticeListForm(PortalForm):
    """Feeds `services.upload_practice_list`. `as_of` left empty is read from the name of the file."""

    file = forms.FileField(
        label="The file",
        max_length=200,
        help_text="A CSV file of about 200 kB; 5 MB at most.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv", "data-day-into": "id_as_of"}),
        error_messages={
            "required": "Choose the file.",
            "missing": "Choose the file.",
            "empty": "The file is empty.",
            "invalid": "Choose the file.",
            "max_length": "The name of the file is longer than 200 characters. Give it a shorter one.",
        },
    )
    as_of = forms.DateField(
        label="The day it speaks of",
        required=False,
        widget=DayInput,
        help_text="The file does not say. Leave it empty to take it from a name like “…_apr2024…”.",
        error_messages={"invalid": "Type the day as in 01/04/2024."},
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile = self.cleaned_data["file"]
        name = file.name or ""
        refuse_unwritable(name)
        refuse_patient_numbers(name)
        if (file.size or 0) > SIZE_LIMIT:
            raise forms.ValidationError("The file is larger than 5 MB. A practice list has about 200 kB.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file: UploadedFile | None = cleaned.get("file")
        if file and not cleaned.get("as_of") and "as_of" not in self.errors:
            cleaned["as_of"] = self._day_in_name(file.name or "")
        return cleaned

    def _day_in_name(self, name: str) -> date | None:
        day = day_in_name(name)
        if day is None:
            self.add_error("as_of", "The name of the file does not say from which day the list is. Choose the day.")
        elif reason := reason_against(day):
            self.add_error("as_of", f"By its name the list is of {day:%d/%m/%Y}. {reason}")
        return day

    def add_refusals(self, refused: Refused) -> None:
        """Say beside the right box why the list cannot be taken; the page lists every problem in the file."""
        for wrong in refused.refusals:
            if wrong.line == 0:
                self.add_error("as_of" if wrong.field == "as_of" else "file", wrong.reason)
        many = sum(wrong.line > 0 for wrong in refused.refusals)
        if many:
            problems = "1 problem" if many == 1 else f"{many:,} problems"
            self.add_error("file", f"This list has {problems}, named below. It was not taken and nothing has changed.")
