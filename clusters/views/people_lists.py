"""Many people at once: a template, a file, a preview, and then all of it or nothing."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Role
from clusters import rules, selectors
from clusters.forms.people_lists import PeopleListForm
from clusters.parsing.people_list import COLUMNS, EXAMPLES, PersonRow, read_people_list
from clusters.rules import Scope
from clusters.selectors.people_lists import PeoplePlan, people_plan
from clusters.services import people_lists as services
from practices.parsing import Refusal, Refused
from shared.exports import as_csv

PROBLEMS_SHOWN = 100
AGAIN = "The preview is more than an hour old, or not yours. Choose the file again."
OUTDATED = "The registry has changed since this preview was made. Nothing was done: look at it again."


@require_http_methods(["GET", "HEAD", "POST"])
def people_upload(request: PortalRequest) -> HttpResponse:
    """Take a list and show what it would do, or everything that is wrong with it."""
    scope = selectors.registry_door(request.reach, keep=True)
    form = PeopleListForm(request.POST, request.FILES) if request.method == "POST" else PeopleListForm()
    problems: Sequence[Refusal] = ()
    if form.is_valid():
        try:
            read = read_people_list(form.cleaned_data["file"].read())
            plan = people_plan(read.rows, request.reach)
            if not (read.problems or plan.problems):
                return _preview(request, read.rows, plan)
            raise Refused(*sorted((*read.problems, *plan.problems), key=lambda wrong: wrong.line))
        except Refused as refused:
            form.add_refusals(refused)
            problems = [wrong for wrong in refused.refusals if wrong.line]
    return _ask(request, form, scope, problems)


def _ask(request: PortalRequest, form: PeopleListForm, scope: Scope, problems: Sequence[Refusal]) -> HttpResponse:
    context = {
        "form": form,
        "roles": [role for role in Role if rules.may_be_given(role, scope)],
        "problems": problems[:PROBLEMS_SHOWN],
        "more": len(problems) - PROBLEMS_SHOWN,
    }
    return render(request, "clusters/people_upload.html", context)


def _preview(
    request: PortalRequest, rows: Iterable[PersonRow], plan: PeoplePlan, *, note: str = "", status: int = 200
) -> HttpResponse:
    sees_all = rules.registry_seen(request.reach).everything
    context = {"plan": plan, "sees_all": sees_all, "rows": services.carried(rows, by=request.user), "note": note}
    return render(request, "clusters/people_preview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def people_bring(request: PortalRequest) -> HttpResponse:
    """Do what the preview showed, or show the new preview."""
    scope = selectors.registry_door(request.reach, keep=True)
    if request.method != "POST":  # the address of a preview, opened again
        return redirect("clusters:people_upload")
    rows = services.read_carried(request.POST.get("rows", ""), by=request.user)
    if rows is None:
        messages.warning(request, AGAIN)
        return redirect("clusters:people_upload")
    try:
        fingerprint = request.POST.get("fingerprint", "")
        done = services.bring_people(rows=rows, reach=request.reach, fingerprint=fingerprint, by=request.user)
    except services.PlanOutdated as outdated:
        return _preview(request, rows, outdated.plan, note=OUTDATED, status=409)
    except Refused as refused:
        form = PeopleListForm()
        messages.error(request, "Somebody else was quicker, or a line cannot be carried out. Nothing was done.")
        return _ask(request, form, scope, refused.refusals)
    messages.success(request, _told(done, sees_all=scope.everything))
    return redirect("clusters:invitation_list")


def _told(done: PeoplePlan, *, sees_all: bool) -> str:
    new = len({role.row.email for role in done.newcomers})
    if not done.changes:
        return "Nothing to do: everybody in the list holds these roles already."
    roles = f"{done.changes} role{'' if done.changes == 1 else 's'} given"
    if not new:
        return f"{roles}."
    invited = f"{new} {'person was' if new == 1 else 'people were'}" if sees_all else "who was new was"
    return f"{roles}; {invited} added and invited."


@require_safe
def people_template(request: PortalRequest) -> StreamingHttpResponse:
    """The column names and two examples."""
    selectors.registry_door(request.reach, keep=True)
    return as_csv("people", [names[0] for names in COLUMNS.values()], EXAMPLES)
