"""The case for a change: what a project's own rows say of it, put together for a decision of the HSCP (DAT-17)."""

from dataclasses import dataclass

from accounts.reach import Reach
from measures.analysis.before_after import Change, before_and_after
from measures.models import SoWhat
from measures.selectors import Chart
from measures.selectors.so_what import latest_meanings
from qiplans.models import Cycle, Project, SupportAsk
from qiplans.rules import case as words
from qiplans.rules.charters import answers_support, purpose_of
from qiplans.selectors.charters import support_within
from qiplans.selectors.guidance import project_tools
from qiplans.selectors.projects import project_page

CHANGED = (Change.SUSTAINED, Change.NOT_HELD)


@dataclass(frozen=True)
class Seen:
    """A measure with its chart, and what the cluster said last that it means."""

    chart: Chart
    meaning: SoWhat | None

    @property
    def so_what(self) -> str:
        return self.meaning.meaning if self.meaning else words.NOT_DISCUSSED

    @property
    def shows_something(self) -> bool:
        """Whether its latest phase has a signal, or differs from the one before."""
        reading = self.chart.reading
        latest = reading.phases[-1].first if reading.phases else 0
        compared = before_and_after(reading)
        has_signal = any(signal.first >= latest for signal in reading.signals)
        return has_signal or (compared is not None and compared.change in CHANGED)


@dataclass(frozen=True)
class Tried:
    """A change idea and the cycles that tested it."""

    idea: str
    cycles: list[Cycle]


@dataclass(frozen=True)
class CasePage:
    """The case as its reader may see it, by the rules of the project's page.

    Above the cluster `why_now` is the purpose that a meeting agreed, and nobody reads what the cluster said of its
    charts. `knows_asks`: whether what was asked of the HSCP is this reader's to see.
    """

    project: Project
    is_inside: bool
    why_now: str
    seen: list[Seen]
    tried: list[Tried]
    asks: list[SupportAsk]
    knows_asks: bool

    @property
    def nothing_seen(self) -> str:
        """Why the charts show nothing yet, in a sentence; empty where one of them shows something."""
        charts = [seen.chart for seen in self.seen]
        if any(seen.shows_something for seen in self.seen):
            return ""
        if not charts:
            return "No measure yet, so no chart says whether it made a difference."
        if not any(chart.rows for chart in charts):
            return "The charts show nothing yet: no figure has been entered."
        if not any(chart.is_enough for chart in charts):
            return "The charts show nothing yet: there are too few figures to tell a change from chance."
        return "The charts show no change so far: none of them has a signal."

    @property
    def why(self) -> str:
        return self.why_now or words.NO_REASON

    @property
    def nothing_tried(self) -> str:
        return "" if self.tried else words.NOTHING_TRIED

    @property
    def help(self) -> str:
        """What would help, in the project's own words; else whether it has asked the HSCP, for those who may know."""
        if self.project.could_use_help_with:
            return self.project.could_use_help_with
        if not self.knows_asks:
            return words.HELP_KEPT
        return words.HELP_ASKED if self.asks else words.NO_HELP

    @property
    def nothing_to_decide(self) -> str:
        """Why no decision is asked for here; empty where one is."""
        if self.to_decide:
            return ""
        if not self.knows_asks:
            return words.ASKS_KEPT
        return words.NOTHING_WAITS if self.decided else words.NOTHING_ASKED

    @property
    def to_decide(self) -> list[SupportAsk]:
        """What waits for an answer of the HSCP, the oldest first."""
        return [ask for ask in self.asks if not ask.decision]

    @property
    def decided(self) -> list[SupportAsk]:
        return [ask for ask in self.asks if ask.decision]


def case_page(reach: Reach, project: Project) -> CasePage:
    """The case of a project that the reader may open, in as many queries for one measure as for twenty."""
    page = project_page(reach, project)
    meanings = latest_meanings([chart.measure for chart in page.charts]) if page.is_inside else {}
    return CasePage(
        project=project,
        is_inside=page.is_inside,
        why_now=purpose_of(project) if page.is_inside else project.priority.agreed_purpose,
        seen=[Seen(chart, meanings.get(chart.measure.pk)) for chart in page.charts],
        tried=_tried(reach, project),
        asks=list(support_within(reach).filter(project=project).order_by("asked_at", "pk")),
        knows_asks=page.is_inside or answers_support(reach, SupportAsk(project=project)),
    )


def _tried(reach: Reach, project: Project) -> list[Tried]:
    """The cycles that were carried out, of those that the reader sees on the project's page."""
    rows = project_tools(reach, project).ramps
    found = [Tried(row.ramp.name, [cycle for cycle in row.cycles if cycle.done_at]) for row in rows]
    return [tried for tried in found if tried.cycles]
