"""Imports point only downward (pyproject.toml, [tool.importlinter]), and the check breaks when one does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (ROOT / "graph" / "govnet_graph", ROOT / "api" / "govnet_api")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of both packages that a test may spoil."""
    for package in PACKAGES:
        shutil.copytree(package, tmp_path / package.relative_to(ROOT), ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(checkout: Path) -> tuple[bool, str]:
    """Whether the layers of a checkout hold, and what the linter prints."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(checkout / "graph"), str(checkout / "api")))},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_the_layers_hold(copy: Path) -> None:
    holds, printed = lint(copy)
    assert holds, printed


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("graph/govnet_graph/schema/model.py", "import govnet_graph.store.driver", "point downward"),
        ("graph/govnet_graph/coverage.py", "import govnet_graph.seeds", "point downward"),
        ("graph/govnet_graph/cli/common.py", "import govnet_api", "never the other way round"),
        ("graph/govnet_graph/store/state.py", "import neo4j", "imports the database driver"),
        ("api/govnet_api/__init__.py", "import neo4j", "imports the database driver"),
        ("graph/govnet_graph/store/driver.py", "import py2neo", "notebooks only"),
        ("graph/govnet_graph/questions/model.py", "import fastapi", "no web framework"),
    ],
)
def test_an_import_that_points_upward_breaks_the_check(copy: Path, path: str, line: str, contract: str) -> None:
    spoiled = copy / path
    spoiled.write_text(f"{spoiled.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    holds, printed = lint(copy)
    assert not holds
    assert re.search(rf"{contract}.* BROKEN", printed), printed


def test_a_room_without_a_place_in_the_layers_breaks_the_check(copy: Path) -> None:
    (copy / "graph" / "govnet_graph" / "attic.py").write_text('"""A room that nobody placed."""\n', encoding="utf-8")
    holds, printed = lint(copy)
    assert not holds
    assert "attic" in printed


def test_the_api_holds_no_cypher() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "api").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\b(?:MATCH|MERGE|CREATE|UNWIND)\b\s*[(\[$]", line)
    ]
    assert found == []
