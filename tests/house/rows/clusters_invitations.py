"""Who may invite people, one by one or by a file, and change names and addresses."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person
from clusters.parsing.people_list import read_people_list
from clusters.selectors.people_lists import people_plan
from clusters.selectors.reach import reach_of
from clusters.services import assign_role
from clusters.services.invitations import invite
from clusters.services.people_lists import carried
from tests.house.matrix import Row

LOOK = {200: "priya olive isla"}
KEEP = {200: "priya isla", 403: "olive"}
KEPT = {302: "priya isla", 403: "olive"}
WHOLE = {200: "priya", 403: "olive isla"}
WHOLLY = {302: "priya", 403: "olive isla"}

LIST = b"e-mail,name,role,place,first day\nnew.one@example.org,Ruth Orr,Deputy for the Practice Quality Lead,90001,\n"


def a_newcomer(w):
    """Somebody with a role at Alder and no way in yet; once, where the sweeps make all rows in one world."""
    if here := User.objects.filter(email="ruth@example.org").first():
        return here
    ruth = add_person(email="ruth@example.org", full_name="Ruth Mackie", by=w.priya)
    assign_role(person=ruth, role=Role.DEPUTY, at=w.alder, starts_on=w.today, by=w.priya)
    return ruth


def _not_invited(w):
    return [a_newcomer(w).pk]


def _invited(w):
    ruth = a_newcomer(w)
    invite(person=ruth, by=w.priya)
    return [ruth.pk]


def _shown(w):
    rows = read_people_list(LIST).rows
    plan = people_plan(rows, reach_of(w.priya, on=w.today))
    return {"rows": carried(rows, by=w.priya), "fingerprint": plan.fingerprint}


ROWS = [
    Row("clusters:invitation_list", lambda w: _invited(w)[:0], get=LOOK),
    Row("clusters:person_invite", _not_invited, get=KEEP, post=KEPT),
    Row("clusters:invitation_take_back", _invited, get=KEEP, post=KEPT),
    Row(
        "clusters:person_change",
        lambda w: [w.callum.pk],
        get=WHOLE,
        post=WHOLLY,
        data=lambda w: {"full_name": "Callum Reid-Orr", "email": "callum.orr@example.org"},
    ),
    Row("clusters:people_template", get=KEEP),
    Row("clusters:people_upload", get=KEEP, post=KEEP, data=lambda w: {"file": SimpleUploadedFile("people.csv", LIST)}),
    Row("clusters:people_bring", get=KEPT, post=KEPT, data=_shown),
]
