"""``govnet case`` as somebody at a terminal meets it: a case's whole way, one-line errors, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govnet_graph.cases import MACHINE
from tests.conftest import needs

pytestmark = [pytest.mark.embedded, pytest.mark.slow]
GRID = "210902003013001"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def govnet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The command on a data directory whose engine runs in the background and holds the article, and with it all kinds."""
    needs("embedded")
    home = tmp_path_factory.mktemp("home")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program, env = str(Path(sys.executable).with_name("govnet")), os.environ | {"GOVNET_HOME": str(home)}
        return subprocess.run([program, *words], capture_output=True, text=True, timeout=180, check=False, env=env)

    assert run("engine", "start").returncode == 0
    try:
        assert run("load", "article").returncode == 0
        yield run
    finally:
        assert run("engine", "stop").returncode == 0


def _json(done: subprocess.CompletedProcess[str]):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_case_goes_its_way(govnet):
    area = "210902003013"
    raised = _json(govnet("case", "raise", "井盖松动", "--area", area, "--kind", "road", "--json"))
    case = raised["case"]
    assert raised["allowed"] == ["sort", "whistle", "dispatch", "escalate"]
    target = _json(govnet("ask", "organizations", "limit=1", "--json"))["items"][0]["organization"]["id"]
    assert _json(govnet("case", "dispatch", case, "--to", target, "--json"))["state"] == "dispatched"
    again = [_json(govnet("case", "accept", case, "--key", "k1", "--json")) for _ in range(2)]
    assert [one["already"] for one in again] == [False, True]
    told = govnet("case", "done", case)
    assert told.returncode == 0 and told.stdout.strip() == case and "is solved" in told.stderr
    shown = _json(govnet("case", "show", case, "--json"))
    assert [step["step"] for step in shown["history"]] == ["raise", "dispatch", "accept", "done"]
    assert shown["allowed"] == ["confirm", "reopen"]
    assert _json(govnet("case", "undo", case, "--json"))["state"] == "accepted"
    assert [e["event"] for e in _json(govnet("case", "events", "--json"))] == [
        "case.raise", "case.dispatch", "case.accept", "case.undone",
    ]  # fmt: skip
    assert case in govnet("case", "list").stdout
    assert case in govnet("case", "late", "--soon", "30").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("raise", "a", "--area", "210902003013", "--kind", "comet"),
            2,
            "There is no kind of case 'comet'. There are dispute,",
        ),
        (("raise", "a", "--area", "1"), 2, "There is no area '1'."),
        (("raise", "a", "--area", "210902003013", "--on", "soon"), 2, "--on: 'soon' is not a day"),
        (("accept", "no-such"), 2, "There is no case 'no-such'."),
        (("show", "no-such"), 2, "no-such"),
    ],
)
def test_what_cannot_be_is_one_line(govnet, words, code, said):
    done = govnet("case", *words)
    assert done.returncode == code and said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and done.stdout == ""


def test_each_step_is_a_command(govnet):
    listed = govnet("case", "--help").stdout
    assert all(f"  {name} " in listed for name in MACHINE)
