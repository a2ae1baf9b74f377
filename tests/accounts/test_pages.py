"""Every sign-in and security page is in the portal's look: no foreign template, no inline style or script."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

OPEN = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
]
OWN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "usersessions_list",
    "socialaccount_connections",
]
WITH_SECOND_STEP = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]


def signed_in(world):
    """A real sign-in, shown once more: the security pages ask for that."""
    EmailAddress.objects.get_or_create(
        user=world.callum, email=world.callum.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    client.post(reverse("account_login"), {"login": world.callum.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def check(answer):
    assert answer.status_code in (200, 401), answer.get("Location")
    page = answer.content.decode()
    assert page.count("<h1") == 1
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S).group(1).strip()
    assert f"<title>{heading} – " in page
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|<style", page)
    assert "ds_site-header" in page
    assert not re.search(r"[Ee]mail\b(?! )|Sign In|Two-Factor|invalid|successfully", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("name", OPEN)
def test_open_pages(world, client, name):
    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_own_pages(world, name):
    check(signed_in(world).get(reverse(name)))


@pytest.mark.parametrize("name", WITH_SECOND_STEP)
def test_pages_of_the_second_step(world, name):
    client = signed_in(world)
    totp.TOTP.activate(world.callum, totp.generate_totp_secret())
    RecoveryCodes.activate(world.callum)
    check(client.get(reverse(name)))


def test_asked_for_the_second_step(world):
    EmailAddress.objects.create(user=world.callum, email=world.callum.email, verified=True, primary=True)
    totp.TOTP.activate(world.callum, totp.generate_totp_secret())
    client = Client()
    client.post(reverse("account_login"), {"login": world.callum.email, "password": PASSWORD})
    check(client.get(reverse("mfa_authenticate")))
