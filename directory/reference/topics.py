"""What clusters ask for help with, in the words that people use for it; a new HSCP list starts from these.

`words` are what somebody may type: beginnings of words ("prescri"), or phrases ("not getting on").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.roles import Role


@dataclass(frozen=True)
class Topic:
    """A usual support area: code, name, what it helps with, and the words that lead to it."""

    code: str
    name: str
    helps_with: str
    words: tuple[str, ...]


def _topic(code: str, name: str, helps_with: str, words: str) -> Topic:
    return Topic(code, name, helps_with, tuple(word.strip() for word in words.split(",")))


TOPICS = (
    _topic(
        "QI",
        "QI advice",
        "Choosing an aim and measures, tests of change, run charts, coaching",
        "qi, quality improv, improvement, pdsa, test of change, run chart, driver diagram, aim, coach, audit, project,"
        " measure, method",
    ),
    _topic(
        "DATA",
        "Data and LIST",
        "Figures for the cluster, searches, dashboards, analysts of the Local Intelligence Support Team",
        "data, list, analyst, analys, figures, numbers, dashboard, spire, statistic, chi, search, extract, benchmark,"
        " variation, intelligence, information governance, data sharing, phs",
    ),
    _topic(
        "PHARMACY",
        "Pharmacy",
        "Prescribing, medicine reviews, the pharmacotherapy service",
        "pharmac, prescri, medicine, medication, drug, formulary, polypharmacy, repeats",
    ),
    _topic(
        "PUBLIC",
        "Public health",
        "Health needs, inequalities, screening, immunisation, prevention",
        "public health, inequalit, screening, immunis, vaccin, prevention, health needs, outbreak, smoking,"
        " deprivation",
    ),
    _topic(
        "COMMS",
        "Communications",
        "Telling patients and the public, leaflets, web pages, the press",
        "communicat, comms, leaflet, poster, website, web page, social media, press, media, newsletter, patients know,"
        " publicity",
    ),
    _topic(
        "FINANCE",
        "Finance",
        "Money for sessions and projects, claims, budgets",
        "financ, money, fund, budget, pay, paid, claim, cost, invoice, session, backfill, locum",
    ),
    _topic(
        "WORKFORCE",
        "Workforce and organisational development",
        "The multidisciplinary team, staffing, recruitment, team development",
        "workforce, staff, recruit, organisational dev, od, mdt, team development, vacanc, hr, human resources,"
        " wellbeing, burnout",
    ),
    _topic(
        "CONFLICT",
        "Conflict and relationships",
        "When people do not get on, or a practice stops coming",
        "conflict, not getting on, get on, fall out, falling out, fell out, argument, disagree, relationship, mediat,"
        " bully, disengag, difficult, tension",
    ),
    _topic(
        "PREMISES",
        "Premises",
        "Buildings, rooms, leases, equipment",
        "premises, building, room, lease, rent, space, heating, equipment, estate, car park",
    ),
    _topic(
        "IT",
        "IT",
        "Clinical systems, computers, logins, e-mail, video meetings",
        "it support, it problem, it help, computer, laptop, system, emis, vision, docman, login,"
        " log in, password, email, teams, printer, software, digital, network",
    ),
    _topic(
        "CONTRACT",
        "Contracts and LMC",
        "The GMS contract, what is and is not in it, the Local Medical Committee",
        "contract, gms, lmc, local medical committee, enhanced service, directed, memorandum, mou, bma, partnership",
    ),
    _topic(
        "TRAINING",
        "Training and development",
        "Learning for CQLs and PQLs, protected learning time, courses",
        "train, course, learn, protected learning, plt, induction, new to, teach, education, nes, appraisal, develop",
    ),
)

BY_CODE = {topic.code: topic for topic in TOPICS}

# What leads to the holders of a role.
ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.CQL: ("cql", "cluster quality lead", "cluster lead", "chair", "agenda", "plan", "priorit"),
    Role.PQL: ("pql", "practice quality lead", "quality lead"),
    Role.DEPUTY: ("deputy", "stand in", "cover for"),
    Role.PRACTICE_MANAGER: ("practice manager", "pm", "manager of the practice"),
    Role.CLUSTER_SUPPORT: ("administrator", "minutes", "cluster support", "meeting date", "diary", "papers"),
    Role.MDT_MEMBER: ("mdt", "multidisciplinary", "nurse", "physio", "pharmacist", "link worker"),
    Role.LOCALITY_MANAGER: ("locality manager", "locality"),
    Role.CLINICAL_LEAD: ("clinical lead", "clinical director"),
    Role.HSCP_LEAD: ("hscp", "partnership", "hscp lead", "escalat", "decide", "decision"),
    Role.BOARD_LEAD: ("board", "health board"),
    Role.ANALYST: ("analyst", "analys", "data", "figures", "dashboard"),
    Role.QI_ADVISER: ("qi adviser", "qi advisor", "improvement adviser", "improvement advisor"),
    Role.REGISTRY_ADMIN: ("registry", "new role", "wrong practice", "permission", "cannot see", "invite"),
    Role.RECORDS_OFFICER: ("black out", "redact", "patient name", "wrongly written"),
    Role.AUDITOR: ("auditor", "audit trail"),
}

# What should not wait for an answer here.
URGENT_WORDS = (
    "urgent", "emergenc", "safety", "safeguard", "child protection", "adult protection", "harm", "suicid", "abuse",
    "risk to", "never event", "significant adverse", "concern about a colleague", "whistleblow", "unsafe",
)  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT = 4  # a shorter word must be typed whole: "it" is not the beginning of "item"


def plain(text: str) -> str:
    """Words in lower case with one space between, and one at each end: " not getting on "."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def fits(typed: str, words: Iterable[str]) -> bool:
    """Whether what somebody typed holds one of `words`, whole or, from four letters on, as a beginning."""
    within = plain(typed)
    return any(_within(plain(word).rstrip(), within) for word in words)


def _within(word: str, text: str) -> bool:
    return (word if len(word.strip()) >= _SHORT else f"{word} ") in text if word.strip() else False


def topics_for(typed: str) -> frozenset[str]:
    """Codes of the topics that what somebody typed leads to."""
    alone = plain(typed)
    return frozenset(t.code for t in TOPICS if alone == plain(t.name) or fits(typed, t.words))


def roles_for(typed: str) -> tuple[Role, ...]:
    """The roles that what somebody typed leads to, in their order."""
    return tuple(role for role in Role if fits(typed, (role.label, *ROLE_WORDS[role])))


def is_urgent(typed: str) -> bool:
    """Whether it sounds like something that must not wait."""
    return fits(typed, URGENT_WORDS)
