"""Production. Everything that may differ between servers comes from the environment; see README."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import LOGGING, VAR, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SECOND_STEP_REQUIRED = env.bool("SECOND_STEP_REQUIRED", default=True)

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Only where a proxy strips the header from outside; without it the redirect would loop behind one.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_NAME = "__Host-s"
CSRF_COOKIE_NAME = "__Host-c"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR / "static")

EMAIL_CONFIG = env.email("EMAIL_URL", default="smtp+ssl://localhost:465")
vars().update(EMAIL_CONFIG)
SITE_ROOT = env("SITE_ROOT").rstrip("/")
LETTERS_BESIDE = True

LOGGING["loggers"]["django_structlog"]["level"] = "INFO"
