"""Asks for what belongs to a charter: the aim in its parts, partners, milestones, support, progress."""

from typing import Any
from uuid import uuid4

from django import forms

from qiplans.models import Charter, Milestone, OptIn, Partner, SupportAsk
from qiplans.rules.aims import missing_parts
from qiplans.rules.progress import SCALE
from qiplans.selectors.charters import MORE
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

A_DATE = "Write a date, such as 3/12/2026."
AIM = ("aim_how_much", "aim_what", "aim_where", "aim_by_when")
CHARTER_FIELDS = (*AIM, "change_ideas", "service_owner", "is_easy_first", *MORE)


class CharterForm(VersionedFormMixin, PortalModelForm):
    """Feeds `write_charter`. Few are asked; the rest stands behind "Add more"."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Charter
        fields = CHARTER_FIELDS
        labels = {
            **MORE,
            "aim_how_much": "How much",
            "aim_what": "What",
            "aim_where": "Where",
            "aim_by_when": "By when",
            "change_ideas": "Change ideas",
            "service_owner": "Who answers for the service",
            "is_easy_first": "An easy first project: quick to bring to an end, so that the next can be larger",
        }
        help_texts = {
            "aim_how_much": "Such as: 75 in 100.",
            "aim_what": "Such as: people with type 2 diabetes have had all eight checks.",
            "aim_where": "Such as: at our seven practices.",
            "aim_by_when": "Such as: the end of March 2027.",
            "change_ideas": "One a line: what you might do differently.",
            "service_owner": "For work with other services: the role that decides on the service.",
            "team": "Roles, and who fills them.",
        }

    def shown(self) -> list[Any]:
        """The boxes that everybody is asked, after the aim."""
        return [self[name] for name in ("change_ideas", "service_owner", "is_easy_first")]

    def aim(self) -> list[Any]:
        return [self[name] for name in AIM]

    def more(self) -> list[Any]:
        return [self[name] for name in MORE]

    def has_more(self) -> bool:
        """Whether the further boxes hold something, or an error, so that they stand open."""
        return any(field.value() or field.errors for field in self.more())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in missing_parts({part: cleaned.get(part, "") for part in AIM}):
            if name not in self.errors:
                self.add_error(name, "An aim has all four parts. Fill this one too, or empty the others.")
        return cleaned


class PartnerForm(PortalModelForm):
    """Feeds `add_partner`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Partner
        fields = ("name", "kind")
        labels = {"name": "Profession, agency or service", "kind": "What it is"}
        help_texts = {"name": "Go along the patient’s way: who touches it? A role or service rather than a name."}
        widgets = {"kind": forms.RadioSelect}
        error_messages = {"name": {"required": "Say who it is."}}


class MilestoneForm(PortalModelForm):
    """Feeds `add_milestone`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Milestone
        fields = ("what", "due_on")
        labels = {"what": "What will be there", "due_on": "By when"}
        widgets = {"due_on": DayInput()}
        error_messages = {
            "what": {"required": "Say what will be there."},
            "due_on": {"required": "Say by when.", "invalid": A_DATE},
        }


class OptForm(PortalModelForm):
    """Feeds `opt`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    is_in = forms.TypedChoiceField(
        label="Does your practice take part?",
        choices=[("yes", "Yes, we take part"), ("no", "No, not this time")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
    )

    class Meta:
        model = OptIn
        fields = ("is_in", "variation")
        labels = {"variation": "How yours differs, or why not"}
        help_texts = {"variation": "Practices are not alike: say what you do another way, or who it does not fit."}


class SupportForm(PortalModelForm):
    """Feeds `ask_support`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = SupportAsk
        fields = ("what", "reply_by")
        labels = {"what": "What the project needs from the HSCP", "reply_by": "Reply needed by"}
        help_texts = {"what": "Time, money, data, a person, a decision; and what it is for."}
        widgets = {"reply_by": DayInput()}
        error_messages = {
            "what": {"required": "Say what is needed."},
            "reply_by": {"required": "Say by when you need the reply.", "invalid": A_DATE},
        }


class AnswerSupportForm(PortalForm):
    """Feeds `answer_support`."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=SupportAsk.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is given.", "invalid_choice": "Choose what is given."},
    )
    reasons = WordsFormField(
        label="Reasons, and what happens next",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give the reasons: who asked reads them."},
    )


class ProgressForm(PortalForm):
    """Feeds `confirm_progress`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    score = forms.TypedChoiceField(
        label="How far is it?",
        choices=[(score, f"{score}: {means}") for score, means in SCALE.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is.", "invalid_choice": "Choose a step of the scale."},
    )
    note = WordsFormField(label="Why, if you see it otherwise than proposed", required=False, max_length=300)
