"""Asks for an escalation: situation, background, assessment, what is asked, and how great the risk is."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster
from clusters.selectors import members_of
from escalations import rules
from escalations.models import Escalation
from escalations.reference import IMPACT, LIKELIHOOD
from escalations.selectors import confidential_leads, holders_by_forum, who_may_be_meant
from escalations.services import EscalationEntry
from meetings.models import Action, Ask
from shared.dates import in_words
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalForm

OPENLY = ""


def _text(label: str, hint: str, *, required: bool = False, rows: int = 4, missing: str = "") -> WordsFormField:
    return WordsFormField(
        label=label,
        help_text=hint,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def _scale(label: str, steps: tuple[tuple[int, str], ...], hint: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        coerce=int,
        choices=[("", "Choose…"), *steps],
        error_messages={"required": f"Choose the {label.lower()}, from 1 to 5."},
    )


def _not_done(action: Action) -> str:
    """What a form about a late action begins with."""
    since = action.waiting_since
    waits = f" It waits for {action.waiting_on} since {in_words(since)}." if since else ""
    return f"“{action.what}” was due on {in_words(action.due_on)} and is not done.{waits}"


class RaiseForm(PortalForm):
    """Feeds `raise_escalation`. Shows only the choices that this person has in this cluster."""

    title = WordsFormField(
        label="Title", max_length=120, error_messages={"required": "Give it a short title, like “Phlebotomy at Alder”."}
    )
    situation = _text("Situation", "What is happening now?", required=True, missing="Say what is happening now.")
    background = _text("Background", "What led to it?", rows=3)
    assessment = _text("Assessment", "What does it mean for patients and staff?", rows=3)
    ask_text = _text(
        "What do you ask for?", "One clear request.", required=True, rows=3, missing="Say what you ask for."
    )
    tried = _text("What was tried", "So that nobody suggests it again.", rows=3)
    likelihood = _scale("Likelihood", LIKELIHOOD, "How likely is harm or failure if nothing changes?")
    impact = _scale("Impact", IMPACT, "How bad would it be?")
    theme = forms.ChoiceField(label="Theme", choices=Escalation.Theme.choices, initial=Escalation.Theme.OTHER)
    needed_by = forms.DateField(
        label="When do you need an answer?",
        required=False,
        widget=DayInput,
        error_messages={"invalid": "Give a date, like 20/11/2026."},
    )
    practice: Any = forms.ModelChoiceField(None, label="Practice", required=False, empty_label="The whole cluster")
    about: Any = forms.ModelChoiceField(
        None,
        label="Is it about a person?",
        required=False,
        empty_label="No",
        help_text="The person named here never sees it and never acts on it.",
    )
    named_lead = forms.ChoiceField(label="Who may see it?", required=False, widget=forms.RadioSelect)
    skip_cluster = forms.BooleanField(label="Go past the cluster, straight to the rung above", required=False)
    cluster_keeps_reading = forms.BooleanField(required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    was_sent_already = False

    def __init__(
        self,
        data: Any = None,
        *,
        cluster: Cluster,
        reach: Reach,
        ask: Ask | None = None,
        action: Action | None = None,
        **kw: Any,
    ) -> None:
        self.cluster, self.reach, self.ask = cluster, reach, ask
        first = {"nonce": uuid4(), "named_lead": OPENLY}
        if ask:
            first |= {"title": ask.question[:120], "ask_text": ask.question}
        if action:
            first |= {"title": action.what[:120], "situation": _not_done(action)}
        super().__init__(data, initial=first, **kw)
        self._ask_practice()
        self._ask_person()
        self._ask_readers()

    def _ask_practice(self) -> None:
        field: Any = self.fields["practice"]
        own = self.reach.practices_held(Role.PQL, Role.DEPUTY)
        members = members_of(self.cluster, on=self.reach.day)
        leads = self.cluster.pk in self.reach.clusters(Right.LEAD)
        field.queryset = members if leads else members.filter(pk__in=own)
        if not leads and not self.is_bound and len(offered := list(field.queryset[:2])) == 1:
            self.initial["practice"] = offered[0].pk

    def _ask_person(self) -> None:
        field: Any = self.fields["about"]
        field.queryset = who_may_be_meant(self.cluster, on=self.reach.day).exclude(pk=self.reach.person_id or 0)

    def _ask_readers(self) -> None:
        self.leads = {
            str(p.pk): p for p in confidential_leads(self.cluster, without=[self.reach.person_id], on=self.reach.day)
        }
        field: Any = self.fields["named_lead"]
        field.choices = [(OPENLY, "Each rung it comes to, and whom I add")] + [
            (pk, f"Confidential: only I and {lead}, who decides it") for pk, lead in self.leads.items()
        ]
        if not self.leads:
            del self.fields["named_lead"]
        if not rules.can_skip_cluster(self.reach, self.cluster):
            del self.fields["skip_cluster"]
        forum = self.cluster.forum
        cqls = holders_by_forum([forum], on=self.reach.day)[forum.pk]
        names = [p.full_name for p in cqls if p.pk != self.reach.person_id]
        if names:
            self.fields["cluster_keeps_reading"].label = f"{' and '.join(names)} (CQL) may keep reading as it moves up"
        else:
            del self.fields["cluster_keeps_reading"]

    def clean_needed_by(self) -> date | None:
        day: date | None = self.cleaned_data["needed_by"]
        if day and day < self.reach.day:
            raise ValidationError("That day has passed. Give a day from today on, or leave it empty.")
        return day

    def start_again(self) -> None:
        """Make the next press raise a matter of its own."""
        self.was_sent_already = True
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["nonce"] = str(uuid4())
        self.data = data

    def entry(self) -> EscalationEntry:
        """What was typed, for the service."""
        typed = {k: v for k, v in self.cleaned_data.items() if k not in ("nonce", "named_lead", self.QUESTION)}
        lead = self.leads.get(self.cleaned_data.get("named_lead") or OPENLY)
        return EscalationEntry(**typed, named_lead=lead, from_ask=self.ask)
