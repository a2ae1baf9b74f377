"""Our analysis against programs that nobody here wrote: every case that a file of vectors calls `core`.

`CHART_VECTORS=FILE` names another file of the same make; without it the public one beside this test is read.
"""

import json
import os
from collections import Counter
from math import isclose
from pathlib import Path

import pytest

from tests.measures.engines import ENGINES

PUBLIC = Path(__file__).with_name("vectors_public.json")
FILE = Path(os.environ.get("CHART_VECTORS") or PUBLIC)
WRITTEN = json.loads(FILE.read_text())
CORE = [(s, case) for s in WRITTEN["series"] for case in s["cases"] if case["level"] == "core"]
CLOSE = WRITTEN["meta"]["tolerance"]["relative"]


def expected_of(case: dict) -> dict:
    """What is right: where binary floats mislead the reference, what exact figures give."""
    if not case.get("exact"):
        return case["expect"]
    if "parts" in case["expect"]:
        (part,) = case["expect"]["parts"]
        return {"parts": [part | case["exact"]]}
    return case["expect"] | case["exact"]


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Where two answers part: figures closer than the tolerance are the same; what was not asked is not compared."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [d for key in expected for d in differences(expected[key], found.get(key, "nothing"), f"{where}.{key}")]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [
            d for n, pair in enumerate(zip(expected, found, strict=True)) for d in differences(*pair, f"{where}[{n}]")
        ]
    figures = [v for v in (expected, found) if isinstance(v, int | float) and not isinstance(v, bool)]
    if len(figures) == 2 and isclose(*figures, rel_tol=CLOSE):
        return []
    return [] if expected == found and type(expected) is type(found) else [f"{where}: {found!r}, not {expected!r}"]


@pytest.mark.parametrize(("series", "case"), CORE, ids=[case["case"] for _, case in CORE])
def test_core_case(series, case):
    expected = expected_of(case)
    assert differences(expected, ENGINES[case["engine"]](series, case["args"], expected)) == []


def test_every_core_case_is_compared():
    assert len(CORE) == sum(case["level"] == "core" for s in WRITTEN["series"] for case in s["cases"])
    assert {case["engine"] for _, case in CORE} <= set(ENGINES)
    if FILE == PUBLIC:
        assert Counter(case["engine"] for _, case in CORE) == {
            "qicharts2.qic": 188,
            "phs.runchart_flags+perla_preprocess": 67,
            "phs.runchart_flags": 67,
            "definition.perla2011_exact": 67,
            "nhsrplotthedots.ptd_spc": 106,
        }


def test_a_wrong_answer_is_seen():
    """Negative control."""
    assert differences({"a": [1, 2.0]}, {"a": [1, 2.0 + 1e-12]}) == []
    assert differences({"a": [1, 2.0]}, {"a": [1, 2.001]}) == [".a[1]: 2.001, not 2.0"]
    for expected, found in ({"a": [1]}, {"a": [1, 2]}), ({"a": 1}, {}), (True, 1), (None, 0.0), ([], None):
        assert differences(expected, found) != []
