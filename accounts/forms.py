"""The sign-in forms in the portal's words: labels in British English, errors that say what to do, no placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from django import forms
from django.core.exceptions import ValidationError

from shared.forms import PortalForm

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


def _password(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": missing, "max_length": "A password has at most 1,000 characters."},
    )


class InvitationForm(PortalForm):
    """Feeds `services.invitations`: the address at which the invitation arrived, and a password to have from now on.

    With the button `how` = "nhs" single sign-on takes the place of the password.
    """

    UNGUARDED = ("password1", "password2")  # never stored

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="The one at which the invitation reached you.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "Type an address like a.rahman@nhs.scot.",
        },
    )
    password1 = _password(
        "Choose a password", "Choose a password.", "12 characters or more. Three words that do not belong together do."
    )
    password2 = _password("The password once more", "Type the password once more.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_single_sign_on = self.data.get("how") == "nhs"
        for name in self.UNGUARDED:
            self.fields[name].required = not self.is_single_sign_on

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        first = self.cleaned_data.get("password1")
        if not self.is_single_sign_on and first and again != first:
            raise ValidationError("The two passwords differ. Type the same one twice.")
        return again
