"""What rides on a request."""

from django.http import HttpRequest

from accounts.models import User
from accounts.reach import Reach


class PortalRequest(HttpRequest):
    """A request as views meet it: `user` signed in, `reach` filled by `portal.middleware.ReachOnRequest`."""

    user: User  # type: ignore[assignment]
    reach: Reach
