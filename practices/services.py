"""What changes boards, HSCPs and practices."""

from typing import Any

from practices import reference
from practices.models import HSCP, HealthBoard


def fill_reference(**_: Any) -> None:
    """Put the 14 boards and 31 HSCPs in place, and nothing else; safe to repeat (it runs after each migrate)."""
    for code, name in reference.BOARDS.items():
        HealthBoard.objects.update_or_create(code=code, defaults={"name": name})
    boards = {board.code: board for board in HealthBoard.objects.all()}
    for code, (name, board) in reference.HSCPS.items():
        HSCP.objects.update_or_create(code=code, defaults={"name": name, "board": boards[board]})
