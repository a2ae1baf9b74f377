"""What measures and figures ask for. No form writes."""

from measures.forms.consents import ConsentForm
from measures.forms.definitions import MeasureForm, UseForm
from measures.forms.fields import FigureField
from measures.forms.figures import PointChangeForm, PointForm
from measures.forms.marking import (
    BaselineForm,
    HouseRulesetForm,
    PhaseForm,
    PhaseTakenBackForm,
    PointMarkForm,
    RulesetForm,
)
from measures.forms.practice_figures import PracticeFigureForm
from measures.forms.so_what import SoWhatForm
from measures.forms.upload import FigureTableForm

__all__ = [
    "BaselineForm",
    "ConsentForm",
    "FigureField",
    "FigureTableForm",
    "HouseRulesetForm",
    "MeasureForm",
    "PhaseForm",
    "PhaseTakenBackForm",
    "PointChangeForm",
    "PointForm",
    "PointMarkForm",
    "PracticeFigureForm",
    "RulesetForm",
    "SoWhatForm",
    "UseForm",
]
