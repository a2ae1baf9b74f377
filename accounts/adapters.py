"""How sign-in (django-allauth) behaves here: by invitation only, on the audit trail, second-step secrets encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals as second_step
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest

from accounts import audit
from accounts.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come with a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """The last step of every way in, the second step passed."""
        super().login(request, user)
        audit.record("signed.in", user, by=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        typed = credentials.get("email", "")
        audit.record_attempt("sign-in.failed", User.objects.filter(email__iexact=typed).first())


class InvitedOnlyAdapter(DefaultSocialAccountAdapter):
    """Single sign-on knows a person by issuer and `sub`; it never makes or links an account by e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class EncryptedSecondStepAdapter(DefaultMFAAdapter):
    """Keeps second-step secrets encrypted with the secret key (allauth's default is clear text)."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


# --- What the adapters are not asked about: allauth's documented signals ---------------------------

CHANGED = {
    account.password_changed: "password.changed",
    account.password_set: "password.set",
    account.password_reset: "password.reset",
    second_step.authenticator_added: "second_step.added",
    second_step.authenticator_removed: "second_step.removed",
    second_step.authenticator_reset: "second_step.renewed",
}


def listen() -> None:
    """Put password and second-step changes on the audit trail. Called once, when the site starts."""
    for signal in CHANGED:
        signal.connect(_changed, dispatch_uid="accounts.audit")
    second_step.authentication_failed.connect(_second_step_failed, dispatch_uid="accounts.audit")


def _changed(signal: Signal, user: User, authenticator: Any = None, **rest: Any) -> None:
    detail = {"method": str(authenticator.type)} if authenticator is not None else None
    audit.record(CHANGED[signal], user, by=user, detail=detail)


def _second_step_failed(user: User, **rest: Any) -> None:
    audit.record_attempt("second_step.failed", user)
