"""Work across Scotland."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from qiplans import selectors
from qiplans.filters import ScotlandFilter
from qiplans.tables import ScotlandTable
from shared.tables import listed


@require_safe
def across_scotland(request: PortalRequest) -> HttpResponse:
    """What clusters show to everybody who can sign in, narrowed by words and by HSCP."""
    found = ScotlandFilter(request.GET, queryset=selectors.across_scotland(), request=request)
    table = listed(request, ScotlandTable(found.qs, on=request.reach.day))
    table.opened = selectors.opened_among(request.reach, [row.record.pk for row in table.page.object_list])
    context = {"filter": found, "narrowed": found.is_narrowed, "table": table}
    return render(request, "qiplans/across_scotland.html", context)
