"""The class path of a Neo4j server: downloaded once, then kept for every data directory of the user."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govnet_graph.store.engines.model import EngineError
from govnet_graph.store.engines.runtime import write_whole

if sys.platform != "win32":
    import fcntl


def default_cache() -> Path:
    """Where downloads are kept unless the options say otherwise: ``govnet`` in the user's cache directory (XDG)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "govnet"


def class_path(version: str, cache: Path, *, maven: str, report: Callable[[str], None]) -> list[Path]:
    """The jars of Neo4j Community of one version with Neo4j Browser, downloaded if the cache does not have them.

    Parameters
    ----------
    version : str
        Such as ``2026.08.1``.
    cache : Path
        Folder that keeps downloads; several processes may share it.
    maven : str
        Address of the Maven repository, empty for Maven Central.
    report : callable
        Told what is being downloaded.

    Raises
    ------
    BadInput
        The repository has no such version.
    EngineError
        The download failed, or the package that downloads is not installed.
    """
    index = cache / f"neo4j-{version}.json"
    if (found := _indexed(index, cache)) is not None:
        return found
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(cache, report):
            # Somebody else may have downloaded it while this process waited.
            return _indexed(index, cache) or _fetch(version, cache, index, maven, report)
    except OSError as error:
        raise EngineError(f"Downloads cannot be kept in {cache}: {error.strerror}.", "Free some space.") from error


def _fetch(version: str, cache: Path, index: Path, maven: str, report: Callable[[str], None]) -> list[Path]:
    try:
        from govnet_graph.store.engines.download import download
    except ModuleNotFoundError as error:
        raise EngineError(
            f"Neo4j has to be downloaded first, and the package {str(error.name).partition('.')[0]} is not installed.",
            "Install govnet with its extra neo4j (pip install 'govnet[neo4j]'), or give the address of a running engine.",
        ) from None
    jars = download(version, cache / "maven", maven=maven, report=report)
    listed = [[jar.relative_to(cache).as_posix(), jar.stat().st_size] for jar in jars]
    write_whole(index, json.dumps(listed, indent=0).encode())
    return jars


def _indexed(index: Path, cache: Path) -> list[Path] | None:
    """The jars of an earlier download, if all are there in full length."""
    try:
        listed = json.loads(index.read_text(encoding="utf-8"))
        if any((cache / name).stat().st_size != size for name, size in listed):
            return None
        return [cache / name for name, _ in listed]
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def _alone(cache: Path, report: Callable[[str], None]) -> Iterator[None]:
    """Let one process at a time download into a cache."""
    with (cache / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Waiting for another download …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
