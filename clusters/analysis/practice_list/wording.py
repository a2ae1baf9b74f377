"""A report for people at a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

from clusters.analysis.practice_list.decisions import CONFIRM, LATER, REFUSE
from practices.parsing import Refusal


def report_text(report: dict[str, Any], details: dict[str, Any]) -> str:
    """What changed, counts first, then each rename, move, practice left out and suggestion."""
    return "\n".join(_lines(report, details))


def text_of_refusals(refusals: Iterable[Refusal]) -> str:
    """Why a file was refused, a line each."""
    return "\n".join(["Refused; nothing was changed.", *(f"  {_where(wrong)}: {wrong.reason}" for wrong in refusals)])


def _where(wrong: Refusal) -> str:
    line = f"line {wrong.line}, " if wrong.line else ""
    value = f" “{wrong.value}”" if wrong.value else ""
    return f"{line}{wrong.field}{value}"


def _lines(report: dict[str, Any], details: dict[str, Any]) -> Iterator[str]:
    done = "Nothing was written: this is what would change." if report["dry_run"] else "Imported."
    yield f"Practice list of {report['as_of']}. {done}"
    for title in ("practices", "clusters", "list_sizes"):
        counts = ", ".join(f"{number} {what}" for what, number in report[title].items())
        yield f"  {title.replace('_', ' ').capitalize()}: {counts}"
    for rename in details["renames"]:
        yield f"  Renamed: {rename['before']} is now {rename['after']} ({rename['key']})"
    for move in details["moves"]:
        where = f"{_cluster(move['from'])} to {_cluster(move['to'])}"
        yield f"  Moved: {move['code']} {move['name']}, {where} ({move['key']})"
    yield from _suggested(report["suggestions"])
    for missing in details["missing"]:
        yield f"  Not in the list since {missing['since']}: {missing['code']} {missing['name']}. Decide what that means"
    for practice in details["renamed"]:
        (change,) = practice["changes"]
        yield f"  Practice renamed: {practice['code']} {change['before']} is now {change['after']}"
    for merged in details["still_named"]:
        name, into = merged["name"], merged["into"]
        yield f"  Still named: {name}, which merged into {into}. Practices that count to {into}: {merged['practices']}"
    for cluster in details["emptied"]:
        yield f"  No practice left in: {cluster['name']}"
    for kept in details["kept"]:
        yield f"  Left as it is: {kept['code']} {kept['name']}. {kept['reason']}"


def _cluster(name: str | None) -> str:
    return name or "no cluster"


SAID = {
    CONFIRM: {"recodes": "New code", "mergers": "Merger", "closures": "Closed"},
    REFUSE: {"recodes": "No new code", "mergers": "No merger", "closures": "Still there"},
    LATER: {"recodes": "Perhaps a new code", "mergers": "Perhaps a merger", "closures": "Perhaps closed"},
}


def _suggested(suggestions: dict[str, Any]) -> Iterator[str]:
    """Each suggestion, what was answered to it, and the key by which it can be answered."""
    for recode in suggestions["recodes"]:
        said = SAID[recode["answer"]]["recodes"]
        yield f"  {said}: {recode['from']} is now {recode['to']} {recode['name']} ({recode['key']})"
    for merger in suggestions["mergers"]:
        said, gone = SAID[merger["answer"]]["mergers"], ", ".join(merger["from"])
        yield f"  {said}: {gone} into {merger['to']} {merger['name']} ({merger['key']})"
    for closure in suggestions["closures"]:
        said, patients = SAID[closure["answer"]]["closures"], closure["patients"]
        yield f"  {said}: {closure['practice']} {closure['name']}, {patients} patients ({closure['key']})"
