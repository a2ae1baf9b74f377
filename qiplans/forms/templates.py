"""Asks for templates of projects: what to look for, where to start one, and one of an HSCP's own."""

from typing import Any
from uuid import uuid4

from django import forms

from accounts.reach import Reach
from qiplans.models import OwnTemplate, Priority
from qiplans.selectors.templates import Ready, hscps_to_write_for, priorities_to_start_under, topics
from shared.forms import PortalForm, PortalModelForm


class TemplateSearchForm(PortalForm):
    """What the list is narrowed by. Nothing is saved: answers live in the address."""

    q = forms.CharField(label="Words", required=False, max_length=120)
    topic = forms.ChoiceField(
        label="Topic", required=False, error_messages={"invalid_choice": "Choose a topic from the list."}
    )

    def __init__(self, *args: Any, every: list[Ready], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "All topics"), *((topic, topic) for topic in topics(every))]


class PriorityChoice(forms.ModelChoiceField):
    """Priorities with the plan that they stand in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.plan.cluster.forum.name} {obj.plan.years}: {obj.title}"


class StartForm(PortalForm):
    """Feeds `start_from_template`."""

    priority = PriorityChoice(
        queryset=Priority.objects.none(),
        label="Under which priority?",
        empty_label="Choose a priority",
        error_messages={
            "required": "Choose the priority that it follows from.",
            "invalid_choice": "Choose a priority of a plan that you write.",
        },
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["priority"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = priorities_to_start_under(reach)


OWN_FIELDS = (
    "hscp",
    "title",
    "how_much",
    "what",
    "where",
    "by_when",
    "why",
    "orientation",
    "measure_name",
    "numerator",
    "denominator",
    "source",
    "ideas",
    "first_test",
    "evidence",
)


class OwnTemplateForm(PortalModelForm):
    """Feeds `write_template`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = OwnTemplate
        fields = OWN_FIELDS
        labels = {
            "hscp": "For the clusters of",
            "title": "Title",
            "how_much": "Aim: how much",
            "what": "Aim: what",
            "where": "Aim: where",
            "by_when": "Aim: by when",
            "why": "Why it is worth doing",
            "orientation": "Who does it involve?",
            "measure_name": "Measure",
            "numerator": "What is counted (numerator)",
            "denominator": "Out of what (denominator)",
            "source": "Where the figures come from",
            "ideas": "Change ideas",
            "first_test": "First test of change",
            "evidence": "Where it comes from",
        }
        help_texts = {
            "how_much": "Such as: nine in ten.",
            "what": "Such as: people on lithium have had their bloods within three months.",
            "where": "Such as: in all practices.",
            "by_when": "Such as: twelve months from the start.",
            "ideas": "One a line.",
        }
        widgets = {"orientation": forms.RadioSelect}

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hscp = self.fields["hscp"]
        if isinstance(hscp, forms.ModelChoiceField):
            hscp.queryset = hscps_to_write_for(reach)
            hscp.empty_label = None
            hscp.error_messages["invalid_choice"] = "Choose an HSCP that you write for."
        for name, field in self.fields.items():
            field.error_messages["required"] = f"Fill in “{self.Meta.labels.get(name, name)}”."
