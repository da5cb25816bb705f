"""What a location question is computed from: candidate sites, the smallest areas as demand, and what existing sites cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from govnet_graph.coverage import LEDGERS_OF, Evidence
from govnet_graph.planner.errors import BadOption, NoCandidates, NotInSnapshot
from govnet_graph.planner.judging import complete_for, paired
from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.people import Population, population
from govnet_graph.planner.snapshot import LEVELS, BoolArray, IntArray, Snapshot

MOST_DISTANCES = 20_000_000


@dataclass(frozen=True, eq=False)
class Question:
    """A location question on arrays.

    Attributes
    ----------
    people : Population
        Demand: the smallest areas at or below the root.
    candidates : int array
        Areas where a site may stand.
    covers : sparse matrix, leaves × candidates
        1 where a site would cover a leaf.
    existing : int array
        Areas that a site of today serves.
    covered : bool array
        Leaves that a site of today covers.
    settled : bool array
        Leaves where a complete ledger turns absence into a gap.
    ledger : str
        Kind of that ledger.
    """

    people: Population
    candidates: IntArray
    covers: sparse.csr_matrix
    existing: IntArray
    covered: BoolArray
    settled: BoolArray
    ledger: str


def question(
    snapshot: Snapshot,
    gives: str,
    level: str,
    weight: str,
    reach: int | None,
    only: tuple[str, ...],
    never: tuple[str, ...],
    fixed: tuple[str, ...],
) -> Question:
    """The question about sites that give ``gives``; see ``WhereNextOptions`` for the rest.

    Raises
    ------
    BadOption
        ``gives`` is no evidence key that a site can give.
    NotInSnapshot
        An area or a service is not there.
    NoCandidates
        No area may hold a site.
    """
    codes = [s.code for s in snapshot.services]
    prefix, _, service = gives.partition(":")
    if prefix == "service" and service and service not in codes:
        raise NotInSnapshot(f"Option gives: there is no service {service!r}.", hint=f"There are: {', '.join(codes)}.")
    try:
        evidence = Evidence.parse(gives, codes)
    except ValueError as error:
        raise BadOption(
            f"Option gives: {error}.", hint="For example resource:station, service:meals, worker:police."
        ) from None
    areas, people = snapshot.areas, population(snapshot, weight)
    first, last = snapshot.inside
    standing = np.array(sorted({areas.index(a) for a in fixed}), dtype=np.int64)
    candidates = np.flatnonzero(areas.level[first:last] == LEVELS.index(level)) + first
    if only:
        candidates = np.array(sorted({areas.index(a) for a in only}), dtype=np.int64)
        if ((candidates < first) | (candidates >= last)).any():
            raise BadOption("Option only: an area lies outside the area asked about.", hint="Ask about a larger area.")
    barred = np.append(np.array([areas.index(a) for a in never], dtype=np.int64), standing)
    candidates = candidates[~np.isin(candidates, barred)]
    if not len(candidates):
        raise NoCandidates(
            f"No {level} of this area may hold a site.", hint="Choose another level, or allow more areas."
        )
    key = str(evidence)
    given = snapshot.given.get(key)
    _, at = paired(snapshot, key)
    existing = np.unique(np.concatenate([at, standing, *([given.areas] if given is not None else [])]))
    ledger = next((r.ledger for r in snapshot.requirements if str(r.evidence) == key), LEDGERS_OF[evidence.prefix][0])
    return Question(
        people=people,
        candidates=candidates,
        covers=covering(snapshot, people.leaves, candidates, reach),
        existing=existing,
        covered=np.asarray(covering(snapshot, people.leaves, existing, reach).sum(axis=1)).ravel() > 0,
        settled=complete_for(snapshot, ledger)[people.leaves],
        ledger=ledger,
    )


def covering(snapshot: Snapshot, leaves: IntArray, sites: IntArray, reach: int | None) -> sparse.csr_matrix:
    """1 where a site covers a leaf: the leaf lies in the site's area, or within ``reach`` steps along the hierarchy."""
    rows, starts = [], [0]
    for site in sites:
        if reach is None:
            first, last = np.searchsorted(leaves, [site, snapshot.areas.end[site]])
            rows.append(np.arange(first, last, dtype=np.int64))
        else:
            inside = (leaves >= site) & (leaves < snapshot.areas.end[site])
            rows.append(np.flatnonzero(inside | (snapshot.areas.hops_from(int(site))[leaves] <= reach)))
        starts.append(starts[-1] + len(rows[-1]))
    indices = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    table = sparse.csc_matrix((np.ones(len(indices)), indices, starts), shape=(len(leaves), len(sites)))
    return sparse.csr_matrix(table)


def distances(snapshot: Snapshot, leaves: IntArray, sites: IntArray) -> FloatArray:
    """Steps along the hierarchy from each leaf to each site. Raises BadOption where there are too many to hold."""
    if len(leaves) * len(sites) > MOST_DISTANCES:
        raise BadOption(
            f"{len(leaves)} areas and {len(sites)} sites have too many distances.",
            hint="Choose a higher level for sites.",
        )
    table = np.zeros((len(leaves), len(sites)))
    for column, site in enumerate(sites):
        table[:, column] = snapshot.areas.hops_from(int(site))[leaves]
    return table
