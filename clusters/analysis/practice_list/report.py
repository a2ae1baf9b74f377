"""A plan in numbers: the JSON that programs read."""

from datetime import date
from typing import Any

from clusters.analysis.practice_list.decisions import Decisions, merger_key, missing_key, recode_key
from clusters.analysis.practice_list.plan import ClusterRef, Plan
from clusters.analysis.practice_list.succession import Closure, Merger, Recode
from practices.parsing import Refusal

Json = dict[str, Any]
NOTHING = Plan(as_of=date.min, practices_in_list=0)


def report_of(plan: Plan, *, is_dry_run: bool) -> Json:
    """The outcome as `import_practices --format json` prints it. Values under practices, clusters, list_sizes count.

    `groups` counts what the page shows, group by group; a new code that a suggestion explains counts there alone.
    """
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
        "suggestions": suggested(plan),
        "groups": _groups(plan),
        "decisions": _decisions(plan),
        "rejected": [],
    }


def _groups(plan: Plan) -> dict[str, int]:
    found = plan.suggestions
    return {
        "clusters_renamed": len(plan.renames),
        "practices_moved": len(plan.moves),
        "practices_recoded": len(found.recodes),
        "practices_merged": len(found.mergers),
        "practices_unexplained": len(found.closures),
        "practices_new": len(plan.unexplained_new),
        "practices_renamed": sum(any(is_name(change) for change in one.changes) for one in plan.practice_changes),
        "practices_changed": sum(any(not is_name(change) for change in one.changes) for one in plan.practice_changes),
        "clusters_new": len(plan.new_clusters),
        "list_sizes": len(plan.sizes),
    }


def is_name(change: tuple[str, str, str]) -> bool:
    """Whether a change (field, before, after) is about the name."""
    return change[0] == "name"


def _decisions(plan: Plan) -> dict[str, list[str]]:
    said = plan.decisions
    return {
        "confirmed": [key for key in plan.questions if said.confirms(key)],
        "refused": [key for key, _ in said.answers if said.refuses(key)],
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
        "groups": _groups(NOTHING),
        "decisions": {"confirmed": [], "refused": []},
        "rejected": [
            {"line": wrong.line, "field": wrong.field, "value": wrong.value, "reason": wrong.reason}
            for wrong in refusals
        ],
    }


def _name(ref: ClusterRef | None) -> str | None:
    return ref.name if ref else None


def suggested(plan: Plan) -> Json:
    """Recodes, mergers and closures with their keys and what was answered to each."""
    found, said = plan.suggestions, plan.decisions
    return {
        "recodes": [_recode(recode, said) for recode in found.recodes],
        "mergers": [_merger(merger, said) for merger in found.mergers],
        "closures": [_closure(closure, said) for closure in found.closures],
    }


def _recode(recode: Recode, said: Decisions) -> Json:
    return {
        "from": recode.gone.code,
        "to": recode.now.code,
        "name": recode.now.name,
        "patients": [recode.gone.patients, recode.now.patients],
        "key": recode_key(recode),
        "answer": said.answer(recode_key(recode)),
    }


def _merger(merger: Merger, said: Decisions) -> Json:
    return {
        "from": [gone.code for gone in merger.gone],
        "to": merger.into.code,
        "name": merger.into.name,
        "grown_by": merger.into.patients if merger.into.grown_by is None else merger.into.grown_by,
        "patients": [gone.patients for gone in merger.gone],
        "key": merger_key(merger),
        "answer": said.answer(merger_key(merger)),
    }


def _closure(closure: Closure, said: Decisions) -> Json:
    return {
        "practice": closure.gone.code,
        "name": closure.gone.name,
        "patients": closure.gone.patients,
        "key": missing_key(closure),
        "answer": said.answer(missing_key(closure)),
    }
