"""What free Cypher may do: everything is refused that is not on a list here.

Two looks, because neither sees all. The database's own plan tells each operator, and so every write, every look at the
server and every database that is meant. But a subquery inside an expression, such as
``[x IN [1] | COLLECT { LOAD CSV … }]``, is one operator in the plan, and functions are not told at all: these are
found in the words of the text. So are the bounds on how large a statement and its values may be (``store.bounds``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govnet_graph.store.bounds import check_bounds
from govnet_graph.store.tokens import StatementRefused, Token, tokens

MAX_STATEMENT = 20_000
#: Words that a statement may begin with.
STARTS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "LET", "FOR", "FILTER", "WHEN"})
#: Procedures that tell of the graph's own shape or search it.
PROCEDURES = frozenset(
    {
        "db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization",
        "db.schema.nodetypeproperties", "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships",
    }
)  # fmt: skip
_KINDS_OF_TIME = ("date", "datetime", "time", "localtime", "localdatetime")
_CLOCKS = ("realtime", "statement", "transaction", "truncate")
#: Functions with a namespace. Those without one are all the database's own: it takes no others.
FUNCTIONS = frozenset(
    {
        *(f"{kind}.{clock}" for kind in _KINDS_OF_TIME for clock in _CLOCKS),
        "datetime.fromepoch", "datetime.fromepochmillis",
        "duration.between", "duration.indays", "duration.inmonths", "duration.inseconds",
        "point.distance", "point.withinbbox", "vector.similarity.cosine", "vector.similarity.euclidean",
    }
)  # fmt: skip
_SCANS = ("AllRelationshipsScan", "RelationshipByElementIdSeek", "RelationshipByIdSeek", "RelationshipIndexContainsScan",
    "RelationshipIndexEndsWithScan", "RelationshipIndexScan", "RelationshipIndexSeek", "RelationshipIndexSeekByRange",
    "RelationshipTypeScan", "RelationshipUniqueIndexSeek", "RelationshipUniqueIndexSeekByRange",
    "UnionRelationshipTypesScan")  # fmt: skip
#: Operators that only read, of all runtimes of Neo4j 5 and 2026, by their names without what stands in parentheses.
OPERATORS = frozenset(
    {
        "AllNodesScan", "AntiSemiApply", "Apply", "Argument", "BFSPruningVarLengthExpand", "CacheProperties", "CartesianProduct",
        "Distinct", "DynamicDirectedRelationshipTypeLookup", "DynamicLabelNodeLookup", "DynamicUndirectedRelationshipTypeLookup",
        "Eager", "EagerAggregation", "EmptyResult", "EmptyRow", "Expand", "Filter", "IntersectionNodeByLabelsScan",
        "LetAntiSemiApply", "LetSelectOrAntiSemiApply", "LetSelectOrSemiApply", "LetSemiApply", "Limit", "MultiNodeIndexSeek",
        "NodeByElementIdSeek", "NodeByIdSeek", "NodeByLabelScan", "NodeCountFromCountStore", "NodeHashJoin", "NodeIndexContainsScan",
        "NodeIndexEndsWithScan", "NodeIndexScan", "NodeIndexSeek", "NodeIndexSeekByRange", "NodeLeftOuterHashJoin",
        "NodeRightOuterHashJoin", "NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange", "Optional", "OptionalExpand",
        "OrderedAggregation", "OrderedDistinct", "OrderedUnion", "PartialSort", "PartialTop", "PartitionedAllNodesScan",
        "PartitionedNodeByLabelScan", "PartitionedNodeIndexScan", "PartitionedNodeIndexSeek", "PartitionedNodeIndexSeekByRange",
        "PartitionedIntersectionNodeByLabelsScan", "PartitionedUnionNodeByLabelsScan", "PartitionedUnwind", "PreserveOrder",
        "ProcedureCall", "ProduceResults", "ProjectEndpoints", "Projection", "PruningVarLengthExpand",
        "RelationshipCountFromCountStore", "Repeat", "RollUpApply", "SelectOrAntiSemiApply", "SelectOrSemiApply", "SemiApply",
        "ShortestPath", "Skip", "Sort", "StatefulShortestPath", "SubtractionNodeByLabelsScan", "Top", "Top1WithTies", "Trail",
        "TriadicBuild", "TriadicFilter", "TriadicSelection", "Union", "UnionNodeByLabelsScan", "Unwind", "ValueHashJoin",
        "VarLengthExpand",
        *(f"{part}{way}{scan}" for scan in _SCANS for way in ("Directed", "Undirected") for part in ("", "Partitioned")),
    }
)  # fmt: skip
_READ_ONLY = "Free Cypher reads the graph: MATCH, WITH, UNWIND, CALL of subqueries and RETURN."


def check_text(statement: str, longest: int = 0) -> str:
    """The statement as it may be sent. Raises StatementRefused, naming the word that is to blame.

    ``longest`` is the length of the longest text or list among its parameters.

    >>> check_text("MATCH (n:Unit) RETURN n.name")
    'MATCH (n:Unit) RETURN n.name'
    """
    text = statement.replace("\r\n", "\n")
    if len(text) > MAX_STATEMENT:
        raise StatementRefused(f"The statement has {len(text)} characters; at most {MAX_STATEMENT} are allowed.")
    found = tokens(text)
    _check_start(found)
    _check_words(found)
    check_bounds(found, longest)
    for name, called in _names(found):
        allowed = PROCEDURES if called else FUNCTIONS | PROCEDURES
        if name.lower() not in allowed:
            kind = "procedure" if called else "function"
            some = ", ".join(sorted(PROCEDURES if called else FUNCTIONS))
            raise StatementRefused(f"Free Cypher may not call the {kind} {name!r}.", hint=f"It may call: {some}.")
    return text


def _check_start(found: Sequence[Token]) -> None:
    words = [token.word or token.text for token in found[:3]]
    if words[:1] == ["CYPHER"] and words[1:2] in (["5"], ["25"]):
        words = words[2:]
    if not words:
        raise StatementRefused("There is no statement.", hint=_READ_ONLY)
    if words[0] not in STARTS:
        raise StatementRefused(f"A statement may not begin with {words[0][:40]!r}.", hint=_READ_ONLY)


def _check_words(found: Sequence[Token]) -> None:
    for before, token, after in zip([None, *found[:-1]], found, [*found[1:], None], strict=True):
        following = after.word if after else ""
        if token.word == "LOAD" and following == "CSV":
            raise StatementRefused(
                "Free Cypher may not use LOAD CSV, which reads files and addresses.", hint=_READ_ONLY
            )
        if token.text == "=" and token.kind == "mark" and after and after.kind == "mark" and after.text == "~":
            raise StatementRefused(
                "Free Cypher may not use =~, because the database cannot stop a regular expression.",
                hint="Use CONTAINS, STARTS WITH or ENDS WITH.",
            )
        is_range = token.is_name and token.text.lower() == "range" and after is not None and after.text == "("
        if is_range and (before is None or before.word != "UNWIND"):
            raise StatementRefused(
                "range(…) may stand directly after UNWIND only, because the database cannot stop a loop inside an expression.",
                hint="Write UNWIND range(…) AS x, and go on with x.",
            )


def _names(found: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """(name with its namespace, whether CALL stands before it) of each procedure, and of each function with a namespace."""
    at = 0
    while at < len(found):
        called = at > 0 and found[at - 1].word == "CALL" and found[at].is_name
        if not found[at].is_name:
            at += 1
            continue
        parts, start = [found[at].text], at
        while (
            at + 2 < len(found) and found[at + 1].text == "." and found[at + 1].kind == "mark" and found[at + 2].is_name
        ):
            at += 2
            parts.append(found[at].text)
        at += 1
        opens = at < len(found) and found[at].kind == "mark" and found[at].text == "("
        dotted = len(parts) > 1 or (start > 0 and found[start - 1].kind == "mark" and found[start - 1].text == ".")
        if called or (opens and dotted):
            yield ".".join(parts), called


def check_plan(plan: Mapping[str, Any], database: str) -> None:
    """Raise StatementRefused unless every operator of the plan, as the driver gives it, only reads this database."""
    waiting: list[Mapping[str, Any]] = [plan]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("children") or ())
        operator, _, where = str(node["operatorType"]).partition("@")
        name = operator.partition("(")[0]
        if name not in OPERATORS:
            raise StatementRefused(f"Free Cypher may not use the operator {operator}.", hint=_READ_ONLY)
        if where and where != database:
            raise StatementRefused(f"Free Cypher may not use the database {where!r}.", hint="Leave USE out.")
        if name == "ProcedureCall":
            called = str((node.get("args") or {}).get("Details", "")).partition("(")[0].strip()
            if called.lower() not in PROCEDURES:
                some = ", ".join(sorted(PROCEDURES))
                raise StatementRefused(f"Free Cypher may not call {called!r}.", hint=f"It may call: {some}.")
