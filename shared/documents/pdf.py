"""Writes a document as a tagged PDF (PDF/UA-1) with Typst.

What somebody typed travels as JSON and is set as text: it is never a part of the source. Typst runs in a process of its
own, as a fault in it can end the process that it is in; that process sees one folder, that of its template and our
fonts, has no packages, no settings of ours and no network to ask, and ends after so many seconds.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shared.documents.letters import MISSING, NotMade, printable
from shared.documents.model import Block, Document, Line, Paragraph, Picture, Table

SETTER = Path(__file__).parent / "typesetting" / "set.py"
SECONDS = 20
GAPS = f"{MISSING} stands for a letter that this file cannot show. The page in the portal shows it."
LONGEST_WORD, LONGEST_IN_CELL = 60, 18


def as_pdf(document: Document) -> bytes:
    """The document as PDF. Raises NotMade when it cannot be made, or not in time."""
    return run_setter(as_data(document))


def as_data(document: Document) -> str:
    """What the template is handed: the document as JSON, with every text as it can be printed."""
    told = {**_said(asdict(document), LONGEST_WORD), "blocks": [_block(block) for block in document.blocks]}
    if MISSING in json.dumps(told, ensure_ascii=False):
        told["blocks"].append(_block(Paragraph(Line(GAPS), is_quiet=True)))
    return json.dumps(told)


def as_image(picture: Picture) -> bytes:
    """The drawing as PNG, for what takes no SVG. Raises NotMade when it cannot be made, or not in time."""
    return run_setter(json.dumps({"svg": _lettered(picture.svg)}), template="picture", starts=b"\x89PNG")


def run_setter(data: str, *, template: str = "document", starts: bytes = b"%PDF") -> bytes:
    """Set what the template is handed; the answer `starts` as its kind of file does.

    What the process says of a failure is not passed on: it quotes what was typed. Raises NotMade.
    """
    command = [sys.executable, "-I", str(SETTER), str(SECONDS), template]
    try:
        done = subprocess.run(  # noqa: S603  # nothing typed is in the command
            command, input=data.encode(), capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as failure:
        raise NotMade(type(failure).__name__) from None
    if done.returncode or not done.stdout.startswith(starts):
        raise NotMade(f"the process ended with {done.returncode}")
    return done.stdout


def _block(block: Block) -> dict[str, Any]:
    longest = LONGEST_IN_CELL if isinstance(block, Table) else LONGEST_WORD
    told: dict[str, Any] = _said(asdict(block), longest)
    if isinstance(block, Picture):
        told["svg"] = _lettered(block.svg)
    return {"kind": type(block).__name__, **told, "addresses": _addresses(block)}


def _lettered(svg: str) -> str:
    """A drawing with letters that our fonts have; nothing in it is broken, as its paths are long words."""
    return printable(svg, longest=len(svg))


def _addresses(block: Block) -> list[str]:
    """Of each line the web address that it leads to, as it was typed."""
    lines = [getattr(block, "line", None), *getattr(block, "lines", ())]
    return [line.address for line in lines if line is not None]


def _said(value: Any, longest: int) -> Any:
    """Every text inside `value` as it can be printed."""
    if isinstance(value, str):
        return printable(value, longest=longest)
    if isinstance(value, dict):
        return {key: _said(inner, longest) for key, inner in value.items()}
    return [_said(inner, longest) for inner in value] if isinstance(value, list | tuple) else value
