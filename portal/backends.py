"""Who the person of a session is, with the roles that they hold today in the same query."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from clusters.selectors import roles_on
from shared.dates import today


class PersonWithRoles(ModelBackend):
    """Django's own backend. Every page needs the person and their roles, so they are asked for together."""

    def get_user(self, user_id: int) -> User | None:
        """The person who may sign in, with `roles_on` for `reach_of`; None for any other."""
        day = today()
        rows = roles_on(user_id, on=day)
        person = rows[0].person if rows else super().get_user(user_id)
        if person is None or not self.user_can_authenticate(person):
            return None
        person.roles_on = (day, rows)  # type: ignore[attr-defined]
        return person
