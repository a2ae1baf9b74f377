"""Which roles exist, where each is held, and what each permits. A code table: no database, no framework."""

from enum import StrEnum


class Place(StrEnum):
    """What a role is held at."""

    PRACTICE = "practice"
    CLUSTER = "cluster"
    LOCALITY = "locality"
    HSCP = "hscp"
    BOARD = "board"
    EVERYWHERE = "everywhere"


class Right(StrEnum):
    """What a role may do within its reach."""

    SEE_INSIDE = "SEE_INSIDE"  # read what the cluster keeps to itself
    WRITE_UP = "WRITE_UP"  # log meetings, keep actions, plans and data
    LEAD = "LEAD"  # share above the cluster, agree the plan, pass escalations on
    RAISE = "RAISE"  # ask and escalate
    OVERSEE = "OVERSEE"  # read what the cluster shares upward, and the tracker
    ANSWER = "ANSWER"  # answer asks and decide escalations at a rung
    SEE_REGISTRY = "SEE_REGISTRY"
    KEEP_REGISTRY = "KEEP_REGISTRY"
    KEEP_DIRECTORY = "KEEP_DIRECTORY"  # name support areas and their links, publish terms of roles
    SEE_AUDIT = "SEE_AUDIT"
    REDACT = "REDACT"


class Role(StrEnum):
    """The roles of the guidance, by the code that is stored."""

    CQL = "CQL"
    PQL = "PQL"
    DEPUTY = "DEPUTY"
    PRACTICE_MANAGER = "PM"
    CLUSTER_SUPPORT = "SUPPORT"
    MDT_MEMBER = "MDT"
    LOCALITY_MANAGER = "LOCALITY"
    CLINICAL_LEAD = "CLINICAL"
    HSCP_LEAD = "HSCP"
    BOARD_LEAD = "BOARD"
    ANALYST = "ANALYST"
    QI_ADVISER = "QIA"
    REGISTRY_ADMIN = "REGISTRY"
    RECORDS_OFFICER = "RECORDS"
    AUDITOR = "AUDITOR"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Role.CQL: "Cluster Quality Lead",
    Role.PQL: "Practice Quality Lead",
    Role.DEPUTY: "Deputy for the Practice Quality Lead",
    Role.PRACTICE_MANAGER: "Practice manager",
    Role.CLUSTER_SUPPORT: "Cluster administrator",
    Role.MDT_MEMBER: "Member of the multidisciplinary team",
    Role.LOCALITY_MANAGER: "Locality manager",
    Role.CLINICAL_LEAD: "Clinical lead",
    Role.HSCP_LEAD: "HSCP lead",
    Role.BOARD_LEAD: "Health board lead",
    Role.ANALYST: "Analyst",
    Role.QI_ADVISER: "QI adviser",
    Role.REGISTRY_ADMIN: "Registry administrator",
    Role.RECORDS_OFFICER: "Records officer",
    Role.AUDITOR: "Auditor",
}

_INSIDE = frozenset({Right.SEE_INSIDE})
_ABOVE = frozenset({Right.OVERSEE})

PERMITS: dict[Role, frozenset[Right]] = {
    Role.CQL: frozenset({Right.SEE_INSIDE, Right.WRITE_UP, Right.LEAD, Right.RAISE}),
    Role.PQL: frozenset({Right.SEE_INSIDE, Right.RAISE}),
    Role.DEPUTY: frozenset({Right.SEE_INSIDE, Right.RAISE}),
    Role.PRACTICE_MANAGER: _INSIDE,
    Role.CLUSTER_SUPPORT: frozenset({Right.SEE_INSIDE, Right.WRITE_UP}),
    Role.MDT_MEMBER: _INSIDE,
    Role.LOCALITY_MANAGER: frozenset({Right.OVERSEE, Right.ANSWER}),
    Role.CLINICAL_LEAD: frozenset({Right.OVERSEE, Right.ANSWER}),
    Role.HSCP_LEAD: frozenset({Right.OVERSEE, Right.ANSWER, Right.KEEP_DIRECTORY}),
    Role.BOARD_LEAD: frozenset({Right.OVERSEE, Right.ANSWER}),
    Role.ANALYST: _ABOVE,
    Role.QI_ADVISER: _ABOVE,
    Role.REGISTRY_ADMIN: frozenset({Right.SEE_REGISTRY, Right.KEEP_REGISTRY, Right.KEEP_DIRECTORY, Right.SEE_AUDIT}),
    Role.RECORDS_OFFICER: frozenset({Right.REDACT}),
    Role.AUDITOR: frozenset({Right.SEE_REGISTRY, Right.SEE_AUDIT}),
}

HELD_AT: dict[Role, frozenset[Place]] = {
    Role.CQL: frozenset({Place.CLUSTER}),
    Role.PQL: frozenset({Place.PRACTICE}),
    Role.DEPUTY: frozenset({Place.PRACTICE}),
    Role.PRACTICE_MANAGER: frozenset({Place.PRACTICE}),
    Role.CLUSTER_SUPPORT: frozenset({Place.CLUSTER}),
    Role.MDT_MEMBER: frozenset({Place.CLUSTER, Place.PRACTICE}),
    Role.LOCALITY_MANAGER: frozenset({Place.LOCALITY}),
    Role.CLINICAL_LEAD: frozenset({Place.LOCALITY, Place.HSCP}),
    Role.HSCP_LEAD: frozenset({Place.HSCP}),
    Role.BOARD_LEAD: frozenset({Place.BOARD}),
    Role.ANALYST: frozenset({Place.CLUSTER, Place.HSCP}),
    Role.QI_ADVISER: frozenset({Place.CLUSTER, Place.HSCP, Place.BOARD}),
    Role.REGISTRY_ADMIN: frozenset({Place.HSCP, Place.BOARD, Place.EVERYWHERE}),
    Role.RECORDS_OFFICER: frozenset({Place.EVERYWHERE}),
    Role.AUDITOR: frozenset({Place.EVERYWHERE}),
}
