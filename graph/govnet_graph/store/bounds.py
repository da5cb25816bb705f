"""How large a statement of free Cypher may be, and how large what it computes may grow, told from its words.

The database counts the memory of rows, not that of a value which one expression builds, and it neither plans nor reads
a statement that is nested too deeply: a hundred characters can take all of its memory. The bounds are upper ones and
heuristic: they refuse what could grow, by literals, parameters and values of usual length.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govnet_graph.store.tokens import StatementRefused, Token

MOST_WORDS = 6000
#: Parentheses that are no call: patterns, subqueries and what is grouped. The planner's time grows with them.
MOST_GROUPS = 200
#: Operators, brackets and NOT that stand inside one another. Neo4j's own limit lies between 120 and 150.
DEEPEST = 80
#: log2 of the characters or elements that one value may have.
LARGEST = 27.0
#: log2 of the length that a value of the graph is taken to have.
_USUAL = 10.0
_CLAUSES = frozenset(
    {
        *(
            "MATCH",
            "OPTIONAL",
            "WHERE",
            "UNWIND",
            "FOR",
            "CALL",
            "YIELD",
            "FILTER",
            "LET",
            "WITH",
            "RETURN",
            "AS",
            "UNION",
        ),
        *("ORDER", "SKIP", "LIMIT", "AND", "OR", "WHEN", "THEN", "ELSE"),
    }
)
_PROJECTIONS = frozenset({"WITH", "RETURN", "LET"})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_OPERATORS = frozenset("+-*/%^=<>.|")
_WORDS = frozenset({"NOT", "IS", "IN", "XOR"})
#: What can make a value longer than each of its parts.
_JOINING = frozenset("+|[{")
_CASE = frozenset({"CASE", "WHEN", "THEN", "ELSE", "END"})
_ACCUMULATING = frozenset({"reduce", "allreduce"})


def check_bounds(found: Sequence[Token], parameters: int = 0) -> None:
    """Raise StatementRefused for a statement that could take the database's memory or planner.

    Parameters
    ----------
    found : sequence of Token
        The statement.
    parameters : int
        Characters, or elements of a list, of the longest parameter.
    """
    if len(found) > MOST_WORDS:
        raise StatementRefused(f"The statement has {len(found)} words and marks; at most {MOST_WORDS} are allowed.")
    _check_depth(found)
    _check_loops(found, list(_loops(found)))
    # A list has no more elements than every second word of the statement.
    longest = max((token.length for token in found), default=0)
    base = max(_USUAL, math.log2(max(longest, parameters, len(found) // 2, 1)))
    if base + _growth(found) > LARGEST:
        raise StatementRefused(
            "The statement could build a value too large for the database's memory: it joins texts or lists with + again and again.",
            hint="Join fewer in one statement, or return the parts.",
        )


def _is(token: Token, marks: str | frozenset[str]) -> bool:
    return token.kind == "mark" and token.text in marks


def _check_depth(found: Sequence[Token]) -> None:
    """How deep expressions nest. What follows a comma or the word of a clause begins anew inside its brackets."""
    opened: list[tuple[str, int]] = []
    depth = groups = 0
    for before, token in zip([None, *found[:-1]], found, strict=True):
        word = "" if before and _is(before, ".") else token.word
        if _is(token, _OPENING) or word == "CASE":
            groups += token.text == "(" and not (
                before and before.is_name and before.word not in _CLAUSES | _WORDS | _CASE
            )
            opened.append((word, depth))
            depth += 1
        elif _is(token, _CLOSING) or (word == "END" and opened and opened[-1][0] == "CASE"):
            depth = (opened.pop()[1] if opened else 0) + 1
        elif _is(token, ",") or word in _CLAUSES:
            depth = opened[-1][1] + 1 if opened else 0
        elif _is(token, _OPERATORS) or word in _WORDS:
            depth += 1
        if depth > DEEPEST:
            raise StatementRefused(
                f"The statement nests more than {DEEPEST} operators or brackets.", hint="Use IN, UNWIND or parameters."
            )
    if groups > MOST_GROUPS:
        raise StatementRefused(
            f"The statement has {groups} patterns and groups in parentheses; at most {MOST_GROUPS} are allowed.",
            hint="Ask for less at once.",
        )


def _growth(found: Sequence[Token]) -> float:
    """log2 of how many times longer than what it began with a value can be at the end: each projection may join what
    the one before it made, as often as it has ``+`` in one of its items."""
    total, most, here = 0.0, 0, 0
    for at, token in enumerate(found):
        if token.word in _PROJECTIONS:
            total, most, here = total + math.log2(1 + most), 0, 0
        elif _is(token, ","):
            here = 0
        elif _is(token, "+") or (_is(token, "|") and at and _is(found[at - 1], "|")):
            here += 1
            most = max(most, here)
        elif token.is_name and token.text.lower() == "replace" and _is(_at(found, at + 1), "("):
            total += _replaced(found, at + 1)
    return total + math.log2(1 + most)


def _replaced(found: Sequence[Token], opening: int) -> float:
    last = found[_end(found, opening) - 1]
    if last.kind != "string" or not _is(found[_end(found, opening) - 2], ","):
        raise StatementRefused(
            "The last argument of replace(…) may be a text in quotes only, because another could make the whole very long."
        )
    return math.log2(max(last.length, 1))


@dataclass(frozen=True, slots=True)
class _Loop:
    """A list comprehension or an accumulation: positions of its source and of what it does for each element."""

    variables: tuple[str, ...]
    source: range
    body: range
    builds: bool


def _loops(found: Sequence[Token]) -> Iterator[_Loop]:
    """Every ``[x IN source WHERE … | body]`` and ``reduce(a = …, x IN source | body)``."""
    for at, token in enumerate(found):
        if _is(token, "[") and _at(found, at + 1).is_name and _at(found, at + 2).word == "IN":
            end = _end(found, at)
            bar = _first(found, at + 3, end, "|")
            where = _first(found, at + 3, end, "WHERE")
            yield _Loop((found[at + 1].text,), range(at + 3, min(bar, where)), range(min(bar + 1, end), end), True)
        elif token.is_name and token.text.lower() in _ACCUMULATING and _is(_at(found, at + 1), "("):
            end = _end(found, at + 1)
            comma, bar = _first(found, at + 2, end, ","), _first(found, at + 2, end, "|")
            names = (_at(found, at + 2).text, _at(found, comma + 1).text)
            body = range(min(bar + 1, end), _first(found, bar + 1, end, ","))
            yield _Loop(names, range(min(comma + 3, bar), bar), body, False)


def _check_loops(found: Sequence[Token], loops: Sequence[_Loop]) -> None:
    for loop in loops:
        if not loop.builds and not _adds_up(found, loop, loops):
            raise StatementRefused(
                "reduce(…) may use what it accumulates once and without replace(…), because what is joined to itself for each element takes all memory.",
                hint="Use UNWIND with sum() or collect().",
            )
        # A subquery in between has variables of its own, and its rows are counted by the database.
        around = {
            name
            for outer in loops
            if loop.source.start in outer.body and not _braces(found[outer.body.start : loop.source.start])
            for name in outer.variables
        }
        whole = range(loop.source.start, loop.body.stop)
        if loop.builds and around and not any(found[at].text in around for at in whole):
            raise StatementRefused(
                "A list may not be built anew for each element of another that it has nothing to do with.",
                hint="Use UNWIND for both and collect().",
            )


def _adds_up(found: Sequence[Token], loop: _Loop, loops: Sequence[_Loop]) -> bool:
    """Whether an accumulation grows by one element's worth at a time: it takes itself once, and in no loop of its own.

    Of a single CASE, each branch may take it once.
    """
    body = [found[at] for at in loop.body]
    if any(token.text.lower() == "replace" for token in body):
        return False
    if not any(_is(token, _JOINING) for token in body):
        return True
    taken = [
        at
        for at in loop.body
        if found[at].is_name and found[at].text == loop.variables[0] and not _is(found[at - 1], ".")
    ]
    if any(at in inner.body for inner in loops if inner is not loop and inner.body.start in loop.body for at in taken):
        return False
    marks = [at for at in loop.body if found[at].word in _CASE]
    if len(taken) <= 1 or sum(found[at].word == "CASE" for at in marks) != 1:
        return len(taken) <= 1
    if not all(marks[0] < at < marks[-1] for at in taken):
        return False
    return all(sum(first < at < last for at in taken) <= 1 for first, last in pairwise(marks))


def _braces(some: Sequence[Token]) -> int:
    """How many braces stand open at the end."""
    return sum(_is(token, "{") - _is(token, "}") for token in some)


def _at(found: Sequence[Token], at: int) -> Token:
    return found[at] if at < len(found) else Token("mark", "")


def _end(found: Sequence[Token], opening: int) -> int:
    """Position of the bracket that closes the one at ``opening``, or of the end."""
    depth = 0
    for at in range(opening, len(found)):
        if _is(found[at], _OPENING):
            depth += 1
        elif _is(found[at], _CLOSING):
            depth -= 1
            if not depth:
                return at
    return len(found)


def _first(found: Sequence[Token], start: int, end: int, what: str) -> int:
    """Position of a mark or word outside further brackets, or ``end``."""
    at = start
    while at < end:
        if _is(found[at], _OPENING):
            at = _end(found, at)
        elif found[at].text == what if found[at].kind == "mark" else found[at].word == what:
            return at
        at += 1
    return end
