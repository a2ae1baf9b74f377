"""Reads an action typed as a sentence: "Alder: share text template by 3 Dec" → who, what, by when."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meetings.parsing.dates import find_date

# Words that many practice names share and nobody says.
COMMON = frozenset(
    "the dr drs doctors medical practice practices surgery surgeries health healthcare centre center group partners "
    "partnership and clinic gp family of".split()
)
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof"})


@dataclass(frozen=True)
class Candidate:
    """Somebody who may own an action: `key` as the form posts it, and every name they go by."""

    key: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What the sentence seems to mean. `owner` and `due_on` are None where it does not say."""

    what: str
    owner: Candidate | None = None
    due_on: date | None = None


def practice_names(name: str) -> tuple[str, ...]:
    """What a practice is called in a sentence: its whole name, and the words that no other practice shares."""
    words = [w for w in re.findall(r"[\w’'-]+", name) if w.lower() not in COMMON]
    return tuple(dict.fromkeys(n for n in (name, " ".join(words), words[0] if words else "") if n))


def person_names(full_name: str) -> tuple[str, ...]:
    """What a person is called in a sentence: whole name, first name, surname, "Dr Surname"."""
    words = [w for w in full_name.split() if w.lower().strip(".") not in TITLES]
    if not words:
        return (full_name,) if full_name else ()
    return tuple(dict.fromkeys((full_name, " ".join(words), words[0], words[-1], f"Dr {words[-1]}")))


def propose(sentence: str, *, candidates: Iterable[Candidate], on: date) -> Proposal:
    """Work out who, what and by when, for a sentence said on the day `on`. Never raises.

    A name that two candidates share counts for neither: better to ask than to guess.
    """
    text = sentence.strip()
    due_on = None
    if found := find_date(text, on=on):
        due_on = found.day
        text = _tidy(f"{text[: found.start].rstrip(' ,;–-(')} {text[found.end :].lstrip(' ,;)')}")
    owner, text = _owner(text, candidates)
    what = _tidy(text)
    return Proposal(what[:1].upper() + what[1:] if what else _tidy(sentence), owner, due_on)


def _owner(text: str, candidates: Iterable[Candidate]) -> tuple[Candidate | None, str]:
    named: dict[str, set[Candidate]] = defaultdict(set)
    for candidate in candidates:
        for name in candidate.names:
            named[name.casefold()].add(candidate)
    for name in sorted(named, key=len, reverse=True):
        if len(named[name]) == 1 and (rest := _without(text, name)) is not None:
            return next(iter(named[name])), rest
    return None, text


def _without(text: str, name: str) -> str | None:
    """The sentence without `name` where it begins ("Alder: …", "Asha to …") or ends it ("… (Alder)"); else None."""
    spoken = r"\s+".join(re.escape(word) for word in name.split())
    if not spoken:
        return None
    begins = re.match(rf"{spoken}(?:['’]s)?(?:\s*[:–—→-]+\s*|\s+(?:to|will|is to|agreed to)\s+|\s+|$)", text, re.I)
    if begins and not re.match(r"(?:and|&|or)\s", text[begins.end() :], re.I):
        return text[begins.end() :]
    ends = re.search(rf"(?:\s*[(\[–—→-]+>?\s*|\s*[:;,]\s*){spoken}\s*[)\]]?\s*$", text, re.I)
    return text[: ends.start()] if ends else None


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:.–—-").strip()
