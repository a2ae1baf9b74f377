"""The sign-in forms in the portal's words: labels in British English, errors that say what to do, no placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from django import forms

EMAIL = ("E-mail address", "Give your e-mail address.")
PASSWORD = ("Password", "Give your password.")
CODE = ("Code from the app", "Give the six digits that the app shows.")
NEW = ("New password", "Choose a new password.")
AGAIN = ("New password, once more", "Give the new password once more.")


class _OurWords(forms.BaseForm):
    """Puts `words` (a field's name to its label and what to say when it is empty) over allauth's own."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, missing) in self.words.items():
            if name in self.fields:
                field = self.fields[name]
                field.label = label
                field.error_messages["required"] = missing
                field.widget.attrs.pop("placeholder", None)


class LoginForm(_OurWords, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}


class ResetPasswordForm(_OurWords, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ResetPasswordKeyForm(_OurWords, account.ResetPasswordKeyForm):
    words = {"password1": NEW, "password2": AGAIN}


class ChangePasswordForm(_OurWords, account.ChangePasswordForm):
    words = {"oldpassword": ("The password you have now", "Give the password you have now."), "password1": NEW}
    words |= {"password2": AGAIN}


class SetPasswordForm(_OurWords, account.SetPasswordForm):
    words = {"password1": NEW, "password2": AGAIN}


class AddEmailForm(_OurWords, account.AddEmailForm):
    words = {"email": EMAIL}


class ReauthenticateForm(_OurWords, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class AuthenticateForm(_OurWords, second_step.AuthenticateForm):
    words = {"code": ("Code from the app, or a recovery code", "Give a code.")}


class ReauthenticateCodeForm(_OurWords, second_step.ReauthenticateForm):
    words = {"code": ("Code from the app, or a recovery code", "Give a code.")}


class ActivateAppForm(_OurWords, app.ActivateTOTPForm):
    words = {"code": CODE}
