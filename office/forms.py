"""How a form is asked and asked again, what was typed into it to be kept, and which words to black out."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from accounts.middleware import PortalRequest
from accounts.models import User
from office.models import ReminderChoice
from office.selectors import Wanted, draft_of
from office.services import drop_draft, keep_token
from shared.fields import WordsFormField
from shared.forms import PortalForm

PASSWORDS = {"password", "password1", "password2", "oldpassword"}
NEVER_KEPT = {"csrfmiddlewaretoken", "keep", "next", PortalForm.QUESTION} | PASSWORDS


def typed_fields(posted: QueryDict) -> dict[str, Any]:
    """What was posted, without tokens and passwords: a name to its value, or to all of them where it has several."""
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in posted.lists()
        if name not in NEVER_KEPT and values
    }


@dataclass(frozen=True)
class Asking:
    """One form of one person, for any view: kept words taken up, refused words still there, clashes side by side.

    `key` names the form and the thing it is for ("qiplans:priority_change:7"), so that its words are kept apart
    from all others. The template gets `form`, `keep` (for `components/form.html`), `draft` (for
    `components/kept.html`, None unless kept words were taken up) and whatever stands in `context`. A view does:

        asking = Asking(request, "app/thing_add.html", f"app:thing_add:{pk}", {"thing": thing})
        if request.method != "POST":
            return asking.first(ThingForm)
        form = ThingForm(request.POST)
        if not form.is_valid():
            return asking.again(form)
        services.add_thing(by=request.user, **form.values("title"))
        asking.done()
        return redirect(...)
    """

    request: PortalRequest
    template: str
    key: str
    context: dict[str, Any]

    def first(self, form_class: Any, *, instance: Any = None, initial: Any = None, **options: Any) -> HttpResponse:
        """Answer a GET: with the words kept earlier, or with the form as it starts.

        `instance` is for forms over a model; its `version`, where it has one, is put into the form. `options` go
        to the form as they are.
        """
        if instance is not None:
            options["instance"] = instance
        start = {"version": instance.version} if hasattr(instance, "version") else {}
        asked = asked_within(self.request.user, self.key, form_class, initial={**start, **(initial or {})}, **options)
        return render(self.request, self.template, {**self.context, **asked})

    def again(self, form: Any) -> HttpResponse:
        """Show what was typed with what is wrong beside it."""
        return self._page(form, status=200)

    def clashed(self, form: Any, theirs: Any) -> HttpResponse:
        """Somebody saved `theirs` first: both texts (`components/clash.html`) and the choice to save again."""
        form.clash_with(theirs)
        return self._page(form, status=409)

    def done(self) -> None:
        """Forget the kept words: they are saved where they belong."""
        drop_draft(owner=self.request.user, key=self.key)

    def _page(self, form: Any, *, status: int) -> HttpResponse:
        asked = {"form": form, "keep": keep_token(self.request.user, self.key), "draft": None}
        return render(self.request, self.template, {**self.context, **asked}, status=status)


def asked_within(
    person: User, key: str, form_class: Any, *, initial: Any = None, refused: Any = None, **options: Any
) -> dict[str, Any]:
    """`form`, `keep` and `draft` of a form, as it starts or with the words kept earlier: for forms within a page.

    `refused` is the form as it was posted, where the page is shown again because of it.
    """
    if refused is not None:
        return {"form": refused, "keep": keep_token(person, key), "draft": None}
    draft = draft_of(person, key)
    form = form_class.resumed(draft.fields, **options) if draft else form_class(initial=initial, **options)
    return {"form": form, "keep": keep_token(person, key), "draft": draft}


class TryAgainForm(PortalForm):
    """Feeds `office.services.letters.try_again`. Asks nothing but "really?"; shows why not."""


class RemindersForm(PortalForm):
    """Feeds `office.services.reminders.choose_rhythm`."""

    rhythm = forms.ChoiceField(
        label="How often would you like to be reminded by e-mail?",
        choices=ReminderChoice.Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often."},
    )


class RedactForm(PortalForm):
    """Feeds `office.services.redact_words`. The words themselves are never stored, so they may be a patient number."""

    UNGUARDED = ("words",)

    words = forms.CharField(
        label="Words to black out",
        min_length=3,
        max_length=300,
        help_text="Exactly as they were written. A short word may stand inside other words.",
        error_messages={
            "min_length": "Give at least 3 characters: fewer would black out half of every page.",
            "required": "Say which words to black out.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ignore_case = forms.BooleanField(label="Capital and small letters count as the same", required=False, initial=True)
    why = WordsFormField(
        label="Why",
        max_length=4000,
        help_text="Kept for good, with your name and the date. Do not repeat the words here.",
        error_messages={"required": "Say why: whoever reads the record later will ask."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.cleaned_data["words"], self.cleaned_data["ignore_case"])

    @property
    def to_redact(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("words", "why", "ignore_case")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("words") and Wanted(cleaned["words"], True).count(cleaned.get("why", "")):
            self.add_error("why", "This repeats the words that are to go. Say why without them.")
        return cleaned
