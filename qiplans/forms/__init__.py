"""What plans and projects ask for. No form writes."""

from qiplans.forms.plans import AgreeForm, PriorityForm
from qiplans.forms.projects import ActionForm, MoveForm, ProjectForm, UpdateForm

__all__ = ["ActionForm", "AgreeForm", "MoveForm", "PriorityForm", "ProjectForm", "UpdateForm"]
