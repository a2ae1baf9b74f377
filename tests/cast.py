"""The cast of `architecture.md`: the same people and places in every test.

Rowan has seven practices in Strath HSCP and is led by Callum. Larch (Strath) is led by Duncan, who is clinical lead
of its locality too. Birch lies in another HSCP; Nell leads it and is always turned away.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, Forum, Membership, RoleAssignment
from practices.models import HSCP, ListSize, Locality, Practice
from practices.services import fill_reference
from shared.dates import today

PASSWORD = "gentle-rowan-berries"
ROWAN_PRACTICES = ("Alder", "Ash", "Beech", "Elm", "Hazel", "Holly", "Willow")
LARCH_PRACTICES = ("Pine", "Spruce", "Yew")
BIRCH_PRACTICES = ("Gean", "Rose")


class World(SimpleNamespace):
    """Everybody and everything by first name: `world.callum`, `world.rowan`, `world.alder`, `world.strath`."""

    people: dict[str, User]


def build_world() -> World:
    """Make the cast, as of today. Strath stands in the place of a real HSCP, so the reference table stays whole."""
    fill_reference()
    w = World()
    w.today = today()
    w.since = w.today - timedelta(days=400)
    w.strath = HSCP.objects.select_related("board").get(code="S37000005")
    w.neighbour = HSCP.objects.get(code="S37000013")
    w.board = w.strath.board
    w.east = Locality.objects.create(hscp=w.strath, name="East Strath")
    w.west = Locality.objects.create(hscp=w.strath, name="West Strath")
    w.rowan = _cluster(w, "Rowan", w.strath, w.east, ROWAN_PRACTICES)
    w.larch = _cluster(w, "Larch", w.strath, w.east, LARCH_PRACTICES)
    w.birch = _cluster(w, "Birch", w.neighbour, None, BIRCH_PRACTICES)
    w.east_quality = _forum("LOC_QUAL", "East Strath quality group", locality=w.east)
    w.management = _forum("LOC_MGMT", "East Strath management team", locality=w.east)
    w.governance = _forum("HSCP_GOV", "Strath clinical and care governance", hscp=w.strath)
    w.committee = _forum("BOARD", "Board clinical governance committee", board=w.board)
    _people(w)
    return w


def _forum(kind: str, name: str, **serves: object) -> Forum:
    return Forum.objects.create(kind=kind, name=name, slug=name.lower().replace(" ", "-"), **serves)


def _cluster(w: World, name: str, hscp: HSCP, locality: Locality | None, practices: tuple[str, ...]) -> Cluster:
    forum = _forum("CLUSTER", name, hscp=hscp)
    cluster = Cluster.objects.create(forum=forum, lead_hscp=hscp, locality=locality, starts_on=w.since)
    for practice_name in practices:
        practice = Practice.objects.create(
            code=f"{90000 + Practice.objects.count()}",
            name=f"{practice_name} Medical Practice",
            contract="17J",
            postcode="ZZ1 1AA",
            hscp=hscp,
            locality=locality,
        )
        ListSize.objects.create(practice=practice, counted_on=date(2026, 10, 1), patients=5000)
        Membership.objects.create(practice=practice, cluster=cluster, starts_on=w.since)
        setattr(w, practice_name.lower(), practice)
    return cluster


def _people(w: World) -> None:
    w.people = {}
    roles = [
        ("Asha Rahman", Role.PQL, {"practice": w.alder}),
        ("Callum Reid", Role.CQL, {"cluster": w.rowan}),
        ("Morag Bain", Role.CLUSTER_SUPPORT, {"cluster": w.rowan}),
        ("Heather Lind", Role.HSCP_LEAD, {"hscp": w.strath}),
        ("Lewis Orr", Role.ANALYST, {"hscp": w.strath}),
        ("Rhona Fyfe", Role.LOCALITY_MANAGER, {"locality": w.east}),
        ("Bruce Tait", Role.BOARD_LEAD, {"board": w.board}),
        ("Pam Doig", Role.PRACTICE_MANAGER, {"practice": w.alder}),
        ("Pam Doig", Role.DEPUTY, {"practice": w.alder}),
        ("Duncan Shaw", Role.CLINICAL_LEAD, {"locality": w.east}),
        ("Duncan Shaw", Role.CQL, {"cluster": w.larch}),
        ("Olive Gunn", Role.AUDITOR, {}),
        ("Priya Nair", Role.REGISTRY_ADMIN, {}),
        ("Iona Muir", Role.RECORDS_OFFICER, {}),
        ("Nell Croft", Role.CQL, {"cluster": w.birch}),
        ("Tom Kerr", Role.PQL, {"practice": w.beech}),
    ]
    for full_name, role, place in roles:
        RoleAssignment.objects.create(person=person(w, full_name), role=role, starts_on=w.since, **place)
    # Fergus led Rowan until yesterday, Gail will from tomorrow, Hamish can no longer sign in, Una holds no role.
    RoleAssignment.objects.create(
        person=person(w, "Fergus Mill"), role=Role.CQL, cluster=w.rowan, starts_on=w.since, ends_on=w.today
    )
    RoleAssignment.objects.create(
        person=person(w, "Gail Petrie"), role=Role.CQL, cluster=w.rowan, starts_on=w.today + timedelta(days=1)
    )
    RoleAssignment.objects.create(person=person(w, "Hamish Law"), role=Role.CQL, cluster=w.rowan, starts_on=w.since)
    w.hamish.is_active = False
    w.hamish.save(update_fields=["is_active"])
    person(w, "Una Blair")


def person(w: World, full_name: str) -> User:
    """The person of that name, made on first use: kept under the first name in lower case."""
    first = full_name.split()[0].lower()
    if first not in w.people:
        someone = User.objects.create_user(f"{first}@example.org", full_name, PASSWORD)
        w.people[first] = someone
        setattr(w, first, someone)
    return w.people[first]
