"""The words of a Cypher text, as far as the gate on free Cypher must tell them from strings and comments.

This is not a parser: whether a text is right, and what it does, the database says. Texts whose words cannot be told
without doubt are refused: escapes of characters outside strings, characters that nobody sees, and marks that may
count as part of a name in one version and not in another.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from govnet_graph.errors import BadInput

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class StatementRefused(BadInput):
    """A statement asks for something that free Cypher may not do; nothing of it was run."""

    code = "statement-refused"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. ``text`` of a quoted name is the name itself, that of a string is empty; ``length`` is a string's
    in characters, and 0 for anything else."""

    kind: Literal["name", "quoted", "string", "number", "mark"]
    text: str
    length: int = 0

    @property
    def word(self) -> str:
        """The text of a bare name in capitals, which is how keywords compare; empty for anything else."""
        return self.text.upper() if self.kind == "name" else ""

    @property
    def is_name(self) -> bool:
        """Whether it can name something."""
        return self.kind in ("name", "quoted")


def tokens(text: str) -> list[Token]:
    r"""All words and marks in order, comments left out.

    Raises StatementRefused.

    >>> [t.text for t in tokens("MATCH (n:`a b`) // c")]
    ['MATCH', '(', 'n', ':', 'a b', ')']
    >>> [t.text for t in tokens("RETURN l[1..x]")]
    ['RETURN', 'l', '[', '1', '..', 'x', ']']
    """
    _require_plain(text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        here = text[at]
        if here in " \t\n":
            at += 1
        elif text.startswith("//", at):
            at = _after(text, "\n", at, optional=True)
        elif text.startswith("/*", at):
            at = _after(text, "*/", at + 2)
        else:
            token, at = _one(text, at)
            found.append(token)
    return found


def _require_plain(text: str) -> None:
    """The version of Cypher decides where ``\\u`` is read as a character, so that a string could end where none shows."""
    if "\\u" in text.lower():
        raise StatementRefused("Characters may not be written as \\u….", hint="Write the character itself.")
    for character in text:
        if character not in "\t\n" and unicodedata.category(character) in _UNSEEN:
            raise StatementRefused(
                f"The statement holds the unseen character U+{ord(character):04X}.",
                hint="Leave it out; lines end with a line feed.",
            )


def _after(text: str, end: str, at: int, *, optional: bool = False) -> int:
    found = text.find(end, at)
    if found >= 0:
        return found + len(end)
    if optional:
        return len(text)
    raise StatementRefused("A comment does not end.", hint=f"Close it with {end}.")


def _one(text: str, at: int) -> tuple[Token, int]:
    here = text[at]
    if here in "'\"":
        end = _string_end(text, at)
        return Token("string", "", end - at - 2), end
    if here == "`":
        return _quoted(text, at)
    if here.isdecimal() and here.isascii():
        end = _while_named(text, at)
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdecimal():
            end = _while_named(text, end + 1)
        return Token("number", text[at:end]), end
    if _named(here):
        end = _while_named(text, at)
        return Token("name", text[at:end]), end
    if not here.isascii():
        raise StatementRefused(
            f"The mark {here!r} (U+{ord(here):04X}) is not one of Cypher's.",
            hint="Use plain ASCII marks and spaces outside strings; put unusual names in backticks.",
        )
    if text.startswith("..", at):
        return Token("mark", ".."), at + 2
    return Token("mark", here), at + 1


def _named(character: str) -> bool:
    return character == "_" or character.isalnum()


def _while_named(text: str, at: int) -> int:
    while at < len(text) and _named(text[at]):
        at += 1
    return at


def _string_end(text: str, at: int) -> int:
    quote, at = text[at], at + 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    if at >= len(text):
        raise StatementRefused("A string does not end.", hint=f"Close it with {quote}.")
    return at + 1


def _quoted(text: str, at: int) -> tuple[Token, int]:
    name, at = "", at + 1
    while True:
        end = text.find("`", at)
        if end < 0:
            raise StatementRefused("A name in backticks does not end.", hint="Close it with a backtick.")
        name += text[at:end]
        if text[end + 1 : end + 2] != "`":
            return Token("quoted", name), end + 1
        name, at = name + "`", end + 2
