"""Which ledgers are kept, and for which areas and days they are complete: what may be called a gap and what is unknown."""

from __future__ import annotations

from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.profile import LedgerPlan, Spell
from govnet_graph.seeds.demo.sheet import Sheet


def ledger_records(district: District, sheet: Sheet) -> None:
    """The ledgers of a district as its profile plans them; plans for streets go round where there are more streets."""
    for plan in district.profile.ledgers:
        _ledger(district, sheet, plan)


def _ledger(district: District, sheet: Sheet, plan: LedgerPlan) -> None:
    id_ = sheet.node(
        "Ledger",
        f"ledger-{district.code}-{plan.kind}",
        "ledgers",
        name=f"{plan.keeper}台账（演示）",
        kind=plan.kind,
        keeper=plan.keeper,
    )
    for number, spell in enumerate(plan.district):
        key = str(number) if number else ""
        sheet.edge("COMPLETE_FOR", id_, district.code, "ledgers", key, since=spell.since, until=spell.until)
    for number, street in enumerate(district.streets if plan.streets else ()):
        planned: Spell | None = plan.streets[number % len(plan.streets)]
        if planned is not None:
            sheet.edge("COMPLETE_FOR", id_, street.code, "ledgers", since=planned.since, until=planned.until)
