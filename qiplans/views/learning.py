"""What the members of a cluster want to learn: three taps, and the counts."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.selectors import cluster_for
from qiplans.forms.learning import NeedsForm
from qiplans.reference.learning import ASKED, STEM
from qiplans.rules import learning as rules
from qiplans.rules import plan_year_of
from qiplans.selectors.learning import needs_of, own_answer
from qiplans.services.learning import say_needs


@require_http_methods(["GET", "POST"])
def learning_needs(request: PortalRequest, slug: str) -> HttpResponse:
    """Read the counts and, while the cluster is open, answer or change one's answer.

    Nothing is kept while somebody chooses: a draft would stand under their name.
    """
    may = rules.can_say_needs if request.method == "POST" else rules.can_read_needs
    cluster = cluster_for(request.reach, slug, may=may, sentence=rules.MEMBERS_ONLY)
    if request.method != "POST":
        return _page(request, cluster, None)
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return _page(request, cluster, form)
    say_needs(by=request.user, cluster=cluster, on=request.reach.day, **form.values(*ASKED))
    messages.success(request, "Thank you. Your answers are kept without your name.")
    return redirect("qiplans:learning_needs", slug)


def _page(request: PortalRequest, cluster: Cluster, refused: NeedsForm | None) -> HttpResponse:
    year = plan_year_of(request.reach.day)
    mine = own_answer(cluster, year, request.user.pk)
    context = {
        "cluster": cluster,
        "needs": needs_of(cluster, year),
        "form": refused or NeedsForm(initial=model_to_dict(mine, ASKED) if mine else {}),
        "has_answered": mine is not None,
        "may_say": rules.can_say_needs(request.reach, cluster),
        "shown_from": rules.SHOWN_FROM,
        "baseline": rules.BASELINE,
        "stem": STEM,
    }
    return render(request, "qiplans/learning_needs.html", context)
