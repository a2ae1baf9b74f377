"""A cluster's plan for a year: how priorities are chosen, the projects that follow from them, and their tools."""

from qiplans.models.charters import Charter, Milestone, OptIn, Partner, Progress, SupportAsk
from qiplans.models.diagrams import Diagram, DiagramLine
from qiplans.models.learning import LearningAnswer, LearningNeeds
from qiplans.models.lenses import Lens, QualityReading, ReadingGiven
from qiplans.models.pdsa import Cycle, Feedback, Question, Ramp
from qiplans.models.plans import Plan, Priority
from qiplans.models.projects import ProgressUpdate, Project, ProjectMeasure, ProjectStep
from qiplans.models.requests import AnalystCard, AnalystRequest, AnalystStep
from qiplans.models.strategy import Emergency, StrategicLine
from qiplans.models.studio import Candidate, Disagreement, Score
from qiplans.models.templates import OwnTemplate
from qiplans.models.versions import PlanVersion, SignOff, VersionLine
from qiplans.models.votes import OpenVote, Option, Round, Voter

__all__ = [
    "AnalystCard",
    "AnalystRequest",
    "AnalystStep",
    "Candidate",
    "Charter",
    "Cycle",
    "Diagram",
    "DiagramLine",
    "Disagreement",
    "Emergency",
    "Feedback",
    "LearningAnswer",
    "LearningNeeds",
    "Lens",
    "Milestone",
    "OpenVote",
    "OptIn",
    "Option",
    "OwnTemplate",
    "Partner",
    "Plan",
    "PlanVersion",
    "Priority",
    "Progress",
    "ProgressUpdate",
    "Project",
    "ProjectMeasure",
    "ProjectStep",
    "QualityReading",
    "Question",
    "Ramp",
    "ReadingGiven",
    "Round",
    "Score",
    "SignOff",
    "StrategicLine",
    "SupportAsk",
    "VersionLine",
    "Voter",
]
