"""What changes clusters: memberships, roles and practice lists. One module a subject."""

from clusters.services.closing import close_practice, keep_practice
from clusters.services.localities import change_locality, create_locality
from clusters.services.memberships import move_practice, withdraw_move
from clusters.services.naming import change_cluster, create_cluster, describe_cluster, rename_cluster
from clusters.services.practice_list import (
    AlreadyDecided,
    PreviewOutdated,
    apply_practice_list,
    import_practice_file,
    lay_aside_practice_list,
    upload_practice_list,
)
from clusters.services.roles import allow_sign_in, appoint, assign_role, end_role, stop_sign_in, withdraw_role

__all__ = [
    "AlreadyDecided",
    "PreviewOutdated",
    "allow_sign_in",
    "apply_practice_list",
    "appoint",
    "assign_role",
    "change_cluster",
    "change_locality",
    "close_practice",
    "create_cluster",
    "create_locality",
    "describe_cluster",
    "end_role",
    "import_practice_file",
    "keep_practice",
    "lay_aside_practice_list",
    "move_practice",
    "rename_cluster",
    "stop_sign_in",
    "upload_practice_list",
    "withdraw_move",
    "withdraw_role",
]
