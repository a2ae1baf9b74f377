"""A date box in a filter: something as it was, or is planned, on a day."""

import django_filters as filters

from shared.forms import OnDayField


class OnDayFilter(filters.Filter):
    """Narrows by a day, or only keeps it in the address where the list itself is drawn as of that day."""

    field_class = OnDayField
