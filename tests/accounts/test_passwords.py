"""Words that everybody here would try are no password (S16); everything else is left to its owner."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.settings import base


@pytest.mark.parametrize(
    "password",
    [
        "Cluster-Portal-2026",
        "NHS Lanarkshire!!",
        "callumreid1234",
        "reid.cluster.1",
        "practice quality lead",
        "Grampian2026Health",
        "password1234",
        "short",
    ],
)
def test_refused(world, password):
    with pytest.raises(ValidationError):
        validate_password(password, user=world.callum)


@pytest.mark.parametrize(
    "password",
    [
        "otter heather teapot",
        "gentle-rowan-berries",
        "my cluster of wild garlic",
        "ключ под ковриком",
        "кластер practice ключик",
        "🦦🦡🦔🐿🦊🐺🦝🐗🐴🦄🐝🐛",
        "x" * 9 + "yz1",
    ],
)
def test_taken(world, password):
    assert validate_password(password, user=world.callum) is None  # it would have raised


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    from django.contrib.auth.hashers import make_password

    assert identify_hasher(make_password("otter heather teapot")).algorithm == "argon2"
