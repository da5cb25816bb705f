"""The command line as a user meets it: output, exit codes, one-line errors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govnet_graph.assets import seeds_folder
from govnet_graph.questions import catalogue
from tests.conftest import needs

pytestmark = pytest.mark.embedded
Run = Callable[..., subprocess.CompletedProcess[str]]


def _runner(home: Path) -> Run:
    def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
        program = str(Path(sys.executable).with_name("govnet"))
        given = os.environ | {"GOVNET_HOME": str(home)} | env
        return subprocess.run([program, *words], capture_output=True, text=True, timeout=120, check=False, env=given)

    return run


@pytest.fixture(scope="module")
def govnet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The command on a data directory whose engine runs in the background and holds ``article``."""
    needs("embedded")
    run = _runner(tmp_path_factory.mktemp("home"))
    assert run("engine", "start").returncode == 0
    try:
        yield run
    finally:
        assert run("engine", "stop").returncode == 0


@pytest.fixture(scope="module")
def article(govnet: Run) -> Run:
    assert govnet("load", "article").returncode == 0
    return govnet


def test_loading_again_changes_nothing_and_says_so(article):
    again = article("load", "article", "--json")
    plain = json.loads(again.stdout)
    assert (plain["created"], plain["changed"]) == ({"nodes": 0, "relationships": 0}, {"nodes": 0, "relationships": 0})
    assert plain["claims"]["contradicted"] == 0
    assert plain["claims"]["supported_by_generated_records_alone"] == 0
    assert "nothing to do" in article("load", "article").stderr


def test_on_the_article_alone_gaps_are_unknown_and_name_the_ledger(article):
    items = json.loads(article("ask", "coverage-gaps", "limit=1000", "--json").stdout)["items"]
    assert {item["state"] for item in items} == {"unknown"}
    assert all(item["ledger"] for item in items)


def test_a_question_prints_headings_in_both_languages(article):
    assert "单位" in article("ask", "units").stdout
    assert "Unit" in article("ask", "units", "--lang", "en").stdout


def test_names_are_shown_only_when_asked_for(article):
    masked, shown = article("ask", "members").stdout, article("ask", "members", "--names").stdout
    assert "赵春艳" not in masked and "赵春艳" in shown


def test_the_catalogue_is_listed(govnet):
    assert {q["id"] for q in json.loads(govnet("questions", "--json").stdout)} == set(catalogue())
    assert "MATCH" in govnet("ask", "units", "--cypher").stdout


def test_a_question_is_printed_ready_to_paste(article):
    text = article("ask", "coverage-gaps", "state=unknown", "as_of=2026-06-01", "--cypher").stdout
    title, given, first = text.splitlines()[:3]
    assert (
        title.startswith(f"// {catalogue()['coverage-gaps'].text.zh}")
        and 'area: "210902"' in given
        and "as_of: date('2026-06-01')" in given
    )
    assert (
        first == catalogue()["coverage-gaps"].body.splitlines()[0]
        and 'state = "unknown"' in text
        and "$" not in text.split("MATCH", 1)[1]
    )


def test_a_view_is_drawn_and_printed(article):
    told = json.loads(
        article("ask", "member-roles", "member=member-f136", "as_of=2026-06-01", "--view", "--json").stdout
    )
    ids = {node["id"] for node in told["nodes"]}
    assert "member-f136" in ids and not told["truncated"] and told["as_of"] == "2026-06-01"
    assert {(r["from"], r["to"]) for r in told["relationships"]} <= {(a, b) for a in ids for b in ids}
    text = article("ask", "member-roles", "member=member-f136", "--view", "--lang", "en").stdout
    assert "member-f136" in text and "赵春艳" not in text
    assert "AS nodes" in article("ask", "member-roles", "member=member-f136", "--view", "--cypher").stdout
    refused = article("ask", "members", "--view")
    assert refused.returncode == 2 and "has no view" in refused.stderr


def test_the_graph_passes_its_check(article):
    found = article("check", "--json")
    assert (found.returncode, json.loads(found.stdout)["problems"]) == (0, [])


def test_the_doctor_lists_every_setting(article):
    found = json.loads(article("doctor", "--json").stdout)
    assert {"GOVNET_HOME", "GOVNET_ENGINE", "GOVNET_PORT"} <= {s["name"] for s in found["settings"]}
    assert {f["verdict"] for f in found["findings"]} <= {"ok", "note"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("load", "nonsense"), 2, "There are: article, demo"),
        (("ask", "nonsense"), 2, "govnet questions"),
        (("ask", "units", "kind=circus"), 2, "not one of"),
        (("ask", "member-units", "member=nobody"), 2, "no Member 'nobody'"),
        (("ask", "units", "as_of=yesterday"), 2, "2026-06-01"),
        (("load", "demo", "--engine", "mysql://here"), 2, "scheme"),
        (("load", "demo", "--engine", "bolt://127.0.0.1:1"), 3, "does not answer"),
        (("serve", "--host", "0.0.0.0"), 2, "API key"),
        (("bench", "nonsense"), 2, "no benchmark"),
        (("frobnicate",), 2, "No such command"),
    ],
)
def test_bad_input_is_one_clear_error(article, words, code, said):
    found = article(*words)
    assert found.returncode == code
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_the_article_does_not_mix_into_the_demonstration(tmp_path):
    needs("embedded")
    run = _runner(tmp_path)
    assert run("engine", "status").returncode == 3
    assert run("load", "demo").returncode == 0
    refused = run("load", "article")
    assert (refused.returncode, "--fresh" in refused.stderr) == (2, True)
    emptied = run("load", "article", "--fresh", "--json")
    assert json.loads(emptied.stdout)["created"]["nodes"] < 500


def test_a_district_edits_its_requirements(article, tmp_path):
    own = tmp_path / "seeds"
    shutil.copytree(seeds_folder(), own)
    table = own / "common" / "nodes" / "Requirement.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("worker:full-time,reach,1", "worker:full-time,reach,2"), encoding="utf-8")
    changed = json.loads(article("load", "article", "--json", GOVNET_SEEDS=str(own)).stdout)
    assert changed["changed"] == {"nodes": 1, "relationships": 0}
    listed = json.loads(article("ask", "requirements", "--json").stdout)["items"]
    assert [r["minimum"] for r in listed if r["evidence"] == "worker:full-time"] == [2]
    table.write_text(text.replace("worker:full-time,reach,1", "worker:juggler,reach,1"), encoding="utf-8")
    refused = article("load", "article", GOVNET_SEEDS=str(own))
    assert refused.returncode == 2 and "juggler" in refused.stderr
    assert json.loads(article("load", "article", "--json").stdout)["changed"]["nodes"] == 1
