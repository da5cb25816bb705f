"""From a reference in a ledger to a thing of the graph: identifier, then exact name in its place, then what is alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stdnum.cn import uscc

from govnet_graph.ledgers.who.decisions import Decisions, Verdict
from govnet_graph.ledgers.who.index import Entry, Index
from govnet_graph.ledgers.who.names import DOUBTFUL, SURE, How, Name, compare, normal, prepare
from govnet_graph.schema import AREAS

_MOST = 5
_AREA_DIGITS = (6, 9, 12, 15)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a row says of a thing.

    Parameters
    ----------
    labels : tuple of str
        What it may be.
    name : str
        As written; empty where the row gives an identifier only.
    code : str
        Id in the graph, area code or unified social credit code; empty where the row gives none.
    within : str
        Id of the area in which the name is meant; of a member, of the unit or area that the row names.
    props : mapping
        What else the row says of it, to be shown beside candidates.
    """

    labels: tuple[str, ...]
    name: str = ""
    code: str = ""
    within: str = ""
    props: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> str:
        """Names this reference among decisions without telling the name: a hash of what it says."""
        said = "|".join((*self.labels, normal(self.name), self.code.upper(), self.within))
        return hashlib.sha256(said.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant, with a score from 0 to 1 and how it was found."""

    entry: Entry
    score: float
    how: How

    def sides(self, props: dict[str, Any]) -> dict[str, list[str]]:
        """Which properties of the row and of this thing agree and which differ."""
        held = self.entry.props
        both = [key for key in props if held.get(key) is not None and key != "name"]
        return {
            "agree": sorted(key for key in both if held[key] == props[key]),
            "differ": sorted(key for key in both if held[key] != props[key]),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """One thing is meant."""

    id: str
    label: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class Doubt:
    """Several things, or one that is merely alike, may be meant; best first. Somebody has to say."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing like it is in the graph. ``fault`` says what is wrong with an identifier: ``code-invalid``, ``code-unknown``."""

    fault: str = ""


Outcome = Match | Doubt | Unknown


def resolve(index: Index, reference: Reference, decisions: Decisions | None = None) -> Outcome:
    """What a reference means.

    Areas are meant within ``reference.within`` only, or within the index's home. Members are never joined by name: the
    same name is a doubt at most. A decision on this very reference goes before all but a valid identifier.
    """
    if reference.code:
        found = _by_code(index, reference)
        if found is not None:
            return found
    choice = decisions.get(reference.key) if decisions is not None else None
    denied: frozenset[str] = frozenset()
    if choice is not None:
        if choice.verdict is Verdict.NEW:
            return Unknown()
        if choice.verdict is Verdict.JOIN and choice.target in index.entries:
            return Match(choice.target, index.entries[choice.target].label, 1.0, How.DECISION)
        denied = frozenset(choice.denied)
    if not reference.name:
        return Unknown()
    candidates = [c for c in _candidates(index, reference) if c.entry.id not in denied]
    return _judged(reference, candidates)


def code_is_sound(code: str) -> bool:
    """Whether an identifier has the form of an area code or of a valid unified social credit code (GB 32100-2015)."""
    if code.isdigit() and len(code) in _AREA_DIGITS:
        return True
    return bool(uscc.is_valid(code))


def _by_code(index: Index, reference: Reference) -> Outcome | None:
    """What the identifier says; None leaves it to the name, as for a code of a unit that the graph does not hold yet."""
    code = reference.code.strip()
    area = reference.labels[0] in AREAS
    found = index.by_code(code)
    while area and found is None and code.isdigit() and len(code) > 6 and code.endswith("000"):
        # Statistical lists write the codes of larger areas with trailing zeros.
        code = code[:-3]
        found = index.by_code(code)
    if found is not None and found.label in reference.labels:
        return Match(found.id, found.label, 1.0, How.IDENTIFIER)
    if not code_is_sound(code) and code not in index.entries:
        return Unknown("code-invalid")
    return Unknown("code-unknown") if area else None


def _candidates(index: Index, reference: Reference) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for label in reference.labels:
        for candidate in _of_label(index, reference, label):
            known = found.get(candidate.entry.id)
            if known is None or candidate.score > known.score:
                found[candidate.entry.id] = candidate
    return sorted(found.values(), key=lambda c: (-c.score, c.entry.id))


def _of_label(index: Index, reference: Reference, label: str) -> Iterable[Candidate]:
    whole = normal(reference.name)
    below = _scope(index, reference, label)
    exact = [
        Candidate(e, 1.0, How.NAME if normal(e.name) == whole else How.ALIAS)
        for e in index.exactly(label, whole)
        if _inside(e, reference, below)
    ]
    if label == "Member":
        return [Candidate(c.entry, 0.8, How.SAME_NAME) for c in exact if _shares(c.entry, reference.within)]
    if exact:
        return exact
    asked = prepare(reference.name, label, index.above(below + "~") if label in AREAS else index.places)
    return [
        c for e in index.alike(label, asked, below) if _inside(e, reference, below) and (c := _best(index, e, asked))
    ]


def _best(index: Index, entry: Entry, asked: Name) -> Candidate | None:
    score, how = max((compare(asked, form) for form in index.forms(entry)), default=(0.0, How.TYPING))
    return Candidate(entry, round(score, 3), how) if score >= DOUBTFUL else None


def _scope(index: Index, reference: Reference, label: str) -> str:
    """Id of the area in which names of this label are looked up; empty for anywhere."""
    if label in AREAS and label != "District":
        return reference.within or index.home
    return reference.within if reference.within in index.entries and label == "Resource" else ""


def _inside(entry: Entry, reference: Reference, below: str) -> bool:
    if not below:
        return True
    if entry.label in AREAS:
        inside = entry.id.startswith(below)
        # A row that names a place means something within it; the area that a whole ledger is about may itself be meant,
        # and so may those that hold it.
        return inside and entry.id != below if reference.within else inside or below.startswith(entry.id)
    return not entry.places or any(place.startswith(below) or below.startswith(place) for place in entry.places)


def _shares(entry: Entry, within: str) -> bool:
    return not within or within in entry.places


def _judged(reference: Reference, candidates: list[Candidate]) -> Outcome:
    if not candidates:
        return Unknown()
    first, rest = candidates[0], candidates[1:]
    certain = first.score >= SURE or (first.how is How.SOUND and first.score >= 0.9 and _is_narrow(reference))
    if certain and "Member" not in reference.labels and not (rest and rest[0].score >= min(SURE, first.score)):
        return Match(first.entry.id, first.entry.label, first.score, first.how)
    return Doubt(tuple(candidates[:_MOST]))


def _is_narrow(reference: Reference) -> bool:
    """Whether the place leaves so few areas that the same sound is the same area."""
    return all(label in AREAS for label in reference.labels) and len(reference.within) >= 9
