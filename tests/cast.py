"""The cast of `architecture.md`: the same people and places in every test.

Rowan has seven practices in Strath HSCP and is led by Callum. Larch (Strath) is led by Duncan, who is clinical lead
of its locality too. Birch lies in another HSCP; Nell leads it and is always turned away. Priya keeps the whole
registry, Isla the part of it that lies in Strath.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

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
    """Make the cast, as of today. Strath stands in the place of a real HSCP, so the reference table stays whole.

    One statement for each table, not for each row: every test begins with it.
    """
    fill_reference()
    w = World()
    w.today = today()
    w.since = w.today - timedelta(days=400)
    hscps = HSCP.objects.select_related("board").in_bulk(["S37000005", "S37000013"], field_name="code")
    w.strath, w.neighbour = hscps["S37000005"], hscps["S37000013"]
    w.board = w.strath.board
    w.east, w.west = Locality.objects.bulk_create(
        Locality(hscp=w.strath, name=name) for name in ("East Strath", "West Strath")
    )
    _forums(w)
    _clusters(w)
    _practices(w)
    _people(w)
    return w


def _forums(w: World) -> None:
    w.forums = Forum.objects.bulk_create(
        Forum(kind=kind, name=name, slug=name.lower().replace(" ", "-"), **serves)
        for kind, name, serves in (
            ("CLUSTER", "Rowan", {"hscp": w.strath}),
            ("CLUSTER", "Larch", {"hscp": w.strath}),
            ("CLUSTER", "Birch", {"hscp": w.neighbour}),
            ("LOC_QUAL", "East Strath quality group", {"locality": w.east}),
            ("LOC_MGMT", "East Strath management team", {"locality": w.east}),
            ("HSCP_GOV", "Strath clinical and care governance", {"hscp": w.strath}),
            ("BOARD", "Board clinical governance committee", {"board": w.board}),
        )
    )
    w.east_quality, w.management, w.governance, w.committee = w.forums[3:]


def _clusters(w: World) -> None:
    w.rowan, w.larch, w.birch = Cluster.objects.bulk_create(
        Cluster(forum=forum, lead_hscp=hscp, locality=locality, starts_on=w.since)
        for forum, hscp, locality in zip(
            w.forums[:3], (w.strath, w.strath, w.neighbour), (w.east, w.east, None), strict=True
        )
    )


def _practices(w: World) -> None:
    homes = {w.rowan: ROWAN_PRACTICES, w.larch: LARCH_PRACTICES, w.birch: BIRCH_PRACTICES}
    named = [(cluster, name) for cluster, names in homes.items() for name in names]
    practices = Practice.objects.bulk_create(
        Practice(
            code=f"{90000 + n}",
            name=f"{name} Medical Practice",
            contract="17J",
            postcode="ZZ1 1AA",
            hscp=cluster.lead_hscp,
            locality=cluster.locality,
        )
        for n, (cluster, name) in enumerate(named)
    )
    ListSize.objects.bulk_create(
        ListSize(practice=practice, counted_on=date(2026, 10, 1), patients=5000) for practice in practices
    )
    Membership.objects.bulk_create(
        Membership(practice=practice, cluster=cluster, starts_on=w.since)
        for practice, (cluster, _) in zip(practices, named, strict=True)
    )
    for practice, (_, name) in zip(practices, named, strict=True):
        setattr(w, name.lower(), practice)


def _people(w: World) -> None:
    gone, to_come = {"ends_on": w.today}, {"starts_on": w.today + timedelta(days=1)}
    roles: list[tuple[str, Role, dict[str, object]]] = [
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
        ("Isla Bruce", Role.REGISTRY_ADMIN, {"hscp": w.strath}),
        ("Nell Croft", Role.CQL, {"cluster": w.birch}),
        ("Tom Kerr", Role.PQL, {"practice": w.beech}),
        # Fergus led Rowan until yesterday, Gail will from tomorrow, Hamish can no longer sign in.
        ("Fergus Mill", Role.CQL, {"cluster": w.rowan, **gone}),
        ("Gail Petrie", Role.CQL, {"cluster": w.rowan, **to_come}),
        ("Hamish Law", Role.CQL, {"cluster": w.rowan}),
    ]
    names = [*dict.fromkeys(name for name, _, _ in roles), "Una Blair"]  # Una holds no role
    hashed = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"{_first(name)}@example.org", full_name=name, password=hashed, is_active=name != "Hamish Law")
        for name in names
    )
    w.people = {_first(name): someone for name, someone in zip(names, people, strict=True)}
    vars(w).update(w.people)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(**{"person": w.people[_first(name)], "role": role, "starts_on": w.since, **place})
        for name, role, place in roles
    )


def _first(full_name: str) -> str:
    return full_name.split()[0].lower()


def person(w: World, full_name: str) -> User:
    """The person of that name, made on first use: kept under the first name in lower case."""
    first = _first(full_name)
    if first not in w.people:
        someone = User.objects.create_user(f"{first}@example.org", full_name, PASSWORD)
        w.people[first] = someone
        setattr(w, first, someone)
    return w.people[first]
