"""What an address of the API means: a question, and how the address's parameters become the question's.

An operation is a line of data. Everything that is the same for each of its requests is worked out once, here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from govnet_graph import __version__
from govnet_graph.errors import NotFound, indefinite
from govnet_graph.questions import BadParameter, Parameter, Question, Shape
from govnet_graph.questions.values import MAX_TEXT

PREFIX = "/api/v1"
#: What every id looks like; nothing else can be one.
ID_FORM = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
_ID = re.compile(ID_FORM)
_FIELDS = 40
_OF_ANSWER = frozenset({"cursor", "format", "whole"})  # they decide the answer's page and form, not what is asked
_HIDDEN = frozenset({"skip"})  # pages are asked for by cursor
_MAY_HOLD_NAMES = frozenset({Shape.ENTITY, Shape.ENTITIES, Shape.PATH, Shape.MAP, Shape.MAPS})


@dataclass(frozen=True, slots=True)
class Operation:
    """One address under ``/api/v1``.

    Parameters
    ----------
    path : str
        With placeholders in braces.
    id : str
        Name of the operation in the contract; clients are generated from it.
    tag : str
        Group in the documentation.
    question : str
        Id of the question.
    renamed : mapping of str to str
        Parameters of the address (in its path or query) whose names differ from the question's.
    fixed : mapping of str to str
        Parameters of the question that the address decides.
    single : bool
        The answer is one row, returned as an object of its own.
    labels : tuple of str
        What the one thing may be, where the question itself would take any.
    """

    path: str
    id: str
    tag: str
    question: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    labels: tuple[str, ...] = ()

    @property
    def in_path(self) -> tuple[str, ...]:
        """Names of the placeholders."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    def misfits(self, question: Question) -> list[str]:
        """In what this operation contradicts its question; empty when they fit."""
        taken = {p.name for p in question.parameters}
        wrong = [
            f"{self.path}: {question.id} has no parameter {name}"
            for name in (*self.renamed.values(), *self.fixed)
            if name not in taken
        ]
        wrong += [
            f"{self.path}: {question.id} has no parameter {name}"
            for name in self.in_path
            if self.renamed.get(name, name) not in taken
        ]
        if self.single:
            wrong += [
                f"{self.path}: column {c.name} of {question.id} is reserved"
                for c in question.columns
                if c.name in ("as_of", "data_version")
            ]
        return wrong


class Bound:
    """An operation with its question."""

    def __init__(self, operation: Operation, question: Question) -> None:
        self.operation = operation
        self.question = question
        to_question = dict(operation.renamed)
        public = {inner: outer for outer, inner in to_question.items()}
        #: name in the address by name in the question
        self.public = {p.name: public.get(p.name, p.name) for p in question.parameters}
        hidden = {*_HIDDEN, *operation.fixed, *({"limit"} if operation.single else ())}
        #: (name in the address, parameter) of everything that a caller may give
        self.parameters: list[tuple[str, Parameter]] = [
            (self.public[p.name], p) for p in question.parameters if p.name not in hidden
        ]
        self.query_names = frozenset(name for name, _ in self.parameters if name not in operation.in_path) | (
            frozenset() if operation.single else {"cursor", "whole"}
        )
        self.ids = {name: p.type for name, p in self.parameters if p.is_id}
        self.inner = {outer: p.name for outer, p in self.parameters}
        self.columns = tuple(column.name for column in question.columns)
        self.may_hold_names = any(column.type in _MAY_HOLD_NAMES for column in question.columns)
        self.path = PREFIX + operation.path
        self.fingerprint = hashlib.blake2b(
            f"{__version__}\0{operation.path}\0{sorted(operation.fixed.items())}\0{operation.single}\0{question.cypher}".encode(),
            digest_size=12,
        ).digest()

    def given(self, query: bytes, in_path: Mapping[str, Any], also: frozenset[str] = frozenset()) -> dict[str, str]:
        """Everything that the caller gave, by its name in the address. Raises BadParameter or NotFound.

        ``also`` names parameters that the address takes besides those of its question.
        """
        given: dict[str, str] = dict(in_path)
        if query:
            self._read(query, given, self.query_names | also)
        for name, value in given.items():
            if name in self.ids and len(value) <= MAX_TEXT and not _ID.fullmatch(value):
                raise NotFound(
                    f"There is no {self.ids[name]} {value!r}.",
                    hint="Ids hold letters, digits, dots, hyphens and underscores only.",
                )
        return given

    def _read(self, query: bytes, given: dict[str, str], taken: frozenset[str]) -> None:
        try:
            pairs = parse_qsl(query.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
        except ValueError:
            raise BadParameter(
                "",
                "The query string is not valid UTF-8 or has too many parts.",
                hint="Encode values as UTF-8 with percent signs.",
            ) from None
        for name, value in pairs:
            if name not in taken:
                raise self._unknown(name, taken)
            if name in given:
                raise BadParameter(name, f"Parameter {name!r} is given twice.", hint="Give it once.")
            if not value:
                raise BadParameter(name, f"Parameter {name!r} is empty.", hint="Leave it out, or give it a value.")
            given[name] = value

    def for_question(self, given: Mapping[str, str]) -> dict[str, object]:
        """The same by its names in the question, with what the address decides."""
        named: dict[str, object] = {self.inner[name]: value for name, value in given.items() if name not in _OF_ANSWER}
        named.update(self.operation.fixed)
        if self.operation.single:
            named["limit"] = 1
        return named

    def require_one(self, rows: Sequence[Sequence[Any]]) -> None:
        """Raise NotFound unless there is a row and it is about a thing of the kind that the address names."""
        if not rows:
            raise NotFound("The graph holds nothing under this id on that day.", hint="Ask for another day with as_of.")
        allowed, found = self.operation.labels, rows[0][0]
        if allowed and found["label"] not in allowed:
            raise NotFound(
                f"{found['id']!r} is {indefinite(found['label'])}, not {' or '.join(indefinite(label) for label in allowed)}.",
                hint=f"See it at {PREFIX}/entities/{found['id']}.",
            )

    def _unknown(self, name: str, taken: frozenset[str]) -> BadParameter:
        known = ", ".join(sorted(taken))
        return BadParameter(
            name[:100], f"{self.path} takes no query parameter {name[:100]!r}.", hint=f"It takes: {known}."
        )
