"""Cards of the roles that look after the portal itself. No guidance describes them: they are ours."""

from accounts.roles import Role
from directory.reference.cards.card import Card

KEEPERS: dict[Role, Card] = {
    Role.REGISTRY_ADMIN: Card(
        purpose="Keeps practices, clusters and roles right: every permission, list and report hangs on them.",
        alone=(
            "Entering what has been decided: moves, names, roles, ends of roles",
            "Whether a practice missing from the list has closed, merged or been recoded, once that is known",
        ),
        consult=(
            "The HSCP: before a practice moves or a cluster begins, merges or closes",
            "The CQL and the practice concerned: before a move takes effect",
        ),
        refer=(
            "To the HSCP lead: who should hold a role",
            "To the health board: what a practice list and the board’s own records say differently",
        ),
        time="As part of another post; most work falls in the weeks after a new practice list.",
        sources=(),
    ),
    Role.RECORDS_OFFICER: Card(
        purpose="Takes out words that should never have been written, such as those that could identify a patient.",
        alone=("Which words are blacked out, with a reason that is kept",),
        consult=("Whoever wrote the words, where that is possible without delay",),
        refer=("To the data protection officer: a possible breach, at once",),
        time="When asked.",
        sources=(),
    ),
    Role.AUDITOR: Card(
        purpose="Looks at the registry and the audit trail, and changes nothing.",
        alone=("What to look at, and when",),
        consult=("The registry administrator: how an entry came about",),
        refer=("To the HSCP or health board concerned: what was found",),
        time="When asked.",
        sources=(),
    ),
}
