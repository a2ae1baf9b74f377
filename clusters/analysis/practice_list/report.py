"""A plan in words and numbers: the JSON that programs read, and the details that the pages show."""

from typing import Any

from clusters.analysis.practice_list.plan import ClusterRef, MembershipChange, Plan, PracticeChange
from clusters.analysis.practice_list.succession import Closure, Merger, Recode, Suggestions
from practices.parsing import Refusal
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


def report_of(plan: Plan, *, is_dry_run: bool) -> Json:
    """The outcome as `import_practices --format json` prints it. Values under practices, clusters, list_sizes count."""
    known = plan.practices_in_list - len(plan.new_practices)
    return {
        "dry_run": is_dry_run,
        "as_of": plan.as_of.isoformat(),
        "practices": {
            "created": len(plan.new_practices),
            "updated": len(plan.updated),
            "unchanged": known - len(plan.updated),
            "missing": len(plan.missing),
        },
        "clusters": {
            "created": len(plan.new_clusters),
            "renamed": len(plan.renames),
            "unchanged": plan.clusters_unchanged,
        },
        "moves": [{"practice": move.code, "from": _name(move.before), "to": _name(move.after)} for move in plan.moves],
        "list_sizes": {
            "created": sum(size.before is None for size in plan.sizes),
            "unchanged": plan.sizes_unchanged,
        },
        "suggestions": _suggested(plan.suggestions),
        "rejected": [],
    }


def refusal_report(refusals: tuple[Refusal, ...], *, as_of: str, is_dry_run: bool) -> Json:
    """The same shape for a file that was refused: nothing counted, every reason listed."""
    return {
        "dry_run": is_dry_run,
        "as_of": as_of,
        "practices": {"created": 0, "updated": 0, "unchanged": 0, "missing": 0},
        "clusters": {"created": 0, "renamed": 0, "unchanged": 0},
        "moves": [],
        "list_sizes": {"created": 0, "unchanged": 0},
        "suggestions": {"recodes": [], "mergers": [], "closures": []},
        "rejected": [
            {"line": wrong.line, "field": wrong.field, "value": wrong.value, "reason": wrong.reason}
            for wrong in refusals
        ],
    }


def details_of(plan: Plan) -> Json:
    """Every change by meaning, as plain values that can be kept beside the applied list."""
    in_cluster = {change.code: _name(change.after) for change in plan.membership_changes}
    return {
        "renames": [{"before": r.before, "after": r.after, "slug": r.slug} for r in plan.renames],
        "moves": [_move(change) for change in plan.moves],
        "added": [
            {"code": new.code, "name": new.name, "hscp": HSCPS[new.hscp][0], "cluster": in_cluster.get(new.code)}
            for new in plan.new_practices
        ],
        "changed": [_changed(change) for change in plan.practice_changes],
        "missing": [
            {"code": m.code, "name": m.name, "since": m.since.isoformat(), "is_new": m.is_new} for m in plan.missing
        ],
        "new_clusters": [
            {
                "name": new.ref.name,
                "slug": new.ref.slug,
                "hscp": HSCPS[new.lead_hscp][0],
                "practices": new.practices,
                "also": [HSCPS[code][0] for code in new.hscps if code != new.lead_hscp],
            }
            for new in plan.new_clusters
        ],
        "emptied": [{"name": ref.name, "slug": ref.slug} for ref in plan.emptied],
        "corrected_sizes": [
            {"code": size.code, "before": size.before, "after": size.patients}
            for size in plan.sizes
            if size.before is not None
        ],
        "kept": [{"code": kept.code, "name": kept.name, "reason": kept.reason} for kept in plan.kept],
    }


def _name(ref: ClusterRef | None) -> str | None:
    return ref.name if ref else None


def _move(change: MembershipChange) -> Json:
    return {
        "code": change.code,
        "name": change.name,
        "from": _name(change.before),
        "to": _name(change.after),
        "is_correction": change.is_correction,
    }


def _changed(change: PracticeChange) -> Json:
    return {
        "code": change.code,
        "name": change.name,
        "changes": [
            {"field": LABELS[name], "before": _said(name, before), "after": _said(name, after)}
            for name, before, after in change.changes
        ],
    }


def _said(field: str, value: str) -> str:
    return HSCPS[value][0] if field == "hscp" else value


def _suggested(suggestions: Suggestions) -> Json:
    return {
        "recodes": [_recode(recode) for recode in suggestions.recodes],
        "mergers": [_merger(merger) for merger in suggestions.mergers],
        "closures": [_closure(closure) for closure in suggestions.closures],
    }


def _recode(recode: Recode) -> Json:
    return {
        "from": recode.gone.code,
        "to": recode.now.code,
        "name": recode.now.name,
        "patients": [recode.gone.patients, recode.now.patients],
    }


def _merger(merger: Merger) -> Json:
    return {
        "from": [gone.code for gone in merger.gone],
        "to": merger.into.code,
        "name": merger.into.name,
        "grown_by": merger.into.patients if merger.into.grown_by is None else merger.into.grown_by,
        "patients": [gone.patients for gone in merger.gone],
    }


def _closure(closure: Closure) -> Json:
    return {"practice": closure.gone.code, "name": closure.gone.name, "patients": closure.gone.patients}
