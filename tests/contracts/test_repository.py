"""What the repository itself must keep: its files, locks, commands, packages and containers. CONTRIBUTING.md names each."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "dev")}
NODE_LOCK = ROOT / "requirements" / "node.txt"
NPM_LOCK = ROOT / "web" / "package-lock.json"
LONGEST_MODULE = 400

# Written with escapes, so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|repo1?\.maven|maven\.org/|static\.crates|crates\.io/|proxy\.golang"
    r"|(?:deb|security)\.debian|archive\.ubuntu"
)
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:home/\w|Users/\w|root/|work/|farm/|tmp/\w)")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def kept_files() -> list[Path]:
    """Every file that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = {name for name in listed.stdout.decode("utf-8").split("\0") if name}
    return [path for path in (ROOT / name for name in sorted(names)) if path.is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and text of every kept file that is text."""
    found = []
    for path in kept_files():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    assert len(found) > 50
    return found


def pins(lock: Path) -> dict[str, set[str]]:
    """Name and versions of everything that a lock holds; several where they differ by platform."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def requirements(lock: str) -> list[Requirement]:
    """What pyproject.toml asks for directly and a lock must therefore hold."""
    groups = PROJECT["dependency-groups"]
    asked = [*PROJECT["project"]["dependencies"], *groups["build"]]
    if lock == "dev":
        asked += [line for line in groups["dev"] if isinstance(line, str)]
        asked += [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
    return [Requirement(line) for line in asked]


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_file_names_a_package_registry_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {match[0]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(REGISTRY, "--index-url https://pypi" + ".org/simple"), (MACHINE_PATH, "cache = " + "/home" + "/ada/x")],
)
def test_what_is_looked_for_would_be_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_no_module_is_longer_than_400_lines() -> None:
    tests = ROOT / "tests"
    modules = [p for p in kept_files() if p.suffix in {".py", ".ts", ".tsx", ".js"} and tests not in p.parents]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_secret_is_kept() -> None:
    assert [path.name for path in kept_files() if path.name == ".env" or path.suffix in {".pem", ".key"}] == []


# --- locks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [*LOCKS.values(), NODE_LOCK], ids=[*LOCKS, "node"])
def test_each_entry_of_a_lock_is_a_version_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", "\n".join(line for line in text.splitlines() if "#" not in line), flags=re.MULTILINE)
    entries = [entry for entry in entries if entry.strip()]
    assert entries
    assert [entry for entry in entries if not PIN.match(entry)] == []
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []
    assert "://" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    held = pins(LOCKS[lock])
    unmet = [
        str(asked)
        for asked in requirements(lock)
        if not all(asked.specifier.contains(version) for version in held.get(canonicalize_name(asked.name), {"0"}))
    ]
    assert unmet == [], "run make lock"


def test_each_entry_of_the_page_s_lock_is_an_exact_version_with_a_hash_and_no_address() -> None:
    lock = json.loads(NPM_LOCK.read_text(encoding="utf-8"))
    entries = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(entries) > 50
    assert [name for name, entry in entries.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in entries.items() if "resolved" in entry] == []
    wanted = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    asked = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert {name: v for name, v in asked.items() if entries[f"node_modules/{name}"]["version"] != v} == {}


def test_the_locks_describe_one_environment() -> None:
    run, dev = pins(LOCKS["run"]), pins(LOCKS["dev"])
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


def test_this_environment_is_that_of_the_lock() -> None:
    """Tests prove something about the locked versions only where these run."""
    installed = {canonicalize_name(d.metadata["Name"]): d.version for d in importlib.metadata.distributions()}
    held = {name: versions for name, versions in pins(LOCKS["dev"]).items() if name in installed}
    assert len(held) > 50
    assert {name: installed[name] for name, versions in held.items() if installed[name] not in versions} == {}


_WITHOUT = """
import importlib, sys

spare = set(sys.argv[1:])

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in spare:
            raise ModuleNotFoundError(f"No module named {name!r} (it is not in requirements/run.txt)", name=name)

sys.meta_path.insert(0, Blocked())
importlib.import_module("govnet_graph.cli")
importlib.import_module("govnet_api.app")
"""


def test_what_make_run_installs_is_enough_to_start() -> None:
    """The tests' own environment holds more; what is beyond the run lock is hidden here."""
    held = {*pins(LOCKS["run"]), "govnet"}
    owners = importlib.metadata.packages_distributions()
    spare = [top for top, names in owners.items() if not any(canonicalize_name(name) in held for name in names)]
    assert {"pytest", "jgo", "py2neo"} <= set(spare)
    program = [sys.executable, "-c", _WITHOUT, *spare]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


# --- commands -------------------------------------------------------------------------------------------------------


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize(
    "name",
    [".ci/run", "README.md", "CONTRIBUTING.md", ".pre-commit-config.yaml", "docker-compose.yml", "tests/conftest.py"],
)
def test_each_make_command_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^\s*(?:- |# +|\$ )?|[`:&=] ?|\(|run )make ([a-z][a-z-]*)", text, flags=re.MULTILINE))
    assert named
    assert named <= targets()


def test_each_rule_of_contributing_names_a_check_that_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rules = re.findall(r"^\| (.+) \| (.+) \|$", text, flags=re.MULTILINE)[1:]
    assert len(rules) > 10
    assert [rule for rule, check in rules if not re.search(r"`(?:make \w|tests/|\.ci/run)", check)] == []
    files = {name for _, check in rules for name in re.findall(r"`(tests/[\w/.]+|\.ci/run)`", check)}
    assert sorted(name for name in files if not (ROOT / name).is_file()) == []


def test_the_commands_of_the_contract_are_there() -> None:
    wanted = {"setup", "run", "test", "check", "integration", "browser", "bench", "lock", "clean", "help"}
    assert wanted <= targets()


def test_continuous_integration_runs_every_suite() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert [
        t for t in ("check", "test", "run", "integration", "browser") if not re.search(rf"\bmake {t}\b", script)
    ] == []


# --- package --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    done = subprocess.run(build, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("govnet-*.whl"))


def test_the_wheel_holds_both_packages_with_texts_and_tables(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = set()
    for path in kept_files():
        name = path.relative_to(ROOT)
        match name.parts[0]:
            case "graph" | "api":
                wanted.add(name.relative_to(name.parts[0]).as_posix())
            case "cypher" | "seeds":
                wanted.add(f"govnet_graph/{name.as_posix()}")
    assert {"govnet_graph/py.typed", "govnet_api/py.typed", "govnet_graph/seeds/article/facts.csv"} <= wanted
    assert sorted(wanted - packed) == []
    assert [name for name in packed if name.startswith(("tests/", "graph/", "api/", "web/"))] == []


def test_the_wheel_holds_the_page_as_it_was_built(wheel: Path) -> None:
    """Where it was built; continuous integration builds it first, so there it must be."""
    built = ROOT / "api" / "govnet_api" / "static" / "app"
    wanted = {f"govnet_api/static/app/{p.relative_to(built).as_posix()}" for p in built.rglob("*") if p.is_file()}
    assert bool(wanted) >= (os.environ.get("CI", "").lower() in ("1", "true")), "run make web first"
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("govnet_api/static/app/")}
    assert packed == wanted


def test_an_installed_package_finds_its_texts_and_tables(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        "from govnet_graph import assets, questions\n"
        "print(assets.cypher_folder(), assets.seeds_folder(), len(questions.catalogue()), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cypher, seeds, count = done.stdout.split()
    assert (Path(cypher), Path(seeds)) == (tmp_path / "govnet_graph" / "cypher", tmp_path / "govnet_graph" / "seeds")
    assert int(count) == len(list((ROOT / "cypher" / "questions").glob("*.cypher")))


# --- containers -----------------------------------------------------------------------------------------------------


def compose() -> dict[str, Any]:
    """docker-compose.yml as Docker reads it, before variables are put in."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def test_containers_listen_on_this_machine_only_and_keep_data_in_named_volumes() -> None:
    services, volumes = compose()["services"], compose()["volumes"]
    assert {"neo4j", "api"} <= set(services)
    for service in services.values():
        assert service["ports"]
        assert [port for port in service["ports"] if not port.startswith("127.0.0.1:")] == []
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(volumes)


def test_containers_are_health_checked_and_start_in_order() -> None:
    services = compose()["services"]
    assert services["neo4j"]["healthcheck"]["test"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert services["api"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_containers_have_no_password_but_the_generated_one() -> None:
    services = compose()["services"]
    held = (services["neo4j"]["environment"]["NEO4J_AUTH"], services["api"]["environment"]["GOVNET_NEO4J_PASSWORD"])
    assert [value for value in held if not re.fullmatch(r"(?:neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}", value)] == []


def test_the_password_is_generated_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    make = ["make", "--file", ROOT / "Makefile", "compose-env"]
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True, timeout=30)
    env = tmp_path / ".env"
    first = env.read_text(encoding="utf-8")
    assert re.fullmatch(r"NEO4J_PASSWORD=[0-9a-f]{48}\n", first)
    assert env.stat().st_mode & 0o777 == 0o600
    again = subprocess.run(make, cwd=tmp_path, check=False, capture_output=True, timeout=30)
    assert again.returncode != 0
    assert env.read_text(encoding="utf-8") == first


def test_the_containers_run_the_newest_neo4j_that_is_tested() -> None:
    from govnet_graph.store.engines.server import NEWEST

    assert compose()["services"]["neo4j"]["image"] == f"neo4j:{NEWEST}-community"


def test_the_image_is_made_from_the_lock_and_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if " pip install" in line or "/pip install" in line]
    assert installs
    assert [line for line in installs if "--require-hashes" not in line and "--no-deps" not in line] == []
    assert any(line.startswith("USER ") and line != "USER root" for line in lines)
