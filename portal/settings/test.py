"""The suite: as close to live as a test client allows (DEBUG off, the real password policy)."""

import os

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, VAR

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0123456789" * 5
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# One fast round: the suite signs in thousands of times, the real hasher has a test of its own.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SITE_ROOT = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests with several threads need several connections. One a process: runs side by side.
    # TEST_SQLITE names one that stays, for `pytest --reuse-db` while you work on a few tests.
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_SQLITE") or str(VAR / f"test-{os.getpid()}.sqlite3")}
