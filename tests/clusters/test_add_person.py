"""manage.py add_person: how the first administrator comes in."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters.selectors import reach_of
from tests.office.post import delivered


def test_the_first_administrator_of_an_empty_site(db, capsys):
    call_command("add_person", "First.Admin@nhs.scot", "Ada First", role="REGISTRY_ADMIN")
    ada = User.objects.get(email="first.admin@nhs.scot")
    assert not ada.has_usable_password()
    assert EmailAddress.objects.get(user=ada).verified
    held = ada.roles_held.get()
    assert reach_of(ada, on=held.starts_on).roles() == {Role.REGISTRY_ADMIN}
    said = capsys.readouterr().out
    assert "Ada First holds the role Registry administrator" in said
    assert "An invitation is on its way to first.admin@nhs.scot" in said
    (letter,) = delivered()
    assert letter.to == ["first.admin@nhs.scot"]
    assert "- Registry administrator\n" in letter.body
    assert set(AuditEvent.objects.values_list("actor", flat=True)) == {"command line"}


@pytest.mark.parametrize(
    ("role", "at", "field"),
    [
        ("CQL", "cluster:rowan", "cluster"),
        ("PQL", "practice:90000", "practice"),
        ("HSCP_LEAD", "hscp:S37000005", "hscp"),
        ("BOARD_LEAD", "board:S08000019", "board"),
    ],
)
def test_a_role_at_a_place(world, role, at, field):
    call_command("add_person", "una@example.org", "Una Blair", role=role, at=at)
    assert getattr(world.una.roles_held.get(), f"{field}_id")


@pytest.mark.parametrize(
    ("email", "role", "at", "words"),
    [
        ("una@example.org", "CQL", "cluster:none", "There is no place"),
        ("una@example.org", "CQL", None, "held at a cluster"),
        ("una@example.org", "AUDITOR", "cluster:rowan", "held at no single place"),
        ("una", "AUDITOR", None, "valid email address"),
        ("callum@example.org", "CQL", "cluster:rowan", "End that first"),
        ("hamish@example.org", "AUDITOR", None, "can no longer sign in"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, email, role, at, words):
    people = User.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("add_person", email, "Una Blair", role=role, at=at)
    assert User.objects.count() == people
