"""Passwords that everybody here would try first are refused (S16); Django's own validators do the rest."""

import re

from django.core.exceptions import ValidationError

from accounts.models import User

# What is left of a password without these words and without its digits and signs must still be something.
COMMON_HERE = (
    "portal cluster clusters practice practices surgery hscp health board boards nhs scotland scottish general doctor "
    "medical quality lead password welcome qwerty letmein summer autumn winter spring ayrshire arran borders dumfries "
    "galloway fife forth valley grampian greater glasgow clyde highland highlands lanarkshire lothian lothians orkney "
    "shetland tayside western isles edinburgh aberdeen dundee inverness"
).split()
LEFT_AT_LEAST = 6


class WordsOfThisPlace:
    """Refuses a password made of the portal's words, health boards' names, or the person's own name or address."""

    def validate(self, password: str, user: User | None = None) -> None:
        own = re.findall(r"\w{3,}", f"{user.full_name} {user.email}".casefold()) if user else []
        left = password.casefold()
        for word in sorted({*COMMON_HERE, *own}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(re.sub(r"[\W\d_]", "", left)) < LEFT_AT_LEAST and left != password.casefold():
            raise ValidationError(
                "This password is made of words that everybody here would try. Take others.", code="words_of_this_place"
            )

    def get_help_text(self) -> str:
        return "Not made of your name, your health board’s, or words like “cluster”."
