"""A laptop: no environment needed. Mail becomes files, the secret key is made on first use."""

from django.core.management.utils import get_random_secret_key

from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR

DEBUG = True
DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]

_key = VAR / "secret_key"
if not _key.exists():
    _key.write_text(get_random_secret_key() + get_random_secret_key())
SECRET_KEY = _key.read_text()

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
