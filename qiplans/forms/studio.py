"""Asks for topics, their scores, and what is said to an HSCP that asked."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from clusters.models import Cluster
from qiplans.models import Candidate, Score
from qiplans.reference.criteria import CRITERIA, POINTS
from shared.doors import local_path
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

WEB = ("https://", "http://")
# Where a member's topic may come from: what the HSCP asks for and what lies in the box come by themselves.
OWN_SOURCES = (Candidate.Source.MEMBER, Candidate.Source.DATA, Candidate.Source.EVENT)


class CandidateForm(VersionedFormMixin, PortalModelForm):
    """Feeds `put_forward` and `change_candidate`. `source_fixed` is for what comes from a list: nobody is asked."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    source = forms.ChoiceField(
        label="Where does it come from?",
        choices=[(source.value, source.label) for source in OWN_SOURCES],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose where it comes from."},
    )

    class Meta:
        model = Candidate
        fields = ("title", "why", "source", "evidence", "dataset", "link")
        labels = {
            "title": "Topic",
            "why": "Why",
            "evidence": "How do we know?",
            "dataset": "Where figures could come from",
            "link": "A chart or paper",
        }
        help_texts = {
            "title": "A few words, for example: diabetes recall.",
            "why": "What should be better, and for whom.",
            "evidence": "A guideline, figures, something that happened. It may be empty: that is said, not hidden.",
            "link": "The address of a chart here (such as /projects/7/) or of a page on the web.",
        }
        error_messages = {
            "title": {"required": "Give the topic a title."},
            "why": {"required": "Say what should be better, and for whom."},
        }

    def __init__(self, *args: Any, source_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source_fixed:
            del self.fields["source"]

    def clean_source(self) -> str:
        return self.cleaned_data.get("source") or Candidate.Source.MEMBER

    def clean_link(self) -> str:
        link = str(self.cleaned_data.get("link") or "").strip()
        if link and not link.startswith(WEB) and not local_path(link):
            raise ValidationError("Give an address that begins with https://, or with / for a page of this portal.")
        return link


class ScoreForm(VersionedFormMixin, PortalModelForm):
    """Feeds `score_candidate`: 0 to 3 for each question, each with its word, or not scored."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Score
        fields = (*(c.code for c in CRITERIA), "note")
        labels = {"note": "What was said about it"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in CRITERIA:
            words = [(str(n), f"{n} · {criterion.words[n]}") for n in POINTS]
            self.fields[criterion.code] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.question,
                choices=[("", "Not scored"), *words],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": "Choose 0, 1, 2 or 3, or leave it not scored."},
            )
        self.order_fields([*(c.code for c in CRITERIA), "note"])


class AnsweringMixin(VersionedFormMixin):
    """For forms whose reason becomes the answer to the HSCP that asked: a clash shows the answer of a colleague."""

    def clash_with(self, theirs: Candidate) -> None:
        super().clash_with(theirs)
        self.clash = (("Answer to the HSCP", theirs.answer, self.cleaned_data["reason"]),)  # type: ignore[attr-defined]


class AsideForm(AnsweringMixin, PortalForm):
    """Feeds `set_aside`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = WordsFormField(
        label="Why not now?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why not now: who put it forward reads it."},
    )


class AnswerForm(VersionedFormMixin, PortalForm):
    """Feeds `answer_request`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = WordsFormField(
        label="What do you say to the HSCP?",
        max_length=4000,
        help_text="It reads this and nothing else of the studio.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the answer: the HSCP reads it."},
    )


class AskForTopicForm(PortalForm):
    """Feeds `ask_for_topic`. Offers clusters that the HSCP leads."""

    title = WordsFormField(
        label="Topic", max_length=300, error_messages={"required": "Say what the clusters should think about."}
    )
    why = WordsFormField(
        label="Why",
        max_length=4000,
        help_text="What should be better, and for whom. Clusters choose for themselves and each answers you.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: a cluster that knows why can answer well."},
    )
    evidence = WordsFormField(
        label="How do we know?", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer_by = forms.DateField(
        label="Answer by",
        required=False,
        widget=DayInput(),
        error_messages={"invalid": "Write a date, such as 3/12/2026."},
    )
    clusters = forms.MultipleChoiceField(
        label="Which clusters?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one cluster.",
            "invalid_choice": "Choose clusters that this HSCP leads.",
        },
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, clusters: QuerySet[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {cluster.forum.slug: cluster for cluster in clusters}
        named = [(slug, cluster.forum.name) for slug, cluster in self.offered.items()]
        self.fields["clusters"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Cluster]:
        """The clusters that were ticked."""
        return [self.offered[slug] for slug in self.cleaned_data["clusters"]]
