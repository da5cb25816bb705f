"""Errors that a user can act on: a stable code, one line that says what is wrong, a hint that says what to do.

``exit_code`` follows the command line's contract: 1 problems were found, 2 bad input, 3 engine unreachable.
"""

from __future__ import annotations


def indefinite(word: str) -> str:
    """The word behind its indefinite article: a Unit, an Area. By its first letter, which holds for labels and types."""
    return f"{'an' if word[:1].lower() in tuple('aeio') else 'a'} {word}"


class GovnetError(Exception):
    """Base of every error that govnet raises on purpose.

    Parameters
    ----------
    message : str
        One line: what is wrong, with the value that was given.
    hint : str
        One line: what to do about it.
    """

    code = "govnet-error"
    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class FoundProblems(GovnetError):
    """A check ran to its end and found problems."""

    code = "problems-found"


class BadInput(GovnetError):
    """What the caller gave cannot be used; nothing was changed."""

    code = "bad-input"
    exit_code = 2


class NotFound(BadInput):
    """The thing asked for is not there."""

    code = "not-found"


class EngineUnreachable(GovnetError):
    """The database cannot be started or does not answer."""

    code = "engine-unreachable"
    exit_code = 3
