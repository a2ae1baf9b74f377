"""Single sign-on knows people by issuer and `sub`: linked once, after an invitation, never by e-mail (S19)."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage import default_storage
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.services import add_person
from accounts.services.invitations import PROVEN
from clusters.services.invitations import invite
from tests.accounts.test_invitation import PAGE, link_in, opened, state_of
from tests.office.post import delivered

APP = {
    "provider_id": "nhs",
    "name": "NHS Scotland account",
    "client_id": "x",
    "secret": "x",
    "settings": {"server_url": "https://login.example.org", "uid_field": "sub"},
}
NHS = {"email": "ruth@example.org", "how": "nhs", "password1": "", "password2": ""}


@pytest.fixture(autouse=True)
def single_sign_on(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [APP]}}


@pytest.fixture
def ruth(world):
    return add_person(email="ruth@example.org", full_name="Ruth Mackie", by=world.priya)


@pytest.fixture
def link(world, ruth):
    invite(person=ruth, by=world.priya)
    return link_in(*delivered())


def arrive(client, *, sub, email="ruth@example.org", verified=True):
    """What happens when the identity provider sends somebody back into this client's session."""
    request = RequestFactory().get("/accounts/oidc/nhs/login/callback/")
    request.session = import_module(django_settings.SESSION_ENGINE).SessionStore(client.session.session_key)
    request.user, request._messages = AnonymousUser(), default_storage(request)
    request.allauth = None
    account = SocialAccount(provider="nhs", uid=sub, extra_data={"sub": sub, "email": email})
    login = SocialLogin(
        user=User(email=email, full_name="From outside"),
        account=account,
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
    )
    login.state = {"process": "login"}
    with request_context(request):
        login.provider = get_adapter().get_provider(request, "nhs")
        answer = complete_login(request, login)
    request.session.save()
    return request, answer


def who_came_in(request):
    pk = request.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def proven(link):
    client = opened(link)
    page = client.post(PAGE, NHS).content.decode()
    assert "Go on to my NHS Scotland account" in page
    assert re.search(r'<form method="post" action="/accounts/oidc/nhs/login/', page)
    return client


def test_the_page_offers_it_only_where_there_is_one(link, settings):
    client = opened(link)
    assert "Use my NHS Scotland account instead" in client.get(PAGE).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    page = client.get(PAGE).content.decode()
    assert "NHS Scotland account" not in page
    assert "Choose a password" in client.post(PAGE, NHS).content.decode()


def test_after_the_address_is_proven_one_account_is_linked(world, ruth, link):
    client = proven(link)
    assert state_of(ruth) == "WAITING"
    request, _ = arrive(client, sub="abc", email="r.mackie@nhs.scot")
    assert who_came_in(request) == ruth
    account = SocialAccount.objects.get()
    assert (account.user, account.provider, account.uid) == (ruth, "nhs", "abc")
    assert state_of(ruth) == "ACCEPTED"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ruth@example.org"]
    (letter,) = delivered()
    assert letter.to == ["ruth@example.org"]
    assert "your NHS Scotland account was connected" in letter.body
    assert {"invitation accepted", "single sign-on connected", "signed.in"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )


def test_the_same_sub_with_another_e_mail_is_the_same_person(world, ruth, link):
    arrive(proven(link), sub="abc")
    request, _ = arrive(Client(), sub="abc", email="ruth.new-name@nhs.scot")
    assert who_came_in(request) == ruth
    ruth.refresh_from_db()
    assert ruth.email == "ruth@example.org"


@pytest.mark.parametrize("sub", ["other", "ABC", "abc ", "", "callum@example.org"])
def test_another_sub_with_the_same_e_mail_is_nobody(world, ruth, link, sub):
    arrive(proven(link), sub="abc")
    request, answer = arrive(Client(), sub=sub)
    assert who_came_in(request) is None
    assert "Accounts come with a role" in answer.content.decode()
    assert SocialAccount.objects.count() == 1


def test_a_verified_e_mail_of_somebody_here_opens_nothing(world):
    request, _ = arrive(Client(), sub="abc", email="callum@example.org")
    assert who_came_in(request) is None
    assert not SocialAccount.objects.exists()


def test_without_the_address_being_typed_nothing_is_linked(world, ruth, link):
    client = opened(link)
    client.post(PAGE, {**NHS, "email": "priya@example.org"})
    request, _ = arrive(client, sub="abc")
    assert who_came_in(request) is None
    assert state_of(ruth) == "WAITING"


def test_a_replay_in_the_same_session_links_no_second_account(world, ruth, link):
    client = proven(link)
    session = client.session
    proof = session[PROVEN]
    arrive(client, sub="abc")
    again = Client()
    session = again.session
    session[PROVEN] = proof
    session.save()
    again.cookies["sessionid"] = session.session_key
    request, _ = arrive(again, sub="second")
    assert who_came_in(request) is None
    assert SocialAccount.objects.count() == 1


def test_the_proof_is_good_for_a_quarter_of_an_hour(world, ruth, link):
    client = proven(link)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        request, _ = arrive(client, sub="abc")
    assert who_came_in(request) is None
    assert state_of(ruth) == "WAITING"


def test_somebody_else_coming_in_by_the_same_browser_uses_the_proof_up(world, ruth, link):
    SocialAccount.objects.create(user=world.nell, provider="nhs", uid="nells")
    EmailAddress.objects.create(user=world.nell, email=world.nell.email, verified=True, primary=True)
    request, _ = arrive(proven(link), sub="nells")
    assert who_came_in(request) == world.nell
    assert PROVEN not in request.session
    assert state_of(ruth) == "WAITING"


def test_who_came_by_single_sign_on_is_not_invited_again(world, ruth, link):
    arrive(proven(link), sub="abc")
    with pytest.raises(ValidationError, match="has a sign-in already"):
        invite(person=ruth, by=world.priya)


def test_the_page_of_connecting_is_in_our_look(link):
    page = opened(link).post(PAGE, NHS).content.decode()
    assert page.count("<h1") == 1
    assert "ds_site-header" in page
