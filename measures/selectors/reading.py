"""How charts are read: the rules that are set, whether they still can be chosen, and the phases of a measure."""

from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.words import EXPLAINED
from measures.models import HouseRuleset, Measure, Phase
from practices.models import HSCP


def house_ruleset_of(hscp: HSCP) -> str:
    """The rules that new run charts of its clusters begin with."""
    house = HouseRuleset.objects.filter(hscp=hscp).first()
    return house.ruleset if house else Ruleset.PERLA


def run_chart_rules() -> list[tuple[str, str]]:
    """The rulesets for run charts: the name of each and what it looks for."""
    names = dict(HouseRuleset._meta.get_field("ruleset").flatchoices)
    return [(names[ruleset], EXPLAINED[ruleset]) for ruleset in Chart.RUN.rulesets]


def has_figures(measure: Measure) -> bool:
    """Whether anything was entered for it: then its rules are fixed."""
    return measure.points.exists()


def phase_of(measure: Measure, pk: int) -> Phase | None:
    """A phase by its number, if it is one of this measure."""
    return measure.phases.filter(pk=pk).first()
