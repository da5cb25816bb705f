"""Results of the core in words; the texts stand in ``words/core.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from govnet_graph.planner.model import Language, Missing
from govnet_graph.planner.words import say
from govnet_graph.schema import SCHEMA, Text

if TYPE_CHECKING:
    from govnet_graph.planner.certificate import Certificate
    from govnet_graph.planner.plan_model import Alternative, Change, Repair
    from govnet_graph.planner.proofs import Deficient

MOST_NAMES = 5


def named(id_: str, called: Mapping[str, Text], language: Language) -> str:
    """What an id or code is called, itself where it has no name."""
    text = called.get(id_)
    return id_ if text is None else text.zh if language == "zh" else text.en


def listed(names: Sequence[str], language: Language, most: int = MOST_NAMES) -> str:
    """Some names of a list, and how many there are beside."""
    shown = ("、" if language == "zh" else ", ").join(names[:most])
    return shown if len(names) <= most else say("list.more", language, names=shown, count=len(names) - most)


def missing_lines(missing: Iterable[Missing], language: Language, most: int = MOST_NAMES) -> list[str]:
    """What is not known and would narrow the result, the most first."""
    found = []
    for one in list(missing)[:most]:
        if one.kind == "ledger":
            what = say(f"ledger.{one.what}", language)
        else:
            declared = next(n.by_name[one.what].text for n in SCHEMA.nodes.values() if one.what in n.by_name)
            what = declared.zh if language == "zh" else declared.en
        text = say(f"missing.{one.kind}", language, name=one.name, what=what)
        found.append(
            text if one.narrows is None else say("missing.narrows", language, text=text, narrows=f"{one.narrows:g}")
        )
    return found


def certificate_lines(certificate: Certificate, language: Language) -> list[str]:
    """A certificate in words."""
    now = certificate.now
    found = [
        say(f"certificate.{certificate.verdict}", language),
        say("certificate.now", language, need=now.need, met=now.need - now.unmet, unmet=now.unmet),
    ]
    if not certificate.unmet.known:
        found.append(
            say("certificate.interval", language, low=f"{certificate.unmet.low:g}", high=f"{certificate.unmet.high:g}")
        )
    found += [_deficient(one, language, certificate.called) for one in now.deficient]
    if not now.proven:
        found.append(say("certificate.gap", language, unmet=now.unmet, bound=now.bound))
    for name, proof in (("best", certificate.best), ("worst", certificate.worst)):
        if proof is not None:
            found.append(say(f"certificate.{name}", language, need=proof.need, unmet=proof.unmet))
    found += missing_lines(certificate.missing, language)
    found.append(
        say(
            "certificate.exact" if certificate.method.exact else "certificate.bounded",
            language,
            method=certificate.method.name,
        )
    )
    return found


def _deficient(one: Deficient, language: Language, called: Mapping[str, Text]) -> str:
    values: Mapping[str, object] = {
        "count": len(one.areas),
        "areas": listed([named(area, called, language) for area in one.areas], language),
        "need": one.need,
        "units": len(one.units),
        "capacity": one.capacity,
        "lacking": one.lacking,
        "requirement": named(one.requirement, called, language),
    }
    return say(f"deficient.{one.reason}", language, **values)


def repair_lines(plan: Repair, language: Language) -> list[str]:
    """A re-pairing plan in words."""
    need, load, hops = (plan.objective(name) for name in ("uncovered", "worst_load", "hops"))
    found = []
    if not plan.changes:
        found.append(say("repair.nothing", language))
    else:
        values = {
            "count": len(plan.changes),
            "before": need.before,
            "after": need.after,
            "load": load.after,
            "hops": hops.after,
        }
        found.append(say("repair.summary", language, **values))
    found += [line for change in plan.changes for line in change_lines(change, language, plan.called)]
    for reason in dict.fromkeys(one.reason for one in plan.uncovered):
        chosen = [one for one in plan.uncovered if one.reason == reason]
        places = [(one.area_name, named(one.requirement, plan.called, language)) for one in chosen]
        names = listed([say("place", language, area=area, requirement=asked) for area, asked in places], language)
        found.append(say(f"uncovered.{reason}", language, count=len(chosen), names=names))
    if not plan.unknown.known:
        found.append(say("repair.unknown", language, low=f"{plan.unknown.low:g}", high=f"{plan.unknown.high:g}"))
    if not plan.complete:
        found.append(say("repair.stopped", language))
    if plan.method.exact:
        found.append(say("repair.exact", language, method=plan.method.name))
    else:
        open_ = next(one for one in plan.objectives if not one.proven)
        key = "repair.bounded" if open_.bound is not None else "repair.open"
        name = say(f"objective.{open_.name}", language)
        found.append(say(key, language, objective=name, after=open_.after, bound=open_.bound, method=plan.method.name))
    return found


def change_lines(change: Change, language: Language, called: Mapping[str, Text]) -> list[str]:
    """One change in words: what, why, and what was next best."""
    edit, none = change.edit, say("list.none", language)
    values = {
        "unit": change.unit_name,
        "area": change.area_name,
        "services": listed([named(code, called, language) for code in edit.services], language) or none,
        "requirements": listed([named(id_, called, language) for id_ in change.requirements], language) or none,
        "load": change.load,
        "capacity": say("capacity.unknown", language) if change.capacity is None else change.capacity,
        "hops": say("hops.unknown", language) if change.hops is None else change.hops,
    }
    found = [say(f"change.{edit.operation}", language, **values), say(f"why.{change.why}", language, **values)]
    if change.next_best is not None:
        found.append(alternative_line(change.next_best, language))
    return [found[0] + " ".join(["", *found[1:]]) if language == "en" else "".join(found)]


def alternative_line(one: Alternative, language: Language) -> str:
    """What was next best, and what it would cost."""
    costs = [
        say(f"cost.{name}", language, value=f"{getattr(one.cost, name):+d}")
        for name in ("uncovered", "worst_load", "changes", "hops")
        if getattr(one.cost, name)
    ]
    cost = ("、" if language == "zh" else ", ").join(costs) or say("cost.none", language)
    key = "next.nobody" if not one.instead else "next.exact" if one.exact else "next.bound"
    pairs = listed([say("pair", language, unit=p.unit_name, area=p.area_name) for p in one.instead], language)
    return say(key, language, pairs=pairs, cost=cost)
