"""Which codes a practice file may use."""

from functools import lru_cache

from practices import reference
from practices.parsing import Codes


@lru_cache(maxsize=1)
def known_codes() -> Codes:
    """The board and HSCP codes that a practice file may use, those of older files included."""
    names = reference.BOARDS | {code: name for code, (name, _) in reference.HSCPS.items()}
    return Codes(
        boards={code: code for code in reference.BOARDS} | reference.ARCHIVED_BOARDS,
        hscps={code: code for code in reference.HSCPS} | reference.ARCHIVED_HSCPS,
        board_of={code: board for code, (_, board) in reference.HSCPS.items()},
        names=names,
    )
