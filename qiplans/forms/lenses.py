"""Asks how else a priority is looked at."""

from django import forms

from qiplans.models import Lens, QualityReading
from shared.forms import PortalForm, PortalModelForm, VersionedFormMixin


class LensForm(VersionedFormMixin, PortalModelForm):
    """Feeds `look_at_priority`."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Lens
        fields = ("work", "inequalities", "wellbeing")
        labels = {
            "work": "What class of work is it?",
            "inequalities": "Who could be left behind?",
            "wellbeing": "What does it do to the people who do the work?",
        }
        help_texts = {
            "inequalities": (
                "For example: people without a phone, without English, in the most deprived fifth, at home alone. "
                "What will you do so that they gain as well? Groups only, no patients."
            ),
            "wellbeing": "More or less work, for whom, and until when.",
        }
        widgets = {"work": forms.RadioSelect}


class ReadingForm(PortalForm):
    """Feeds `read_quality`."""

    meaning = forms.ChoiceField(
        label="What does quality mean to you here, above all?",
        choices=QualityReading.Meaning.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the six."},
    )
