"""Who helps with what, on which terms roles are held, and what people declare. One module a subject."""

from directory.models.interests import Interest
from directory.models.support import NamedLink, SupportArea
from directory.models.terms import RoleTerms, TermsAcceptance

__all__ = ["Interest", "NamedLink", "RoleTerms", "SupportArea", "TermsAcceptance"]
