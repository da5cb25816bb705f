"""Published instances of location problems: from the data that PySAL's spopt ships, and those that a rule defines."""

from __future__ import annotations

import csv
import itertools
from importlib.resources import files

import numpy as np
from scipy import sparse

#: spopt 0.7, tests/test_locate: 205 census tracts of San Francisco, 16 candidate stores; what its tests and notebooks publish.
SAN_FRANCISCO_MEAN_DISTANCE = 2982.1268579890657
SAN_FRANCISCO_COVERED_PERCENT = 89.75609756097561
SAN_FRANCISCO_RADIUS, SAN_FRANCISCO_SITES = 5000.0, 4


def san_francisco() -> tuple[np.ndarray, np.ndarray]:
    """(network distance in metres, tracts × stores; population in 2000 of each tract)."""
    folder = files("spopt") / "tests" / "test_locate" / "data"
    text = (folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    tracts = sorted({row["DestinationName"] for row in rows})
    stores = sorted({row["name"] for row in rows})
    table = np.zeros((len(tracts), len(stores)))
    people = np.zeros(len(tracts))
    for row in rows:
        at = tracts.index(row["DestinationName"])
        table[at, stores.index(row["name"])] = float(row["distance"])
        people[at] = float(row["demand"])
    return table, people


def hypercube_cycles(dimension: int) -> sparse.csr_matrix:
    """OR-Library scpcyc (Grossman & Wool 1997): fewest edges of a hypercube that meet all its cycles of four edges."""
    edges: dict[tuple[int, int], int] = {}
    for corner, bit in itertools.product(range(2**dimension), range(dimension)):
        if not corner >> bit & 1:
            edges[corner, bit] = len(edges)
    rows = [
        {edges[v, a], edges[v, b], edges[v | 1 << b, a], edges[v | 1 << a, b]}
        for a, b in itertools.combinations(range(dimension), 2)
        for v in range(2**dimension)
        if not v >> a & 1 and not v >> b & 1
    ]
    return covers(rows, len(edges))


def steiner_triples(name: str) -> sparse.csr_matrix:
    """A9, A15 and A27 (Fulkerson, Nemhauser & Trotter 1974): fewest points that meet every triple of a Steiner system."""
    nine = _bose(1)
    systems = {"A9": (9, nine), "A15": (15, _bose(2)), "A27": (27, _product(nine, 9))}
    points, triples = systems[name]
    return covers([set(t) for t in triples], points)


def _bose(order: int) -> list[tuple[int, int, int]]:
    """Bose's construction of a Steiner system on 6 · order + 3 points."""
    size = 2 * order + 1
    half = (size + 1) // 2

    def point(x: int, layer: int) -> int:
        return 3 * x + layer

    found = [(point(x, 0), point(x, 1), point(x, 2)) for x in range(size)]
    for x, y in itertools.combinations(range(size), 2):
        middle = (x + y) * half % size
        found += [(point(x, i), point(y, i), point(middle, (i + 1) % 3)) for i in range(3)]
    return found


def _product(system: list[tuple[int, int, int]], points: int) -> list[tuple[int, int, int]]:
    """The system on three copies of the points, as A27 is made from A9."""
    found = [(i, i + points, i + 2 * points) for i in range(points)]
    found += [tuple(x + c * points for x in triple) for triple in system for c in range(3)]  # type: ignore[misc]
    for triple in system:
        found += [
            tuple(x + c * points for x, c in zip(triple, p, strict=True)) for p in itertools.permutations(range(3))
        ]  # type: ignore[misc]
    return found


def covers(rows: list[set[int]], sites: int) -> sparse.csr_matrix:
    """Rows of sites as a matrix."""
    at = [(i, j) for i, row in enumerate(rows) for j in sorted(row)]
    return sparse.csr_matrix((np.ones(len(at)), np.array(at).T), shape=(len(rows), sites))
