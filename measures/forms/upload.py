"""Asks for a table of figures."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from measures.parsing import SIZE_LIMIT, lines_of_file, lines_of_paste
from measures.parsing.sheets import Lines
from practices.parsing import Refused
from shared.fields import refuse_patient_numbers, refuse_unwritable
from shared.forms import PortalForm


class FigureTableForm(PortalForm):
    """Feeds `selectors.table_in`: a pasted table or a file, one of the two."""

    UNGUARDED = ("table",)  # never stored as it is; the reading refuses patient numbers by their cell

    table = forms.CharField(
        label="Paste the table",
        required=False,
        max_length=SIZE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Copied from a spreadsheet, with the line of column names.",
        error_messages={"max_length": "This is more than fits. Bring the figures in several tables."},
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        max_length=200,
        help_text="CSV or Excel (.xlsx), 500 kB at most.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
        error_messages={
            "missing": "Choose the file.",
            "empty": "The file is empty.",
            "invalid": "Choose the file.",
            "max_length": "The name of the file is longer than 200 characters. Give it a shorter one.",
        },
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        refuse_unwritable(file.name or "")
        refuse_patient_numbers(file.name or "")
        if (file.size or 0) > SIZE_LIMIT:
            raise forms.ValidationError("The file is larger than 500 kB. Bring the figures in several tables.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        pasted, file = (cleaned.get("table") or "").strip(), cleaned.get("file")
        if not self.errors and bool(pasted) == bool(file):
            both = "You pasted a table and chose a file. Keep one of the two."
            self.add_error("table", both if file else "Paste the table, or choose a file.")
        return cleaned

    def lines(self) -> Lines:
        """The lines of the table. Raises Refused for what is none."""
        file = self.cleaned_data["file"]
        return lines_of_file(file.read()) if file else lines_of_paste(self.cleaned_data["table"])

    def add_refusals(self, refused: Refused) -> None:
        """Say beside the box why the table cannot be taken; the page lists every problem by line and column."""
        box = "file" if self.cleaned_data.get("file") else "table"
        for wrong in refused.refusals:
            if wrong.line == 0:
                self.add_error(box, wrong.reason)
        if many := sum(wrong.line > 0 for wrong in refused.refusals):
            problems = "1 problem" if many == 1 else f"{many:,} problems"
            self.add_error(box, f"This table has {problems}, named below. Nothing has changed.")
