"""Every change of a plan by meaning, as plain values: what the pages show, and what is kept beside an applied list."""

from collections.abc import Callable
from typing import Any

from clusters.analysis.practice_list.decisions import merger_key, missing_key, move_key, recode_key, rename_key
from clusters.analysis.practice_list.plan import ClusterRef, MembershipChange, NewCluster, Plan, PracticeChange, Rename
from clusters.analysis.practice_list.report import is_name
from clusters.analysis.practice_list.succession import Closure, Gone, Merger, Recode
from practices.reference import HSCPS

LABELS = {
    "name": "Name",
    "contract": "Practice type",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "data_zone": "Data zone",
    "hscp": "HSCP",
    "missing_since": "Missing since",
}
Json = dict[str, Any]


def details_of(plan: Plan) -> Json:
    """Every change by meaning, in the order in which the page tells them. A `key` names what can be answered."""
    in_cluster = {change.code: _name(change.after) for change in plan.membership_changes}
    found = plan.suggestions
    return {
        "renames": [_rename(rename, plan) for rename in plan.renames],
        "moves": [_move(change, plan) for change in plan.moves],
        "recodes": [_recode(recode, plan) for recode in found.recodes],
        "mergers": [_merger(merger, plan) for merger in found.mergers],
        "unexplained": [_closure(closure, plan) for closure in found.closures],
        "missing": _missing(plan),
        "added": [
            {"code": new.code, "name": new.name, "hscp": HSCPS[new.hscp][0], "cluster": in_cluster.get(new.code)}
            for new in plan.unexplained_new
        ],
        "renamed": [_changed(one, is_name) for one in plan.practice_changes if any(map(is_name, one.changes))],
        "changed": [_changed(one, _is_detail) for one in plan.practice_changes if any(map(_is_detail, one.changes))],
        "new_clusters": [_new_cluster(new) for new in plan.new_clusters],
        "sizes": _sizes(plan),
        "kept": [{"code": kept.code, "name": kept.name, "reason": kept.reason} for kept in plan.kept],
        "still_named": [
            {"name": one.name, "into": one.into.name, "slug": one.into.slug, "practices": one.practices}
            for one in plan.still_named
        ],
        "emptied": [{"name": ref.name, "slug": ref.slug} for ref in plan.emptied],
    }


def _name(ref: ClusterRef | None) -> str | None:
    return ref.name if ref else None


def _is_detail(change: tuple[str, str, str]) -> bool:
    return not is_name(change)


def _answered(key: str, plan: Plan) -> Json:
    return {"key": key, "answer": plan.decisions.answer(key)}


def _rename(rename: Rename, plan: Plan) -> Json:
    names = {"before": rename.before, "after": rename.after, "slug": rename.slug}
    return _answered(rename_key(rename.pk), plan) | names


def _move(change: MembershipChange, plan: Plan) -> Json:
    return _answered(move_key(change.code), plan) | {
        "code": change.code,
        "name": change.name,
        "from": _name(change.before),
        "to": _name(change.after),
        "is_correction": change.is_correction,
    }


def _recode(recode: Recode, plan: Plan) -> Json:
    return _answered(recode_key(recode), plan) | {
        "gone": _gone(recode.gone),
        "code": recode.now.code,
        "name": recode.now.name,
        "patients": recode.now.patients,
        "hscp": HSCPS[recode.now.hscp][0],
    }


def _merger(merger: Merger, plan: Plan) -> Json:
    into = merger.into
    return _answered(merger_key(merger), plan) | {
        "gone": [_gone(gone) for gone in merger.gone],
        "code": into.code,
        "name": into.name,
        "patients": into.patients,
        "is_new": into.grown_by is None,
        "grown_by": into.patients if into.grown_by is None else into.grown_by,
        "hscp": HSCPS[into.hscp][0],
        "also": sorted({HSCPS[gone.hscp][0] for gone in merger.gone if gone.hscp != into.hscp}),
    }


def _closure(closure: Closure, plan: Plan) -> Json:
    return _answered(missing_key(closure), plan) | _gone(closure.gone)


def _gone(gone: Gone) -> Json:
    return {"code": gone.code, "name": gone.name, "patients": gone.patients}


def _missing(plan: Plan) -> list[Json]:
    """Every practice that stays flagged; `is_asked` where the list itself asks what became of it."""
    asked = {one.gone.code for one in plan.suggestions.recodes} | {one.gone.code for one in plan.suggestions.closures}
    asked |= {gone.code for one in plan.suggestions.mergers for gone in one.gone}
    return [
        {
            "code": missing.code,
            "name": missing.name,
            "since": missing.since.isoformat(),
            "is_asked": missing.code in asked,
        }
        for missing in plan.missing
        if not missing.is_settled
    ]


def _changed(change: PracticeChange, wanted: Callable[[tuple[str, str, str]], bool]) -> Json:
    return {
        "code": change.code,
        "name": change.name,
        "changes": [
            {"field": LABELS[one[0]], "before": _said(one[0], one[1]), "after": _said(one[0], one[2])}
            for one in change.changes
            if wanted(one)
        ],
    }


def _said(field: str, value: str) -> str:
    return HSCPS[value][0] if field == "hscp" else value


def _new_cluster(new: NewCluster) -> Json:
    return {
        "name": new.ref.name,
        "slug": new.ref.slug,
        "hscp": HSCPS[new.lead_hscp][0],
        "practices": new.practices,
        "also": [HSCPS[code][0] for code in new.hscps if code != new.lead_hscp],
    }


def _sizes(plan: Plan) -> Json:
    """How many list sizes the day gains, how many patients they make, and which numbers of that day are put right."""
    right = [size for size in plan.sizes if size.before is not None]
    return {
        "added": len(plan.sizes) - len(right),
        "patients": sum(size.patients for size in plan.sizes if size.before is None),
        "put_right": [{"code": size.code, "before": size.before, "after": size.patients} for size in right],
    }
