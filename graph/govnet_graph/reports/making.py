"""Tells an audience what is known of a period: who may see what is decided here, and every figure gets its source."""

from __future__ import annotations

from dataclasses import replace

from govnet_graph.documents import Notes, Section, filled
from govnet_graph.reports import outlook, words
from govnet_graph.reports.model import Audience, Facts, Figure, Planned, Report
from govnet_graph.reports.parts import Telling
from govnet_graph.reports.reckoning import counted, figures_of, withheld
from govnet_graph.reports.small import shown


def made(facts: Facts, audience: Audience, least: int) -> Report:
    """The report for an audience.

    Parameters
    ----------
    facts : Facts
    audience : Audience
    least : int
        Smallest count that the public is shown, at least 2.
    """
    public = audience is Audience.PUBLIC
    figures = figures_of(facts)
    changes: dict[str, int | None] = dict(counted(facts))
    plans = facts.plans
    if public:
        figures = withheld(figures, least)
        changes = {name: shown(count or 0, least) for name, count in changes.items()}
        plans = tuple(
            replace(p, changes=(), counts={name: shown(count or 0, least) for name, count in p.counts.items()})
            for p in plans
            if p.state != "open"
        )
    telling = Telling(facts, audience, Notes())
    sections = _sections(telling, figures, changes, plans)
    about = [filled(words.ABOUT, first=facts.first, last=facts.last, version=facts.version)]
    about += [filled(words.FOR[audience], least=least), words.THREE]
    certificate = facts.certificate
    if public and certificate is not None:
        # The lines name areas and small numbers.
        certificate = replace(certificate, lines=(), unmet=None)
    return Report(
        area=facts.area, first=facts.first, last=facts.last, audience=audience, data_version=facts.version,
        synthetic=facts.generated, least=least if public else None,
        title=filled(words.TITLE, area=facts.area[1], first=facts.first, last=facts.last),
        about=(*about, words.SYNTHETIC) if facts.generated else tuple(about), figures=figures, changes=changes,
        plans=plans, certificate=certificate, sections=sections, notes=telling.notes.all(),
    )  # fmt: skip


def _sections(
    telling: Telling, figures: tuple[Figure, ...], changes: dict[str, int | None], plans: tuple[Planned, ...]
) -> tuple[Section, ...]:
    found = [telling.coverage(figures), telling.streets(figures), telling.changes(changes)]
    if telling.audience is not Audience.PUBLIC:
        found += [telling.judged(), telling.pairings(), outlook.gaps(telling), outlook.ledgers(telling)]
    if telling.audience is Audience.STREET:
        found.append(outlook.unknown(telling))
    return (*found, outlook.plans(telling, plans), outlook.certificate(telling))
