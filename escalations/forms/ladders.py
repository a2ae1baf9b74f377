"""Asks for the rungs of an HSCP's ladder and for its contacts."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorDict, ErrorList

from clusters.models import Forum
from escalations.models import Rung, SafetyContacts
from escalations.reference import USUAL_DAYS
from escalations.selectors import contacts_mark, possible_leads
from escalations.services import RungEntry
from practices.models import HSCP
from shared.fields import WordsFormField
from shared.forms import PortalForm, as_posted

MOST_RUNGS = 6


class RungForm(PortalForm):
    """One rung; without a kind there is none."""

    position = forms.IntegerField(
        label="Order", min_value=1, max_value=99, error_messages={"required": "Give its place in the order."}
    )
    kind = forms.ChoiceField(label="Kind of group", required=False, choices=[("", "No rung"), *Rung.KINDS])
    name = WordsFormField(label="What it is called here", required=False, max_length=80)
    forum: Any = forms.ModelChoiceField(
        None, label="A certain group", required=False, empty_label="The one that serves the cluster"
    )
    decide_within_days = forms.IntegerField(
        label="Working days to decide",
        min_value=1,
        max_value=120,
        error_messages={"required": "Give a number of working days, from 1 to 120."},
    )

    def __init__(self, *args: Any, forums: QuerySet[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["forum"]
        field.queryset = forums

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, forum = cleaned.get("kind"), cleaned.get("forum")
        if forum and forum.kind != kind:
            self.add_error("forum", f"{forum} is a {forum.get_kind_display()}: choose that kind, or no certain group.")
        return cleaned

    def entry(self) -> RungEntry:
        typed = {k: self.cleaned_data[k] for k in ("kind", "name", "decide_within_days", "forum")}
        return RungEntry(**typed)


class BaseLadder(forms.BaseFormSet):  # type: ignore[type-arg]
    """A row for each possible rung. Feeds `set_ladder`."""

    def entries(self) -> list[RungEntry]:
        """The rungs that have a kind, in their order."""
        used = [form for form in self.forms if form.cleaned_data.get("kind")]
        return [form.entry() for form in sorted(used, key=lambda f: f.cleaned_data["position"])]

    @classmethod
    def resumed(cls, fields: dict[str, Any], *, hscp: HSCP, forums: QuerySet[Forum]) -> "BaseLadder":
        """The rows with kept words, without scolding."""
        made: Any = ladder_forms(hscp, as_posted(fields), forums=forums)
        for form in made.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}
        made._errors, made._non_form_errors = [form.errors for form in made.forms], ErrorList()
        resumed: BaseLadder = made
        return resumed

    def refuse(self, refused: ValidationError) -> None:
        """Show a refusal of the service at the first row that it can be about."""
        if self.forms:
            self.forms[0].add_error("kind", refused)
        else:
            self.non_form_errors().extend(refused.error_list)


LadderForms: Any = forms.formset_factory(
    RungForm, formset=BaseLadder, extra=0, min_num=MOST_RUNGS, max_num=MOST_RUNGS, absolute_max=MOST_RUNGS
)


def ladder_forms(hscp: HSCP, data: Any, *, forums: QuerySet[Forum]) -> BaseLadder:
    """The rows of an HSCP: its rungs as they are, then empty ones."""
    fields = ("kind", "name", "forum", "decide_within_days")
    rows: list[dict[str, Any]] = [dict(zip(fields, row, strict=True)) for row in hscp.rungs.values_list(*fields)]
    rows += [{"decide_within_days": USUAL_DAYS} for _ in range(MOST_RUNGS - len(rows))]
    initial = [{"position": n, **row} for n, row in enumerate(rows, start=1)]
    made: BaseLadder = LadderForms(data, initial=initial, prefix="rung", form_kwargs={"forums": forums})
    return made


class ContactsForm(PortalForm):
    """Where other matters go, and the two leads. Feeds `set_safety_contacts`."""

    safety_incident = WordsFormField(
        label="A safety incident: the health board’s reporting system",
        help_text="Its name, and where to find it.",
        required=False,
        max_length=300,
    )
    child_protection = WordsFormField(label="Child protection", required=False, max_length=300)
    adult_protection = WordsFormField(label="Adult protection", required=False, max_length=300)
    concern_about_colleague = WordsFormField(label="Concern about a colleague", required=False, max_length=300)
    first_lead: Any = forms.ModelChoiceField(
        None, label="First lead for confidential matters", required=False, empty_label="Nobody yet"
    )
    second_lead: Any = forms.ModelChoiceField(
        None, label="Second lead for confidential matters", required=False, empty_label="Nobody yet"
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, contacts: SafetyContacts, on: date, **kwargs: Any) -> None:
        names = ("safety_incident", "child_protection", "adult_protection", "concern_about_colleague")
        first = {name: getattr(contacts, name) for name in (*names, "first_lead", "second_lead")}
        first["seen"] = contacts_mark(contacts.hscp)
        super().__init__(data, **{**kwargs, "initial": first})
        for name in ("first_lead", "second_lead"):
            field: Any = self.fields[name]
            field.queryset = possible_leads(contacts.hscp, on=on)

    def take_up_mark(self, mark: str) -> None:
        """Make the next press a choice to save over what is set now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = mark
        self.data = data

    def entry(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != self.QUESTION}
