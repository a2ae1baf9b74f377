"""A report for people at a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

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
        yield f"  Renamed: {rename['before']} is now {rename['after']}"
    for move in details["moves"]:
        yield f"  Moved: {move['code']} {move['name']}, {_cluster(move['from'])} to {_cluster(move['to'])}"
    for missing in details["missing"]:
        yield f"  Not in the list since {missing['since']}: {missing['code']} {missing['name']}. Decide what that means"
    for cluster in details["emptied"]:
        yield f"  No practice left in: {cluster['name']}"
    for kept in details["kept"]:
        yield f"  Left as it is: {kept['code']} {kept['name']}. {kept['reason']}"
    yield from _suggested(report["suggestions"])


def _cluster(name: str | None) -> str:
    return name or "no cluster"


def _suggested(suggestions: dict[str, Any]) -> Iterator[str]:
    for recode in suggestions["recodes"]:
        yield f"  Perhaps a new code: {recode['from']} is now {recode['to']} {recode['name']}"
    for merger in suggestions["mergers"]:
        yield f"  Perhaps a merger: {', '.join(merger['from'])} into {merger['to']} {merger['name']}"
    for closure in suggestions["closures"]:
        yield f"  Perhaps closed: {closure['practice']} {closure['name']}, {closure['patients']} patients"
