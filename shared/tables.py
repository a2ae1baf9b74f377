"""How every list sorts and pages."""

from typing import TypeVar

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest

ROWS_A_PAGE = 25

T = TypeVar("T", bound=tables.Table)


class PortalTable(tables.Table):
    """A list in the portal's look. Say in `Meta.empty_text` what an empty list means and what to do next."""

    class Meta:
        template_name = "django_tables2/portal.html"


def listed(request: HttpRequest, table: T, *, per_page: int = ROWS_A_PAGE) -> T:
    """The table sorted by `?sort=` (known columns only) at the page `?page=`; nonsense means the first page."""
    table.order_by = request.GET.getlist(table.prefixed_order_by_field) or table.order_by
    page = request.GET.get(table.prefixed_page_field, "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    try:
        table.paginate(page=max(number, 1), per_page=per_page)
    except (EmptyPage, PageNotAnInteger):
        table.paginate(page=table.paginator.num_pages, per_page=per_page)
    return table
