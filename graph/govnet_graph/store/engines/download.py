"""Downloading Neo4j from a Maven repository. Imported only when there is something to download: jgo is an extra.

Only jgo's resolver is used. Its environments would fetch a further JDK to sort the jars by kind, which nobody needs
here, and its downloads write to the final place at once, so that an interrupted one would be trusted ever after.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import ParseError

from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import Artifact, MavenContext, PythonResolver
from jgo.parse import Coordinate
from jgo.util import http

from govnet_graph.errors import BadInput
from govnet_graph.store.engines.model import EngineError
from govnet_graph.store.engines.runtime import write_whole

BROWSER = "5.24.0"
_NOT_FOUND = 404
_SECONDS = 60
_AT_ONCE = 8
_EVERY = 50


class _Missing(Exception):
    """The repository does not have a file."""


class _Damaged(Exception):
    """A file is not what the repository says it is."""


class _Resolver(PythonResolver):
    """Downloads whole files or none: to a temporary name, jars checked against the repository's SHA-1."""

    def download(self, artifact: Artifact) -> Path | None:
        target = artifact.cached_path
        assert target is not None
        for repository in artifact.context.remote_repos.values():
            url = f"{repository.rstrip('/')}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            answer = http.get(url, timeout=_SECONDS)
            if answer.status_code == _NOT_FOUND:
                continue
            answer.raise_for_status()
            if artifact.packaging == "jar":
                _check(answer.content, url)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, answer.content)
            return target
        raise _Missing(str(artifact))


def _check(content: bytes, url: str) -> None:
    answer = http.get(f"{url}.sha1", timeout=_SECONDS)
    answer.raise_for_status()
    expected = str(answer.text).split()[0]
    if hashlib.sha1(content, usedforsecurity=False).hexdigest() != expected:
        raise _Damaged(url.rpartition("/")[2])


def download(version: str, folder: Path, *, maven: str, report: Callable[[str], None]) -> list[Path]:
    """All jars of Neo4j Community of one version and of Neo4j Browser, as files below ``folder``.

    Parameters
    ----------
    version : str
        Such as ``2026.08.1``.
    folder : Path
        A local Maven repository; what is in it is not downloaded again.
    maven : str
        Address of the Maven repository, empty for Maven Central.
    report : callable
        Told how far it is.

    Raises
    ------
    BadInput
        The repository has no such version.
    EngineError
        The download failed; the next try goes on where it ended.
    """
    maven = maven or MAVEN_CENTRAL_URL
    report(f"Downloading Neo4j {version} from {maven} (about 190 MB, once) …")
    try:
        return _download(version, folder, maven, report)
    except _Missing as error:
        if str(error).startswith("org.neo4j") and f":{version}" in str(error):
            raise BadInput(
                f"{maven} has no Neo4j {version}.", hint="Versions look like 2026.08.1 or 5.26.30."
            ) from None
        raise EngineError(f"{maven} lacks {error}, which Neo4j {version} needs.", "Try another repository.") from None
    except _Damaged as error:
        raise EngineError(f"{error} arrived damaged.", "Try again; what arrived whole is kept.") from None
    except ParseError as error:
        raise EngineError(f"{maven} does not answer like a Maven repository.", "Does a proxy intervene?") from error
    except OSError as error:  # those of requests, too
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise EngineError(f"The disk of {folder} is full.", "Free some space: Neo4j needs 200 MB there.") from error
        raise EngineError(
            f"Neo4j {version} could not be downloaded from {maven}: {type(error).__name__}.",
            "Look at the network and its proxy (HTTPS_PROXY), then try again; what arrived is kept.",
        ) from error


def _download(version: str, folder: Path, maven: str, report: Callable[[str], None]) -> list[Path]:
    context = MavenContext(
        resolver=_Resolver(), repo_cache=folder, local_repos=[], remote_repos={"maven": maven}, timeout=_SECONDS
    )
    wanted = [
        context.create_dependency(Coordinate(groupId=group, artifactId=name, version=number, scope="compile"))
        for group, name, number in (
            ("org.neo4j.app", "neo4j-server", version),
            ("org.neo4j", "neo4j", version),
            ("org.neo4j.client", "neo4j-browser", BROWSER),
        )
    ]
    named, others = context.resolver.resolve(wanted)
    artifacts = [each.artifact for each in named]
    artifacts += [each.artifact for each in others if each.scope in ("compile", "runtime")]
    jars = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for jar in pool.map(Artifact.resolve, artifacts):
            jars.append(jar)
            if len(jars) % _EVERY == 0:
                report(f"{len(jars)} of {len(artifacts)} files …")
    return jars
