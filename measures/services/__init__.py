"""Everything that changes measures and their figures."""

from measures.services.consents import say_consent
from measures.services.definitions import (
    NameTaken,
    UnitFixed,
    begin_measure_again,
    change_measure,
    define_measure,
    end_measure,
)
from measures.services.figures import MeasureEnded, PeriodTaken, change_point, enter_point
from measures.services.marking import (
    PhaseTaken,
    RulesetFixed,
    begin_phase,
    choose_ruleset,
    freeze_baseline,
    mark_point,
    set_house_ruleset,
    take_back_phase,
)
from measures.services.practice_figures import Entered, enter_for_practice
from measures.services.so_what import say_so_what
from measures.services.upload import PlanOutdated, carried, load_figures, read_carried
from measures.services.writing import ChangedMeanwhile, change, holds

__all__ = [
    "ChangedMeanwhile",
    "Entered",
    "MeasureEnded",
    "NameTaken",
    "PeriodTaken",
    "PhaseTaken",
    "PlanOutdated",
    "RulesetFixed",
    "UnitFixed",
    "begin_measure_again",
    "begin_phase",
    "carried",
    "change",
    "change_measure",
    "change_point",
    "choose_ruleset",
    "define_measure",
    "end_measure",
    "enter_for_practice",
    "enter_point",
    "freeze_baseline",
    "holds",
    "load_figures",
    "mark_point",
    "read_carried",
    "say_consent",
    "say_so_what",
    "set_house_ruleset",
    "take_back_phase",
]
