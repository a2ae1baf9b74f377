"""What each right lets its holder do, as people say it."""

from accounts.roles import PERMITS, Right, Role

# In the order in which a person would want to read them.
IN_WORDS = {
    Right.SEE_INSIDE: "read what the cluster keeps to itself",
    Right.WRITE_UP: "log meetings and publish them to the cluster, keep actions, plans and figures",
    Right.LEAD: "share above the cluster, agree the plan, pass escalations on",
    Right.RAISE: "ask the HSCP and raise escalations",
    Right.OVERSEE: "read what clusters share upward, and the tracker",
    Right.ANSWER: "answer questions from clusters and decide escalations",
    Right.SEE_REGISTRY: "see practices, clusters and who holds which role",
    Right.KEEP_REGISTRY: "load practice lists, move practices, give and end roles",
    Right.KEEP_DIRECTORY: "name support areas and who helps with each; publish terms of roles, see who accepted them",
    Right.SEE_AUDIT: "read the audit trail",
    Right.REDACT: "black out words that should not have been written",
}


# A role for one HSCP or health board does not do these at all, or does them there only.
NATIONAL = frozenset({Right.SEE_AUDIT})
IN_ITS_PART = {
    Right.SEE_REGISTRY: "see practices, clusters and who holds which role in that part",
    Right.KEEP_REGISTRY: "move practices, name localities, give and end roles in that part",
}


def permitted_by(role: Role, *, everywhere: bool = True) -> tuple[str, ...]:
    """What `role` permits, in plain words; held for a part of Scotland only, when not `everywhere`."""
    rights = [right for right in IN_WORDS if right in PERMITS[role]]
    if everywhere:
        return tuple(IN_WORDS[right] for right in rights)
    return tuple(IN_ITS_PART.get(right, IN_WORDS[right]) for right in rights if right not in NATIONAL)
