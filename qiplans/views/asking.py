"""How a form is shown and shown again: kept words taken up, refused words still there, clashes side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.middleware import PortalRequest
from office.selectors import draft_of
from office.services import drop_draft, keep_token


@dataclass(frozen=True)
class Asking:
    """One form of one person: `key` names it and the thing it is for, so that its words can be kept."""

    request: PortalRequest
    template: str
    key: str
    context: dict[str, Any]

    def first(self, form_class: Any, *, instance: Any = None, initial: Any = None, **options: Any) -> HttpResponse:
        """Answer a GET: with the words kept earlier, or with the form as it starts."""
        draft = draft_of(self.request.user, self.key)
        if draft:
            form = form_class.resumed(draft.fields, instance=instance, **options)
        else:
            start = {"version": instance.version} if hasattr(instance, "version") else {}
            form = form_class(instance=instance, initial={**start, **(initial or {})}, **options)
        return self._page(form, draft=draft, status=200)

    def again(self, form: Any) -> HttpResponse:
        """Show what was typed with what is wrong beside it."""
        return self._page(form, draft=None, status=200)

    def clashed(self, form: Any, theirs: Any) -> HttpResponse:
        """Somebody saved first: both texts, and the choice to save again."""
        form.clash_with(theirs)
        return self._page(form, draft=None, status=409)

    def done(self) -> None:
        """Forget the kept words: they are saved where they belong."""
        drop_draft(owner=self.request.user, key=self.key)

    def _page(self, form: Any, *, draft: Any, status: int) -> HttpResponse:
        keep = keep_token(self.request.user, self.key)
        context = {**self.context, "form": form, "keep": keep, "draft": draft}
        return render(self.request, self.template, context, status=status)
