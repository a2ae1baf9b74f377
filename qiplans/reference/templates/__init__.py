"""The templates of projects that ship with the portal (PLN-11, 32 to 35)."""

from qiplans.reference.templates.basket import BASKET
from qiplans.reference.templates.conditions import CONDITION_PROJECTS
from qiplans.reference.templates.medicines import MEDICINE_PROJECTS
from qiplans.reference.templates.model import Counted, Template
from qiplans.reference.templates.working import WORKING_PROJECTS

SHIPPED: tuple[Template, ...] = (*BASKET, *MEDICINE_PROJECTS, *CONDITION_PROJECTS, *WORKING_PROJECTS)

__all__ = ["SHIPPED", "Counted", "Template"]
