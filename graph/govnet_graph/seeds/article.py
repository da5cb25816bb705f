"""The data set ``article``: the district's real areas, the things the article names, its claims, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from govnet_graph.coverage import requirements_of
from govnet_graph.records import Dataset, Edge, Node, RecordError, Value, edge_id
from govnet_graph.seeds.areas import read_areas
from govnet_graph.seeds.facts import ARTICLE_SOURCE, Fact, FactAccount, account, read_facts
from govnet_graph.seeds.read import read_rows, read_tables

NAME = "article"
HOME = "210902"
FACTS = 207
"""Number of facts that the article states."""
ALIAS_COLUMNS = ("id", "alias", "fact", "inferred", "note")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that the article uses for an area, with the fact that uses it and, where inferred, why."""

    area: str
    name: str
    fact: str
    inferred: bool
    note: str


def load_article(seed_root: Path) -> Dataset:
    """The article's records, validated, with each of its facts accounted for.

    Parameters
    ----------
    seed_root : Path
        Folder that holds ``common``, ``areas`` and ``article``.

    Raises
    ------
    RecordError
        A table does not fit the schema, a requirement cannot be used, or a fact is not accounted for.
    """
    data, facts = _assembled(seed_root)
    account(facts, data, FACTS)
    return data


def account_of_facts(seed_root: Path) -> FactAccount:
    """What became of each of the 207 facts, proved against the tables. Raises RecordError where the proof fails."""
    data, facts = _assembled(seed_root)
    return account(facts, data, FACTS)


def _assembled(seed_root: Path) -> tuple[Dataset, tuple[Fact, ...]]:
    facts = read_facts(seed_root / "article" / "facts.csv")
    aliases = _read_aliases(seed_root / "article" / "aliases.csv")
    areas, hierarchy = read_areas(seed_root / "areas" / "haizhou.csv")
    common, common_edges = read_tables(seed_root / "common")
    named, said = read_tables(seed_root / "article")
    nodes = [*common, *_with_aliases(areas, aliases), *named]
    stated = _stated_in(facts, nodes, aliases)
    data = Dataset(
        NAME,
        HOME,
        tuple(replace(node, props={"synthetic": False, **node.props}) for node in nodes),
        tuple(
            replace(edge, props={"synthetic": False, **edge.props})
            for edge in (*common_edges, *hierarchy, *said, *stated)
        ),
    ).validated()
    requirements_of(data.nodes)
    return data, facts


def _read_aliases(path: Path) -> tuple[Alias, ...]:
    rows = [row for _, row in read_rows(path)]
    if any(tuple(row) != ALIAS_COLUMNS for row in rows):
        raise RecordError(f"{path.name}: the columns are not {', '.join(ALIAS_COLUMNS)}")
    return tuple(Alias(row["id"], row["alias"], row["fact"], row["inferred"] == "true", row["note"]) for row in rows)


def _with_aliases(areas: Iterable[Node], aliases: Iterable[Alias]) -> Iterator[Node]:
    """The areas with the article's names for them added. Raises RecordError for an alias of no area."""
    added: dict[str, list[str]] = {}
    for alias in aliases:
        added.setdefault(alias.area, []).append(alias.name)
    for area in areas:
        known = area.props.get("aliases")
        names = [*(known if isinstance(known, list) else []), *added.pop(area.id, [])]
        yield replace(area, props={**area.props, "aliases": names}) if names else area
    if added:
        raise RecordError(f"aliases.csv names {', '.join(added)}, which the list of areas does not have")


def _stated_in(facts: Iterable[Fact], nodes: Iterable[Node], aliases: Iterable[Alias]) -> Iterator[Edge]:
    """A STATED_IN relationship from each node that rests on a fact to the article.

    The phrase is left out where it would give away what a mask hides: a member's name, or a suppressed figure.
    """
    by_id = {node.id: node for node in nodes}
    hidden = [str(node.props["name"]) for node in by_id.values() if node.label == "Member" and "name" in node.props]
    inferred = {(alias.fact, alias.area): alias.note for alias in aliases if alias.inferred}
    for fact in facts:
        targets = [by_id[target] for target in fact.targets if target in by_id and target != ARTICLE_SOURCE]
        secret = any(name in fact.phrase for name in hidden) or any(
            target.props.get("suppressed") for target in targets
        )
        for target in targets:
            props: dict[str, Value] = {"fact": fact.id, "source": ARTICLE_SOURCE, "source_ref": fact.source_ref}
            if not secret:
                props["phrase"] = fact.phrase
            props |= _inference(target.props, inferred.get((fact.id, target.id)))
            yield Edge(
                "STATED_IN", target.id, ARTICLE_SOURCE, edge_id("STATED_IN", target.id, ARTICLE_SOURCE, fact.id), props
            )


def _inference(target: Mapping[str, Value], note: str | None) -> dict[str, Value]:
    """What marks a STATED_IN as inferred: an alias that is only probable, or a target derived from several facts."""
    if note is not None:
        return {"inferred": True, "note": note}
    if target.get("inferred") is True:
        return {"inferred": True, "note": str(target.get("note", ""))}
    return {}
