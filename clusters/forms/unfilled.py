"""Narrows the list of roles that nobody holds; what is chosen stays in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.roles import Role
from clusters.selectors.unfilled import Post


class UnfilledFilter(forms.Form):
    """By HSCP, role, and whether it is empty now. A value that is not offered narrows nothing."""

    hscp = forms.TypedChoiceField(label="HSCP", required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "All"), *((r.value, r.label) for r in (Role.CQL, Role.PQL))]
    )
    when = forms.ChoiceField(
        label="When",
        required=False,
        choices=[("", "All"), ("now", "Nobody holds it now"), ("later", "Held today, nobody after")],
    )

    def __init__(self, data: Any, posts: Iterable[Post]) -> None:
        super().__init__(data)
        hscps = {(post.cluster.lead_hscp_id, post.hscp) for post in posts}
        choices = [("", "All"), *sorted(hscps, key=lambda pair: pair[1])]
        self.fields["hscp"].choices = choices  # type: ignore[attr-defined]

    def narrowed(self, posts: Iterable[Post]) -> list[Post]:
        """Those of `posts` that match all that was chosen."""
        self.full_clean()
        hscp, role, when = (self.cleaned_data.get(name) for name in ("hscp", "role", "when"))
        return [
            post
            for post in posts
            if (not hscp or post.cluster.lead_hscp_id == hscp)
            and (not role or post.role == role)
            and (not when or post.is_empty is (when == "now"))
        ]
