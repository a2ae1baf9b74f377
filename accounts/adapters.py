"""How sign-in (django-allauth) behaves here: by invitation only, on the audit trail, second-step secrets encrypted."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account import signals as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa import signals as second_step
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.selectors import may_set_password
from accounts.services.invitations import (
    PROVEN,
    PROVEN_FOR,
    NoLongerOpen,
    accept_with_single_sign_on,
    settle_invitation,
)
from shared.plugs import plugged
from shared.sealing import LINK, seal, unseal

RESET = "password_reset_url"
LINKS = (RESET, "activate_url")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come with a role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand every letter of the sign-in pages to the outbox: no mail server is asked while somebody waits (S48)."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        if person is None or (RESET in context and not may_set_password(person)):
            return
        name = next((name for name in LINKS if name in context), "")
        shown = {"request": self.request, "email": email, "user": person, **context, **({name: LINK} if name else {})}
        message = self.render_mail(template_prefix, email, shown)
        until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) if name == RESET else None
        for write in plugged("LETTER_WRITERS"):
            write(
                to=email,
                person=person,
                subject=message.subject,
                body=message.body,
                reason=f"{template_prefix.rpartition('/')[2]}:{uuid4()}",
                link=context.get(name, ""),
                useful_until=until,
            )

    def login(self, request: HttpRequest, user: Any) -> None:
        """The last step of every way in, the second step passed."""
        super().login(request, user)
        audit.record("signed.in", user, by=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        typed = credentials.get("email", "")
        audit.record_attempt("sign-in.failed", User.objects.filter(email__iexact=typed).first())


class InvitedOnlyAdapter(DefaultSocialAccountAdapter):
    """Single sign-on knows a person by issuer and `sub`; it never makes or links an account by e-mail.

    The one way to be linked: an invitation whose address was typed into this session a moment ago. It links one
    account, to the person invited, once.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        proof = request.session.pop(PROVEN, None)
        is_new = not sociallogin.is_existing and sociallogin.state.get("process") != AuthProcess.CONNECT
        if not proof or not is_new or timezone.now() - datetime.fromisoformat(proof["at"]) > PROVEN_FOR:
            return
        try:
            with transaction.atomic():
                person = accept_with_single_sign_on(token_hash=proof["invitation"])
                sociallogin.connect(request, person)
        except NoLongerOpen:
            return
        audit.record("single sign-on connected", person, by=person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class EncryptedSecondStepAdapter(DefaultMFAAdapter):
    """Keeps second-step secrets encrypted with the secret key (allauth's default is clear text)."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


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
    if signal in (account.password_reset, account.password_set):
        settle_invitation(person=user)
    detail = {"method": str(authenticator.type)} if authenticator is not None else None
    audit.record(CHANGED[signal], user, by=user, detail=detail)


def _second_step_failed(user: User, **rest: Any) -> None:
    audit.record_attempt("second_step.failed", user)
