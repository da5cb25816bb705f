"""What all tests share: a clean environment, and the one way to say that a test needs something from outside."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from govnet_graph.errors import GovnetError
from govnet_graph.store.engines import embedded, java, server


def pytest_configure() -> None:
    """The settings of whoever runs the tests must not decide them."""
    for name in [name for name in os.environ if name.startswith("GOVNET_")]:
        del os.environ[name]


class ByEngine(LoadScopeScheduling):  # type: ignore[misc]
    """Tests of one Neo4j share a worker, so that it is started once; so do those of a file, which share what it sets up."""

    def _split_scope(self, nodeid: str) -> str:
        versions = (server.LONG_TERM, server.NEWEST)
        return next((version for version in versions if version in nodeid), nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByEngine:
    """How tests are shared out among workers (``make test WORKERS=2``)."""
    return ByEngine(config, log)


def chromium() -> str | None:
    """The Chromium that browser tests drive (environment variable ``CHROMIUM``, as the Makefile sets it)."""
    return shutil.which(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def missing(what: str) -> str | None:
    """Why what a test needs is not to be had here, in one line; None when it is. Downloads and starts nothing."""
    try:
        match what:
            case "embedded":
                embedded.require()
            case "neo4j":
                for version in (server.LONG_TERM, server.NEWEST):
                    java.find(version)
                if importlib.util.find_spec("jgo") is None:
                    return "jgo is not installed (make dev)"
            case "browser":
                if importlib.util.find_spec("playwright") is None:
                    return "playwright is not installed"
                if chromium() is None:
                    return "there is no Chromium (make browser says how to get it)"
            case _:
                raise AssertionError(f"no test needs {what!r}: there are embedded, neo4j and browser")
    except GovnetError as error:
        return str(error)
    return None


def needs(what: str) -> None:
    """Leave out the test that asks, with the reason, where ``embedded``, ``neo4j`` or ``browser`` is not to be had.

    In continuous integration (``CI=true``) it fails instead: there everything must be there, and what is left out
    unnoticed proves nothing.
    """
    reason = missing(what)
    if reason is None:
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{what} is needed: {reason}")
    pytest.skip(f"{what} is needed: {reason}")  # noqa: TID251
