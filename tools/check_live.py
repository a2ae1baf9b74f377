"""Checks the production settings as production would load them: `check --deploy` with every warning fatal."""

import os
import subprocess
import sys

LIVE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.live",
    "SECRET_KEY": "not-a-real-key-" + "Zq7" * 20,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:x@db.example.org/portal?sslmode=verify-full",
    "SITE_ROOT": "https://portal.example.org",
    "EMAIL_URL": "smtp+ssl://mail.example.org:465",
}

sys.exit(
    subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], env={**os.environ, **LIVE}
    ).returncode
)
