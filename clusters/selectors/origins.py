"""How people came to their roles: the reader's own answer, and counts that point at nobody.

A single answer is seen by its giver alone. What may be read is a line per HSCP that rests on the answers and nothing
else: whoever keeps the registry can give, end or backdate roles and move practices as they like, and no figure moves.

- People are counted, not roles, whether or not they hold the role still.
- A line is made on the first day of a month from what was said before it, and takes the place of the line before only
  when at least five people differ between the two. So no difference tells what one of them said.
- A figure is shown from five people on, where five others said something else, and never with a total.

The line of a health board adds up what its HSCPs show, and so tells nothing more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.utils import timezone

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import RoleAssignment, RoleOrigin
from clusters.selectors.histories import with_places
from practices.models import HSCP
from shared.doors import open_door

ASKED = (Role.CQL, Role.PQL)
FEWEST = 5
How = RoleOrigin.How


def own_role(person: User, pk: int) -> RoleAssignment:
    """A CQL or PQL role of the reader's own (404 for anybody else's)."""
    return open_door(with_places(RoleAssignment.objects.standing().filter(person=person, role__in=ASKED)), pk=pk)


def own_answer(held: RoleAssignment) -> str:
    """What its holder said last; nothing when they did not say or took it back. For the holder's own page alone."""
    newest = newest_answer(held)
    return newest.how if newest else ""


def newest_answer(held: RoleAssignment) -> RoleOrigin | None:
    """The last row of what the holder said, an answer taken back too."""
    return RoleOrigin.objects.filter(held=held).order_by("-pk").first()


@dataclass(frozen=True)
class Line:
    """One HSCP, or one health board: what is said for each answer, in the order of `How`."""

    name: str
    said: tuple[str, ...]


def hscps_counted(reach: Reach) -> list[HSCP]:
    """HSCPs whose counts the reader sees: their leads', their board's leads', and their keepers of the registry."""
    every = HSCP.objects.select_related("board").order_by("board__name", "name")
    if reach.everywhere(Right.KEEP_REGISTRY):
        return list(every)
    leads = (h.hscps for h in reach.holdings if h.role in (Role.HSCP_LEAD, Role.BOARD_LEAD))
    return list(every.filter(pk__in=reach.hscps(Right.KEEP_REGISTRY).union(*leads)))


def counts_as_of(day: date) -> date:
    """The first day of the month: what was said before it is what counts."""
    return day.replace(day=1)


def counts_in(hscps: Iterable[HSCP], *, on: date) -> list[Line]:
    """The lines of these HSCPs, and of a health board after two or more of its own. One query."""
    wanted = list(hscps)
    answers = _answers(wanted, before=counts_as_of(on))
    lines: list[Line] = []
    by_board: dict[str, list[list[int | None]]] = defaultdict(list)
    for hscp in wanted:
        line = Counter(how for _, how in line_shown(answers[hscp.pk]))
        shown = [_shown(line[how], line.total()) for how in How.values]
        by_board[str(hscp.board)].append([n if isinstance(n, int) else None for n in shown])
        lines.append(Line(str(hscp), tuple(str(n) for n in shown)))
    for board, rows in by_board.items():
        if len(rows) > 1:
            sums = [sum(row[place] or 0 for row in rows) for place in range(len(How.values))]
            lines.append(Line(f"{board}, what its HSCPs show", tuple(str(n) if n else FEWER for n in sums)))
    return lines


# Each answer as the head of a column, in the order of `How`.
HEADINGS = {
    How.NOMINATED: "Nominated",
    How.VOLUNTEERED: "Volunteered",
    How.ONLY_ONE: "Only person willing",
    How.APPOINTED: "Appointed",
}
FEWER = "fewer than five"
NEARLY_ALL = "not shown: fewer than five said otherwise"


def _shown(count: int, said: int) -> int | str:
    """The count, unless it is small, or so large that it would tell the answer of each who gave one."""
    if count < FEWEST:
        return FEWER
    return count if said - count >= FEWEST else NEARLY_ALL


Said = frozenset[tuple[int, str]]


def line_shown(answers: Iterable[RoleOrigin]) -> Said:
    """Of one HSCP's answers, oldest first: who said what in the last line that may stand, month by month."""
    shown, newest = frozenset[tuple[int, str]](), dict[int, tuple[int, str]]()
    for _, said in groupby(answers, lambda answer: timezone.localtime(answer.said_at).strftime("%Y-%m")):
        newest |= {answer.held_id: (answer.held.person_id, answer.how) for answer in said}
        line = frozenset(pair for pair in newest.values() if pair[1])
        if len({person for person, _ in line ^ shown}) >= FEWEST:
            shown = line
    return shown


def _answers(hscps: list[HSCP], *, before: date) -> dict[int, list[RoleOrigin]]:
    moment = timezone.make_aware(datetime.combine(before, time.min))
    rows = RoleOrigin.objects.filter(hscp__in=hscps, said_at__lt=moment).select_related("held")
    by_hscp: dict[int, list[RoleOrigin]] = defaultdict(list)
    for answer in rows.order_by("said_at", "pk"):
        by_hscp[answer.hscp_id].append(answer)
    return by_hscp
