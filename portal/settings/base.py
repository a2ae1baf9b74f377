"""What every place has in common. Places differ only in `dev`, `test` and `live`."""

from pathlib import Path
from typing import Any

import environ
import structlog
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
VAR.mkdir(exist_ok=True)

env = environ.Env()

# Ours, from the floorboards to the roof. Whoever asks "which are ours" asks here.
OWN_APPS = (
    "shared",
    "accounts",
    "office",
    "practices",
    "clusters",
    "directory",
    "meetings",
    "measures",
    "qiplans",
    "escalations",
    "reporting",
    "portal",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.humanize",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
    "csp",
    *OWN_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.ResponseHeaders",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.CleanInput",
    "portal.middleware.KeepTypedWords",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.middleware.SecondStep",
    "portal.middleware.ReachOnRequest",
    "portal.middleware.FormerAddresses",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.PatientNumbersRefused",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.navigation",
            ],
        },
    }
]

# SQLite: WAL and IMMEDIATE together take "database is locked" from 710 in 1,600 writes to none.
SQLITE: dict[str, Any] = {
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
        ),
    },
}
# No statement, wait for a lock or forgotten transaction may hold the others up (milliseconds).
POSTGRESQL: dict[str, Any] = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000"
    },
}

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
_engine = DATABASES["default"]["ENGINE"]
_ours = SQLITE if _engine.endswith("sqlite3") else POSTGRESQL
DATABASES["default"].update({**_ours, "OPTIONS": {**_ours["OPTIONS"], **DATABASES["default"].get("OPTIONS", {})}})

# Rate limits must be shared by all server processes, so the cache lives in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "D j M Y"
DATETIME_FORMAT = "D j M Y, H:i"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [ROOT / "static"]

# --- Sign-in -----------------------------------------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "portal.backends.PersonWithRoles",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("full_name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.WordsOfThisPlace"},
]
ACCOUNT_ADAPTER = "accounts.adapters.ClosedAccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.InvitedOnlyAdapter"
MFA_ADAPTER = "accounts.adapters.EncryptedSecondStepAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = "GP Cluster Portal: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A hospital shares one address: an account is slowed at once, an address only when many fail from it.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "invitation": "60/m/ip,10/900s/key",
}
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "GP Cluster Portal"
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SECOND_STEP_REQUIRED = env.bool("SECOND_STEP_REQUIRED", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "nhs",
                "name": "NHS Scotland account",
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_SECRET"),
                # Identity is issuer + sub; an e-mail address or a user name may change hands.
                "settings": {"server_url": env("OIDC_SERVER_URL"), "uid_field": "sub"},
            }
        ]
        if env("OIDC_SERVER_URL", default="")
        else [],
    }
}

SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

# --- Headers -----------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o640

# --- What upper floors plug into lower ones (shared/plugs.py) -------------------------------------
HANDOVERS = (
    "meetings.services.handovers.open_actions",
    "qiplans.services.handovers.project_leads",
    "qiplans.services.handovers.cycles_owned",
    "escalations.services.handovers.raised",
    "escalations.services.handovers.waiting_on_rungs",
    "escalations.services.handovers.safety_leads",
    "meetings.services.handovers.questions_to_answer",
    "meetings.services.handovers.questions_asked",
    "meetings.services.handovers.meetings_ahead",
    "meetings.services.handovers.drafts",
    "escalations.services.handovers.confidential",
)
# What stands on an agenda by itself, and what people are reminded of.
AGENDA_SOURCES: tuple[str, ...] = (
    "meetings.selectors.agenda_lines.parked_lines",
    "meetings.selectors.agenda_lines.topic_lines",
    "meetings.selectors.agenda_lines.action_lines",
    "meetings.selectors.agenda_lines.answer_lines",
    "meetings.selectors.agenda_lines.look_back_lines",
    "meetings.selectors.agenda_lines.minutes_lines",
    "meetings.selectors.agenda_lines.question_lines",
    "escalations.selectors.agenda.decision_lines",
    "escalations.selectors.agenda.waiting_lines",
    "measures.selectors.so_what.chart_lines",
    "qiplans.selectors.agenda.project_lines",
    "qiplans.selectors.agenda.plan_lines",
    "qiplans.selectors.agenda.help_lines",
    "qiplans.selectors.pdsa.cycle_lines",
    "qiplans.selectors.agenda.milestone_lines",
    "qiplans.selectors.agenda.asked_lines",
)
DIGEST_SOURCES: tuple[str, ...] = (
    "meetings.selectors.digest.actions_to_tell",
    "meetings.selectors.digest.asks_to_tell",
    "meetings.selectors.digest.meetings_to_tell",
    "meetings.selectors.digest.decisions_to_tell",
    "escalations.selectors.digest.escalations_to_tell",
    "qiplans.selectors.digest.projects_to_tell",
    "measures.selectors.digest.figures_to_tell",
    "measures.selectors.digest.cluster_figures_to_tell",
    "qiplans.selectors.pdsa.cycles_to_tell",
    "qiplans.selectors.requests.requests_to_tell",
)
# Of which work measures are, and who leads it.
MEASURE_TIES: tuple[str, ...] = ("qiplans.selectors.ties.measure_ties",)
# Who keeps the figures of measures of some work.
MEASURE_KEEPERS: tuple[str, ...] = ("qiplans.selectors.ties.measure_keepers",)
# Measures whose work is over: querysets of ids.
MEASURES_OVER: tuple[str, ...] = ("qiplans.selectors.ties.measures_over",)
# What has to be known beside the figures of a cluster, such as an emergency that was declared.
MEASURE_CIRCUMSTANCES: tuple[str, ...] = ("qiplans.selectors.ties.circumstances",)
# What `manage.py daily` runs, in this order: functions that take the moment `at` and say in a sentence what they did.
DAILY_JOBS: tuple[str, ...] = (
    "portal.jobs.handovers",
    "portal.jobs.meetings",
    # What makes or changes something stands before the reminders, which tell of it.
    "portal.jobs.reminders",
    "portal.jobs.letters",
)
FORUM_CLOSINGS = ("escalations.selectors.forums.needs_forum",)
# How accounts, below the outbox, hand in what sign-in writes to people.
LETTER_WRITERS = ("office.services.letters.queue_letter",)

# --- Letters -----------------------------------------------------------------------------------
# Links in letters begin with this, never with what a request says about its host.
SITE_ROOT = env("SITE_ROOT", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
EMAIL_TIMEOUT = 10  # seconds that a mail server may take for a step
LETTERS_BESIDE = False  # where sending may take long (live), a thread does it beside the request

# --- Clusters --------------------------------------------------------------------------------------
# How large clusters usually are, as information: "least-most". The framework says 5-8 practices, most say 4-8.
CLUSTER_PRACTICES = env("CLUSTER_PRACTICES", default="4-8")
CLUSTER_PATIENTS = env("CLUSTER_PATIENTS", default="20000-40000")
CLUSTER_MANY_PRACTICES = env.int("CLUSTER_MANY_PRACTICES", default=12)
# Who says what a move, a merger or a closing touches above the clusters.
MOVE_EFFECTS = (
    "meetings.selectors.moves.meetings_touched",
    "meetings.selectors.moves.actions_touched",
    "meetings.selectors.moves.asks_touched",
    "qiplans.selectors.moves.projects_touched",
    "escalations.selectors.moves.escalations_touched",
)

# --- Look --------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = ["sgds"]
CRISPY_TEMPLATE_PACK = "sgds"
DJANGO_TABLES2_TEMPLATE = "django_tables2/portal.html"
DJANGO_TABLES2_PAGE_RANGE = 7
PORTAL_NAME = env("PORTAL_NAME", default="GP Cluster Portal")
DEMO = False

# Who tells the directory of people where urgent matters of an HSCP go.
URGENT_CONTACTS = ("escalations.selectors.urgent.urgent_contacts_of",)

# One JSON line a request (django-structlog), through the ordinary loggers: who, which address, which answer.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "portal.logs.NoPatientNumbers", "format": "%(levelname)s %(name)s %(message)s"},
        "json": {"()": "portal.logs.NoPatientNumbers", "format": "%(message)s"},
    },
    # Standard error: a command that prints JSON must have standard output to itself.
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "requests": {"class": "logging.StreamHandler", "formatter": "json"},
    },
    "loggers": {
        "django_structlog": {"handlers": ["requests"], "level": "WARNING", "propagate": False},
        # runserver brings a handler of its own, which would print addresses as they came.
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
