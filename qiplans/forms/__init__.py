"""What plans and projects ask for. No form writes."""

from qiplans.forms.plans import AgreeForm, PriorityForm
from qiplans.forms.projects import ActionForm, IdeaForm, MoveForm, ProjectForm, ShareForm, UpdateForm

__all__ = ["ActionForm", "AgreeForm", "IdeaForm", "MoveForm", "PriorityForm", "ProjectForm", "ShareForm", "UpdateForm"]
