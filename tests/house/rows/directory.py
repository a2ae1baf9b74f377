"""Who may open what of the directory: people, support areas, role cards, terms, interests."""

from datetime import timedelta

from accounts.roles import Role
from directory.models import Interest, SupportArea
from directory.services.interests import declare_interest
from directory.services.support import LinkEntry, add_support_area, name_link, retire_support_area
from directory.services.terms import publish_terms
from tests.house.matrix import CAST, Row

KEEPERS = "heather priya isla"
READERS = "asha callum morag lewis rhona bruce pam duncan olive tom"
SEEN = {200: f"{KEEPERS} {READERS}"}
KEEP = {200: KEEPERS, 403: READERS}
KEPT = {302: KEEPERS, 403: READERS}


def no_argument(_made):
    """For a path without arguments, once what it shows has been made."""
    return []


def an_area(w):
    """A support area of Strath; each has another name, as several pages may ask for one in the same world."""
    name = f"Bridges {SupportArea.objects.count() + 1}"
    return add_support_area(hscp=w.strath, name=name, helps_with="Crossing rivers", by=w.heather)


def a_link(w):
    entry = LinkEntry(person=w.lewis, helps_with="Planks", starts_on=w.today - timedelta(days=9))
    return name_link(area=an_area(w), entry=entry, by=w.heather)


def _second_area(w):
    an_area(w)
    return [an_area(w).pk]


def _retired(w):
    return [retire_support_area(area=an_area(w), by=w.heather).pk]


def terms_of(w, hscp=None, role=Role.CQL):
    return publish_terms(role=role, hscp=hscp, text="Four sessions a month.", starts_on=w.today, by=w.priya)


def an_interest(w):
    what = f"Member {Interest.objects.count() + 1}"
    return declare_interest(person=w.callum, kind=Interest.Kind.LMC, what=what, starts_on=w.today, by=w.callum)


PEOPLE = [
    Row("directory:person", lambda w: [an_interest(w).person_id], get=SEEN),
    Row("directory:mailing", get={200: "everyone"}),
    Row("directory:mailing", get={200: "everyone"}, query="?role=CQL&role=PQL"),
    Row("directory:mailing_csv", get={200: "everyone"}, query="?role=CQL"),
    Row("directory:mailing_vcards", get={200: "everyone"}, query="?role=CQL"),
]

SUPPORT = [
    Row("directory:people", lambda w: no_argument(a_link(w)), get={200: "everyone"}),
    Row("directory:support", lambda w: no_argument(a_link(w)), get={200: "everyone"}),
    Row("directory:support_keep", lambda w: [a_link(w).area.hscp.code], get=KEEP),
    Row("directory:support_start", lambda w: [w.strath.code], post=KEPT),
    Row(
        "directory:area_new",
        lambda w: [w.strath.code],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"name": "Ferries", "helps_with": "Islands"},
    ),
    Row("directory:area_change", lambda w: [an_area(w).pk], get=KEEP, post=KEPT, data=lambda w: {"name": "Tunnels"}),
    Row("directory:area_move", _second_area, post=KEPT, data=lambda w: {"way": "up"}),
    Row("directory:area_retire", lambda w: [an_area(w).pk], get=KEEP, post=KEPT),
    Row("directory:area_bring_back", _retired, post=KEPT),
    Row(
        "directory:link_new",
        lambda w: [an_area(w).pk],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"email": "callum@example.org", "starts_on": str(w.today)},
    ),
    Row(
        "directory:link_change",
        lambda w: [a_link(w).pk],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"name": "Ann Lee", "phone": "0131 496 0000", "starts_on": str(w.today)},
    ),
]

ROLES = [
    Row("directory:role_cards", get={200: "everyone"}),
    Row("directory:role_card", lambda w: ["cql"], get={200: "everyone"}),
    Row("directory:terms_list", lambda w: no_argument(terms_of(w, w.strath)), get={200: "everyone"}),
    Row("directory:terms_read", lambda w: [terms_of(w, w.strath).pk], get=SEEN),
    Row(
        "directory:terms_publish",
        get={200: KEEPERS},
        post={302: KEEPERS},
        data=lambda w: {"role": "PQL", "hscp": w.strath.code, "text": "Two sessions.", "starts_on": str(w.today)},
    ),
    Row(
        "directory:terms_accept",
        lambda w: [terms_of(w, w.strath).pk],
        get={302: SEEN[200]},
        post={302: "callum duncan", 200: "asha morag heather lewis rhona bruce pam olive priya isla tom"},
        data=lambda w: {"read": "on"},
    ),
    Row("directory:terms_accepted", lambda w: [terms_of(w, w.strath).pk], get=KEEP),
    Row(
        "directory:interest_declare",
        get={200: "everyone"},
        post={302: " ".join(CAST)},
        data=lambda w: {"kind": "LMC", "what": "Secretary", "starts_on": str(w.today)},
    ),
    Row(
        "directory:interest_end",
        lambda w: [an_interest(w).pk],
        get={200: "callum"},
        post={302: "callum"},
        data=lambda w: {"last_day": str(w.today)},
    ),
]

ROWS: list[Row] = [*PEOPLE, *SUPPORT, *ROLES]
