"""What changes clusters: memberships, roles and practice lists. One module a subject."""

from clusters.services.closing import close_practice, keep_practice
from clusters.services.localities import change_locality, create_locality
from clusters.services.memberships import move_practice, preview_move
from clusters.services.naming import create_cluster, free_slug, rename_cluster
from clusters.services.practice_list import (
    AlreadyDecided,
    PreviewOutdated,
    apply_practice_list,
    import_practice_file,
    lay_aside_practice_list,
    upload_practice_list,
)
from clusters.services.roles import appoint, assign_role, end_role

__all__ = [
    "AlreadyDecided",
    "PreviewOutdated",
    "apply_practice_list",
    "appoint",
    "assign_role",
    "change_locality",
    "close_practice",
    "create_cluster",
    "create_locality",
    "end_role",
    "free_slug",
    "import_practice_file",
    "keep_practice",
    "lay_aside_practice_list",
    "move_practice",
    "preview_move",
    "rename_cluster",
    "upload_practice_list",
]
