"""Seals what the database may hold and nobody may read there: second-step secrets, links in letters that wait, and
marks that stand for somebody without a name.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

LINK = "[link]"  # stands in a text for the link that is sealed beside it


def seal(text: str) -> str:
    """`text` encrypted with the secret key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, with today's secret key or an older one. Raises cryptography.fernet.InvalidToken."""
    return _box().decrypt(sealed.encode()).decode()


def marks_of(text: str) -> list[str]:
    """What may stand in the database for `text`, which it does not lead back to: by today's secret key, then older."""
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _keys()]


def _box() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys()])


def _keys() -> list[bytes]:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(str(key).encode()).digest() for key in keys]
