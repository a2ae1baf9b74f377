"""Rowan: seven practices, most of a year, one minute still to be published."""

from portal.demo.year.rowan.first_half import FIRST
from portal.demo.year.rowan.plans import PLANS
from portal.demo.year.rowan.second_half import SECOND

MEETINGS = FIRST + SECOND

__all__ = ["MEETINGS", "PLANS"]
