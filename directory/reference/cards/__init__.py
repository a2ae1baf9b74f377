"""The card of each role: what its holder decides alone, on what they consult, what they refer up."""

from accounts.roles import Role
from directory.reference.cards.above import ABOVE
from directory.reference.cards.card import HOURS_A_SESSION, Card, Source
from directory.reference.cards.inside import INSIDE
from directory.reference.cards.keepers import KEEPERS

CARDS: dict[Role, Card] = {**INSIDE, **ABOVE, **KEEPERS}

__all__ = ["CARDS", "HOURS_A_SESSION", "Card", "Source"]
