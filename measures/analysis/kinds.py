"""What kinds of chart there are, and the published rules that each can be read by."""

from enum import StrEnum


class Ruleset(StrEnum):
    """The published rules that a chart can be read by."""

    PERLA = "PERLA"
    ANHOEJ = "ANHOEJ"
    PHS = "PHS"
    MDC = "MDC"


class Chart(StrEnum):
    """What is drawn: a run chart, or a control chart of single values, of proportions or of rates."""

    RUN = "run"
    XMR = "i"
    P = "p"
    U = "u"

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """Those that it can be read by, the usual one first."""
        return (Ruleset.PERLA, Ruleset.ANHOEJ, Ruleset.PHS) if self is Chart.RUN else (Ruleset.MDC,)

    @property
    def is_of_shares(self) -> bool:
        """Whether it shows numerators of denominators, and has limits for each."""
        return self in (Chart.P, Chart.U)
