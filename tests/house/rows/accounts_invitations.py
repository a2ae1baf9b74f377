"""Accepting an invitation is open to everybody: without its link there is nothing to see, signed in nothing to do."""

from tests.house.matrix import Row

ROWS = [
    Row("accounts:invitation_open", lambda w: ["zzzzzzzzzz"], get={302: "everyone"}, open=True),
    Row(
        "accounts:invitation",
        get={200: "everyone"},
        post={200: "everyone"},
        data=lambda w: {"email": "callum@example.org", "password1": "x", "password2": "x"},
        open=True,
    ),
]
