"""Asks for a list of people."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from clusters.parsing.people_list import SIZE_LIMIT
from practices.parsing import Refused
from shared.fields import refuse_patient_numbers, refuse_unwritable
from shared.forms import PortalForm


class PeopleListForm(PortalForm):
    """Feeds `clusters.parsing.people_list.read_people_list`."""

    file = forms.FileField(
        label="The file",
        max_length=200,
        help_text="CSV, 500 kB and 500 lines at most.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose the file.",
            "missing": "Choose the file.",
            "empty": "The file is empty.",
            "invalid": "Choose the file.",
            "max_length": "The name of the file is longer than 200 characters. Give it a shorter one.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        refuse_unwritable(file.name or "")
        refuse_patient_numbers(file.name or "")
        if (file.size or 0) > SIZE_LIMIT:
            raise forms.ValidationError("The file is larger than 500 kB. Bring the people in several lists.")
        return file

    def add_refusals(self, refused: Refused) -> None:
        """Say beside the box why the list cannot be taken; the page lists every problem by line."""
        for wrong in refused.refusals:
            if wrong.line == 0:
                self.add_error("file", wrong.reason)
        if many := sum(wrong.line > 0 for wrong in refused.refusals):
            problems = "1 problem" if many == 1 else f"{many:,} problems"
            self.add_error("file", f"This list has {problems}, named below. Nothing has changed.")
