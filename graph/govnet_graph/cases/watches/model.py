"""What a standing question is, what it held when it was last asked, and what is told when that changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from govnet_graph.schema import Text


class WatchKind(StrEnum):
    """What is watched: the answer to a question, or what happens to cases."""

    QUESTION = "question"
    CASES = "cases"


class NoticeKind(StrEnum):
    """What a notice is about: another answer, events of cases, or that the question cannot be answered any more and again."""

    ANSWER = "answer"
    CASE = "case"
    PROBLEM = "problem"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Watch:
    """One standing question.

    Parameters
    ----------
    id : str
    kind : WatchKind
    label : str
        What its owner calls it; may be empty.
    question : str
        Id of the question; empty for cases.
    parameters : mapping of str to str
        Of the question as they were given; for cases ``event`` and ``area`` narrow what is told.
    webhooks : tuple of str
        Ids of the webhooks that are told.
    author : str
    created : float
        Unix moment.
    version, day : int and date, optional
        Data version and day that it was last answered for; None before the first answer.
    evaluated : float, optional
        Unix moment of the last answer.
    problem : str, optional
        Why it could not be answered the last time.
    """

    id: str
    kind: WatchKind
    label: str
    question: str
    parameters: Mapping[str, str]
    webhooks: tuple[str, ...]
    author: str
    created: float
    version: int | None = None
    day: dt.date | None = None
    evaluated: float | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a watch held after its last answer. ``turn`` counts answers: who answers names it, so that one answer counts once.

    ``content`` is what the kind of watch keeps: the rows of the answer, or the cursor of events.
    """

    turn: int
    version: int | None
    day: dt.date | None
    content: Any = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice to be: its kind, its title, the type of its webhook message, and what it tells."""

    kind: NoticeKind
    type: str
    title: Text
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that was told. ``number`` grows; ``created`` is a Unix moment; ``data`` holds no name of a member."""

    number: int
    id: str
    watch: str
    kind: NoticeKind
    type: str
    title: Text
    created: float
    data: Mapping[str, Any]
