"""What every narrowing of a list does: a choice that is not offered is answered in the portal's words."""

import django_filters as filters
from django import forms

PLACES = {"board", "hscp", "locality", "cluster", "practice", "place"}
NOT_REACHED = "You do not reach this place (any more). Choose one from the list."
NOT_OFFERED = "This cannot be chosen (any more). Choose one from the list."


class PortalFilterSet(filters.FilterSet):
    """A filter set whose address may be old, or another's: it says so, and what to do."""

    def get_form_class(self) -> type[forms.Form]:
        """The form of all filters, with our words for a choice that it does not offer."""
        form_class: type[forms.Form] = super().get_form_class()
        for name, field in form_class.base_fields.items():  # type: ignore[attr-defined]
            words = NOT_REACHED if name in PLACES else NOT_OFFERED
            if "invalid_choice" in field.error_messages:
                field.error_messages |= {"invalid_choice": words, "invalid_pk_value": words}
        return form_class

    @property
    def is_narrowed(self) -> bool:
        """Whether the address chooses anything. A filter set may begin with choices that nobody made (`data`)."""
        return any(self.request.GET.get(name) for name in self.filters)
