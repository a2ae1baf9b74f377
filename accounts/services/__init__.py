"""What changes people and how they come in. One module a subject."""

from accounts.services.people import add_person, allow_sign_in, change_person, stop_sign_in

__all__ = ["add_person", "allow_sign_in", "change_person", "stop_sign_in"]
