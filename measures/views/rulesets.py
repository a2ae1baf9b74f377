"""Which rules a chart is read by: chosen for one before its first figure, and set for new ones by an HSCP."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters.selectors.forums import hscp_for
from measures import rules, selectors, services
from measures.forms import HouseRulesetForm, RulesetForm
from measures.views.marking import ONLY_KEEPERS
from office.forms import Asking

ONLY_LEADS = "The rules that new charts begin with are set by the lead of the HSCP."


@require_http_methods(["GET", "POST"])
def ruleset_choose(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose chart and rules, before the first figure."""
    of = selectors.measure_for(request.reach, pk, may=selectors.may_keep, sentence=ONLY_KEEPERS)
    if selectors.has_figures(of):
        messages.info(request, "There are figures: the rules of a chart are fixed with its first one.")
        return redirect("measures:measure", pk)
    fitting = rules.charts_for(of.unit, is_by_practice=of.is_by_practice)
    asking = Asking(request, "measures/ruleset_choose.html", f"measures:ruleset_choose:{pk}", {"measure": of})
    if request.method != "POST":
        return asking.first(RulesetForm, instance=of, fitting=fitting)
    form = RulesetForm(request.POST, fitting=fitting)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.choose_ruleset(
            by=request.user, measure=of, version=form.typed_over(), **form.values("chart", "ruleset")
        )
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    except services.RulesetFixed:
        messages.info(request, "Somebody entered a figure meanwhile: the rules are fixed with it.")
        return redirect("measures:measure", pk)
    asking.done()
    messages.success(request, "The rules of the chart are chosen.")
    return redirect("measures:measure", pk)


@require_http_methods(["GET", "POST"])
def house_ruleset(request: PortalRequest, code: str) -> HttpResponse:
    """The rules that new run charts of an HSCP's clusters begin with."""
    hscp = hscp_for(request.reach, code, may=rules.can_set_house_ruleset, sentence=ONLY_LEADS)
    context = {"hscp": hscp, "rules": selectors.run_chart_rules()}
    asking = Asking(request, "measures/house_ruleset.html", f"measures:house_ruleset:{hscp.pk}", context)
    if request.method != "POST":
        return asking.first(HouseRulesetForm, initial={"ruleset": selectors.house_ruleset_of(hscp)})
    form = HouseRulesetForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    services.set_house_ruleset(by=request.user, hscp=hscp, **form.values("ruleset"))
    asking.done()
    messages.success(request, "New run charts begin with these rules.")
    return redirect("reporting:hscp", code)
