"""The checker of certificates: it rejects whatever was tampered with, and shares no code with what makes certificates."""

from __future__ import annotations

import copy
import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from govnet_graph.planner import RESULTS
from govnet_graph.planner.building import Rows
from govnet_graph.planner.checker import problems, seal_of
from govnet_graph.planner.from_records import snapshot_of
from govnet_graph.seeds import dataset
from tests.planner.small import HOME, area_rows, rule_row, service_rows, snapshot

#: What was asked: a certificate that holds for another question, too, is a certificate of that.
_ASKED = {("max_hops",), ("kinds",), ("without",), ("requirements",)}
#: What a certificate says beside what it proves; once it is sealed again, this changes nothing in whether it holds.
_SAID = {("missing",), ("method", "name"), ("method", "reference"), ("whole",), ("seal",)}


def scarce() -> Rows:
    """Five grids, three units, one of unknown capacity, one without a place; a pairing that could take meals on; a hidden street."""
    rows = Rows(areas=area_rows([3, 2]), services=service_rows())
    rows.needed = [rule_row("req-pairing", 2), rule_row("req-meals")]
    rows.ledgers = [("pairings", "990101001001", "ledger-1"), ("services", HOME, "ledger-2")]
    rows.units = [
        ("unit-1", "甲", None, "agency", True, 2, 10), ("unit-2", "乙", None, "bank", False, None, 5), ("unit-3", "丙", None, "court", True, 1, 5),
    ]  # fmt: skip
    rows.able = [("unit-1", "meals"), ("unit-2", "meals")]
    rows.located = [("unit-1", "990101001001"), ("unit-2", "990101001002001")]
    rows.pairings = [("PAIRED_WITH:unit-1>990101001001001", "unit-1", "990101001001001", None, 1, None, None, None)]
    return rows


@pytest.fixture(scope="module", params=["pairing", "meals", "both", "near"])
def certified(request):
    """A snapshot and the JSON of a certificate of it."""
    asked = {
        "pairing": {"requirements": ("req-pairing",)},
        "meals": {"requirements": ("req-meals",), "kinds": ("agency", "bank")},
        "both": {},
        "near": {"requirements": ("req-pairing",), "max_hops": 2, "without": ("unit-3",)},
    }
    one = snapshot(scarce())
    return one, RESULTS["certificate"].run(one, asked[request.param]).as_json()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that holds no others, with the way to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def other(value: Any) -> list[Any]:
    """Values that are not this one, of its type and of none."""
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [value + 1, value - 1]
        case str() if value.isdigit() and len(value) < 3:
            return ["1/2", "2", "0"]
        case str():
            return [value + "x", ""]
        case []:
            return [["unit-1"]]
        case _:
            return [1, "x"]


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with one value set."""
    copied = copy.deepcopy(document)
    at = copied
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return copied


def test_a_certificate_holds(certified):
    one, certificate = certified
    assert problems(one, certificate) == []
    assert certificate["now"]["unmet"] or certificate["worst"]["unmet"]


def sealed(certificate: dict[str, Any]) -> dict[str, Any]:
    """The same with a fresh seal, as one who tampers knowingly would make it."""
    return {**certificate, "seal": seal_of(certificate)}


def test_each_field_that_is_changed_breaks_the_seal(certified):
    one, certificate = certified
    for path, value in leaves(certificate):
        for new in other(value):
            if new != value:
                assert problems(one, changed(certificate, path, new)), path


def test_each_field_that_is_tampered_with_is_found(certified):
    """Even under a fresh seal; other multipliers that prove the same bound are no less of a proof."""
    one, certificate = certified
    passed = [
        (path, value, new)
        for path, value in leaves(certificate)
        if not any(path[: len(said)] == said for said in _SAID | _ASKED)
        for new in other(value)
        if new != value and not problems(one, sealed(changed(certificate, path, new)))
    ]
    assert [p for p in passed if p[0][-1] not in ("weight", "price")] == []
    assert len([p for p in passed if p[0][-1] in ("weight", "price")]) <= len(certificate["now"]["weights"]) + 3


def test_each_part_that_is_left_out_or_doubled_is_found(certified):
    one, certificate = certified
    for name in ("now", "best", "worst"):
        for part in ("assigned", "lacks", "weights", "deficient"):
            if not certificate[name] or not certificate[name][part]:
                continue
            listed = certificate[name][part]
            for tampered in (listed[1:], [*listed, listed[0]]):
                assert problems(one, sealed(changed(certificate, (name, part), tampered))), (name, part)
    for key in certificate:
        copied = {name: value for name, value in certificate.items() if name != key}
        assert problems(one, copied), key


def test_each_reason_says_what_is_wrong():
    one = snapshot(scarce())
    certificate = RESULTS["certificate"].run(one, {"requirements": ("req-pairing",)}).as_json()
    assert problems(one, sealed(changed(certificate, ("snapshot",), "0" * 64))) == ["it was made for another snapshot"]
    crowded = copy.deepcopy(certificate)
    crowded["now"]["assigned"].append({**crowded["now"]["assigned"][0], "unit": "unit-2", "unit_name": "乙"})
    assert any("has capacity for 0" in reason for reason in problems(one, sealed(crowded)))
    boast = changed(certificate, ("now", "bound"), certificate["now"]["bound"] + 1)
    assert any("prove a bound" in reason for reason in problems(one, sealed(boast)))


def test_certificates_of_the_demonstration_hold():
    one = snapshot_of(dataset("demo"), dt.date(2026, 6, 1))
    for asked in ({}, {"requirements": "req-demo-pairing", "max_hops": "1"}, {"requirements": "req-community-tools"}):
        assert problems(one, RESULTS["certificate"].run(one, asked).as_json()) == []


_IMPORTED = """
import sys
import govnet_graph.planner.checker
print(*sorted(name for name in sys.modules if name.startswith("govnet_graph.") or name.split(".")[0] in ("ortools", "scipy", "networkx")))
"""


def test_the_checker_shares_no_code_with_what_it_checks():
    """Only the data of a snapshot, the schema and errors are common; no solver and no library of solvers is even loaded."""
    done = subprocess.run([sys.executable, "-c", _IMPORTED], capture_output=True, text=True, timeout=60, check=True)
    planner = {name for name in done.stdout.split() if name.startswith("govnet_graph.planner.")}
    own = {"checker", "checker_facts", "snapshot", "errors"}
    assert planner == {f"govnet_graph.planner.{name}" for name in own}
    assert not {name.split(".")[0] for name in done.stdout.split()} & {"ortools", "scipy", "networkx"}
