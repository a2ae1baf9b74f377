"""Settings of a process of its own that sends the letters of a running test, through its mail server."""

import os

from portal.settings.test import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["CHILD_SMTP_PORT"])
