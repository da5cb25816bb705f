"""Why an engine did not come up, in one line, with what to do: read from its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from govnet_graph.store.engines.model import EngineError, LocalKind, PortTaken


@dataclass(frozen=True, slots=True)
class _Cause:
    """A cause, the words that give it away, and what to do."""

    words: tuple[str, ...]
    message: str
    hint: str
    error: type[EngineError] = EngineError


# In this order, because one cause often leads to the words of another: a full disk to data that cannot be read.
_CAUSES = (
    _Cause(
        ("No space left on device", "Disk quota exceeded"),
        "The disk of {home} is full.",
        "Free some space or set GOVNET_HOME to another disk.",
    ),
    _Cause(
        (r"[Aa]ddress(?: [0-9.:]+ is)? already in use", "Unable to listen (?:for|to)"),
        "Another program listens on a port that the engine was to use.",
        "Stop that program or choose another port.",
        PortTaken,
    ),
    _Cause(
        (
            "Could not reserve enough space",
            "Invalid (?:maximum|initial) heap size",
            "(?:Initial|initial|maximum) heap size (?:set to a larger value|.*exceeds)",
            "Too small (?:maximum|initial) heap",
        ),
        "The heap that was asked for does not suit this machine.",
        "Set GOVNET_HEAP to a size such as 512m.",
    ),
    _Cause(
        ("OutOfMemoryError", "Cannot allocate memory"),
        "The engine ran out of memory while it started.",
        "Set GOVNET_HEAP to a larger size, such as 1g.",
    ),
    _Cause(
        ("UnsupportedClassVersionError",),
        "The Java that was found is too old for this version of Neo4j.",
        "Set GOVNET_JAVA to a newer one.",
    ),
    _Cause(
        (r"GLIBC_[0-9.]+.? not found", "cannot open shared object file"),
        "A library of the system is missing or too old for the engine.",
        "Use another engine: --engine neo4j, or the address of a running one.",
    ),
    _Cause(
        ("is locked by another process", "StoreLockException", "FileLockException"),
        "Another program has the data in {home} open.",
        "Stop that program, or set GOVNET_HOME.",
    ),
    _Cause(
        ("Permission denied", "AccessDeniedException", "Read-only file system"),
        "A file in {home} cannot be written.",
        "Give the directory to the user who starts the engine.",
    ),
    _Cause(
        (
            "JSONException",
            "[Cc]orrupt",
            "Failed to (?:read current store version|load data from)",
            "Error on creating new database instance",
        ),
        "The data in {home} cannot be read.",
        "Restore a backup, or move the directory away and load again.",
    ),
    _Cause(
        ("did not answer in time",),
        "The engine did not answer in time.",
        "Try again when the machine has less to do.",
    ),
)
_SHOWN = 30
_TELLING = re.compile(r"\b(?:ERROR|SEVERE|SEVER|Fatal|failed)\b|(?:Error|Exception)\b")


def explain(reason: str, log_end: str, *, kind: LocalKind, home: Path, log: Path) -> EngineError:
    """The error for an engine that failed to start.

    Parameters
    ----------
    reason : str
        What its process said of the failure; may be empty.
    log_end : str
        The end of its log.
    kind, home, log
        Which engine, its data directory, and where the whole log is.

    Returns
    -------
    EngineError
        Its message names a known cause, or quotes the line of the log that looks most like one; its ``tail`` is the
        last lines of the log.
    """
    tail = "\n".join(log_end.splitlines()[-_SHOWN:])
    for text in (reason, log_end):
        for cause in _CAUSES:
            if any(re.search(words, text) for words in cause.words):
                return cause.error(cause.message.format(home=home), f"{cause.hint} The log is {log}.", tail)
    said = _first_line(reason) or _telling_line(log_end) or "it ended without a word"
    return EngineError(f"The {kind} engine did not start: {said}", f"The log is {log}.", tail)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _telling_line(log_end: str) -> str:
    """The last line that looks like an error, else the last line; stack frames say nothing to a user."""
    lines = [line.strip() for line in log_end.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("at ", "... ", "File "))]
    telling = [line for line in lines if _TELLING.search(line)]
    return (telling or lines or [""])[-1]
