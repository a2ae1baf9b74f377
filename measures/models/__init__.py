"""What is counted, how, by whom, and who may see whose figures."""

from measures.models.definitions import HouseRuleset, Measure, MeasurePause, Ruleset
from measures.models.discussion import SoWhat
from measures.models.figures import DataPoint, Phase
from measures.models.sharing import Consent

__all__ = ["Consent", "DataPoint", "HouseRuleset", "Measure", "MeasurePause", "Phase", "Ruleset", "SoWhat"]
