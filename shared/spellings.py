"""How people write ten digits: the spellings in which `shared.chi` looks for patient numbers, and look-alikes."""

import re
from itertools import islice

# Between groups of digits: spaces and dashes of every width, invisible joiners, the underscore of file names.
_GAP = (
    r"[ \t\u00a0\u00ad\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_]"
)
_ONE = r"[ \u00a0\u2002-\u200a\u202f\u2060\u200b\-\u2010-\u2015\u2212\uff0d]"
# A neighbouring cell of a table that was pasted as text.
_CELL = r"(?:[\"'”’]?[ \t]*(?:[,;|\t]|\r?\n)[ \t]*[\"'“‘]?)"
SHAPES = re.compile(
    rf"""(?<!\d)(?=(?:
      (?P<ten>\d{{10}})
    | (?P<nine>\d{{9}})
    | (?P<canonical>\d{{6}}{_GAP}{{1,3}}\d{{4}})
    | (?P<cells>(?:\d{{6}}|\d\d[./]\d\d[./]\d\d){_CELL}\d{{4}})
    | (?P<dated>\d\d(?P<a>{_GAP}{{1,3}}|[./])\d\d(?P=a)\d\d(?:{_GAP}{{1,3}}|[./])\d{{4}})
    | (?P<three>\d{{3}}(?P<h>{_ONE})\d{{3}}(?P=h)\d{{4}})
    | (?P<alone>(?<!\d{_GAP})(?<!\d{_GAP}{_GAP})(?:
          \d{{6}}{_GAP}\d{{3}}{_GAP}\d
        | \d{{6}}(?P<b>{_GAP})\d\d(?P=b)\d\d
        | \d{{4}}(?P<c>{_GAP})\d\d(?P=c)\d{{4}}
        | \d{{4}}{_GAP}\d{{6}}
        | \d{{4}}(?P<d>{_GAP})\d{{3}}(?P=d)\d{{3}}
        | \d\d(?P<e>{_GAP})\d\d(?P=e)\d{{6}}
        | \d\d(?P<f>{_GAP}|[./])\d\d(?P=f)\d\d(?P<g>{_GAP})\d\d(?P=g)\d\d
        | \d(?:{_GAP}\d){{9}}
      )(?!{_GAP}{{0,2}}\d))
    )(?!\d))""",
    re.VERBOSE,
)
# Behind a label ten digits count however they are grouped.
_TEN = rf"(?P<number>\d(?:(?:{_GAP}{{0,2}}|[./])\d){{9}})(?!\d)"
LABELLED = re.compile(
    rf"\bCHI(?:\b[^\d\n]{{0,18}})?{_TEN}"
    rf"|\bNHS(?:\s*(?:number|num|no|id|\#))?s?[\s.:#=\-]*(?:(?:is|was)[\s:]*)?{_TEN.replace('number', 'nhs')}",
    re.IGNORECASE,
)
OTHER_LABEL = re.compile(
    r"(?:\b(?:meeting|webinar|conference|zoom|teams|access|pass ?code|pin|dial|order|invoice|purchase|p\.?o|"
    r"ref|reference|account|receipt|job|ticket)\b[^\d\n]{0,14}|\bzoom\.us/\w{1,3}/"
    r"|\b(?:tel|telephone|phone|call|ring|fax|mobile|mob|ext)\b[^\d\n]{0,8})\Z",
    re.IGNORECASE,
)

# What is certainly something else is blanked first, so that no part of it can look like a patient's number.
_NATIONAL = (
    rf"(?<!\d)\(?0(?:\d{{4}}\)?{_GAP}{{0,2}}\d{{3}}{_GAP}?\d{{3}}"
    rf"|\d{{3}}\)?{_GAP}{{0,2}}\d{{3}}{_GAP}{{0,2}}\d{{4}}|\d\d\)?{_GAP}{{0,2}}\d{{4}}{_GAP}{{0,2}}\d{{4}}"
    rf"|\d{{4}}\)?{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d)(?!\d)"
)
_ELSE = re.compile(
    rf"(?:\+|(?<!\d)00){_GAP}?44{_GAP}{{0,2}}(?:\(0\){_GAP}?)?\d(?:{_GAP}{{0,2}}\d){{8,9}}(?!\d)"
    rf"|\+1{_GAP}?\(?\d{{3}}\)?{_GAP}?\d{{3}}{_GAP}?\d{{4}}(?!\d)"
    rf"|{_NATIONAL}"
    r"|\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
)
_LONG_WORD = re.compile(r"(?<![A-Za-z0-9_\-])[A-Za-z0-9_\-]{16,}")
_TURN = re.compile(r"[A-Za-z](?=[_\-]*\d)|\d(?=[_\-]*[A-Za-z])")

# So many turns from letter to digit and back make a hash or a token, not something that a person typed.
_TURNS_OF_A_TOKEN = 6


def blanked(plain: str) -> str:
    """`plain` with telephone numbers, UUIDs and tokens blanked out in place."""
    text = _ELSE.sub(lambda m: "~" * len(m.group()), plain)
    return _LONG_WORD.sub(lambda m: "~" * len(m.group()) if _is_token(m.group()) else m.group(), text)


def _is_token(word: str) -> bool:
    return sum(1 for _ in islice(_TURN.finditer(word), _TURNS_OF_A_TOKEN)) == _TURNS_OF_A_TOKEN
