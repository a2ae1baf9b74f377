"""Asks for a file of data zones, and carries what it said from the preview to the confirmation."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from clusters.analysis.localities import LocalityPlan
from clusters.rules import Scope
from clusters.selectors.scopes import hscps_in
from clusters.services.locality_file import BrokenSeal, ZoneFile, opened
from practices.parsing import Refused
from practices.parsing.text import SIZE_LIMIT
from shared.fields import refuse_patient_numbers, refuse_unwritable
from shared.forms import PortalForm

TOO_OLD = "This page was open for too long. Choose the file again."


class ZoneFileForm(PortalForm):
    """Feeds `services.locality_file.read_zone_file`."""

    hscp: Any = forms.ModelChoiceField(
        label="HSCP",
        queryset=None,
        to_field_name="code",
        empty_label="Choose an HSCP",
        error_messages={"required": "Choose the HSCP.", "invalid_choice": "Choose an HSCP from the list."},
    )
    file = forms.FileField(
        label="The file",
        max_length=200,
        help_text="A CSV file with a column DataZone and a column Locality; 5 MB at most. Where it also has a column "
        "HSCP (code or name), lines of other HSCPs are left aside.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose the file.",
            "missing": "Choose the file.",
            "empty": "The file is empty.",
            "invalid": "Choose the file.",
            "max_length": "The name of the file is longer than 200 characters. Give it a shorter one.",
        },
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = hscps_in(scope)
        self.fields["hscp"].queryset = offered  # type: ignore[attr-defined]
        if len(scope.hscps) == 1 and not scope.everything:
            self.fields["hscp"].initial = offered.first()

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile = self.cleaned_data["file"]
        name = file.name or ""
        refuse_unwritable(name)
        refuse_patient_numbers(name)
        if (file.size or 0) > SIZE_LIMIT:
            raise forms.ValidationError("The file is larger than 5 MB. A list of data zones has about 500 kB.")
        return file

    def add_refusals(self, refused: Refused) -> None:
        """Say beside the box why the file cannot be taken; the page lists every problem in it."""
        for wrong in refused.refusals:
            if wrong.line == 0:
                self.add_error("file", wrong.reason)
        many = sum(wrong.line > 0 for wrong in refused.refusals)
        if many:
            problems = "1 problem" if many == 1 else f"{many:,} problems"
            self.add_error("file", f"This file has {problems}, named below. It was not taken and nothing has changed.")


class ConfirmZonesForm(PortalForm):
    """Feeds `services.locality_file.apply_zone_file`: what the file said, which plan was shown, who follows.

    What the file said travels sealed, for the person who brought it alone: no file is kept on the way.
    """

    said = forms.CharField(widget=forms.HiddenInput, error_messages={"required": TOO_OLD})
    fingerprint = forms.CharField(max_length=16, widget=forms.HiddenInput, error_messages={"required": TOO_OLD})

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def offer(self, plan: LocalityPlan) -> None:
        """Show the suggestions of `plan`, ticked where the cluster lies in no locality yet."""
        if plan.suggestions:
            self.fields["clusters"] = forms.MultipleChoiceField(
                label="Clusters that follow most of their practices",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(s.cluster.pk, _told(s)) for s in plan.suggestions],
                initial=[s.cluster.pk for s in plan.suggestions if not s.cluster.locality],
            )

    def chosen(self) -> set[int]:
        """Ids of the clusters that were ticked; the service takes only those that it suggested."""
        ticked = self.data.getlist("clusters")  # type: ignore[attr-defined]
        return {int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 18}

    def clean_said(self) -> tuple[str, ZoneFile]:
        """Code of the HSCP, and the file."""
        try:
            return opened(self.cleaned_data["said"], by=self.by)
        except BrokenSeal:
            raise forms.ValidationError(TOO_OLD) from None


def _told(suggestion: Any) -> str:
    now = f", now in {suggestion.cluster.locality}" if suggestion.cluster.locality else ""
    share = f"{suggestion.inside} of {suggestion.practices} practices lie there"
    return f"{suggestion.cluster.name} to {suggestion.after} ({share}{now})"
