"""What ties a form to who sent it."""

from uuid import UUID, uuid5


def own_nonce(nonce: UUID, *parts: object) -> UUID:
    """What is stored for the nonce of a form: tied to `parts` (the person, the forum), so nobody else can meet it."""
    return uuid5(nonce, repr(parts))
