"""Answers a standing question anew and says what is to be told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import orjson

from govnet_graph.cases.watches.differ import Change, Difference, difference
from govnet_graph.cases.watches.model import Draft, Held, NoticeKind, Watch
from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.questions import MAX_LIMIT, BadParameter, Question, bind, catalogue, question
from govnet_graph.schema import Text
from govnet_graph.store.driver import WriteConflict, encode
from govnet_graph.store.reader import Answer
from govnet_graph.store.whole import whole

MAX_ROWS = 10_000
CHANGED, PROBLEM, RESTORED = "watch.changed", "watch.problem", "watch.restored"
_ROWS_TOLD = 20
_LARGEST = 60_000
_PAGING = ("limit", "skip")


class TooManyRows(BadInput):
    """An answer is too long to be watched."""

    code = "bad-input"


class Moved(GovnetError):
    """The data kept moving while the pages of an answer were read."""

    code = "busy"


class Ask(Protocol):
    """Asks a question for a day, names masked."""

    async def __call__(self, asked: Question, given: Mapping[str, object], *, day: dt.date) -> Answer:
        """The answer."""


def require_watchable(asked: Question, given: Mapping[str, str], home: str | None) -> None:
    """Raise BadParameter for parameters that the question does not take; pages are read to the end anyway."""
    for name in _PAGING:
        if name in given:
            raise BadParameter(name, f"A standing question takes no {name}: the whole answer is watched.")
    bind(asked, given, home=home)


async def answer(asked: Question, given: Mapping[str, str], ask: Ask, day: dt.date) -> Held:
    """The whole answer of one data version, as it is held. Raises TooManyRows, Moved and what asking raises."""
    try:
        found = await whole(
            lambda skip, rows: ask(asked, {**given, "skip": skip, "limit": rows}, day=day),
            most=MAX_ROWS,
            page=MAX_LIMIT,
        )
    except WriteConflict:
        raise Moved(f"The data moved while {asked.id} was read.", hint="It is asked again in a moment.") from None
    if found.more:
        raise TooManyRows(
            f"The answer to {asked.id} has more than {MAX_ROWS} rows.",
            hint="Watch a smaller area, or narrow it otherwise.",
        )
    return Held(0, found.data_version, day, orjson.loads(orjson.dumps(found.records(), default=encode)))


def drafts(watch: Watch, before: Held, after: Held) -> list[Draft]:
    """What is to be told when ``after`` follows ``before``: nothing where the answer is the same, else one notice."""
    if before.content is None or after.content is None:
        return []
    asked = question(watch.question)
    found = difference(asked, before.content, after.content)
    if found:
        return [
            Draft(NoticeKind.ANSWER, CHANGED, _title(asked, watch, found), _data(asked, watch, before, after, found))
        ]
    if before.problem is not None:
        return [Draft(NoticeKind.RESTORED, RESTORED, _restored(asked, watch), _about(asked, watch, before, after))]
    return []


def problem_draft(watch: Watch, error: GovnetError, before: Held, day: dt.date) -> Draft:
    """What is told when something can be watched no more, such as an area that is gone or a question that this version lacks."""
    asked = catalogue().get(watch.question)
    by_name = _called(asked, watch)
    title = Text(f"{by_name.zh}：无法再回答", f"{by_name.en}: it cannot be answered any more")
    told = _about(asked, watch, before, Held(0, before.version, day)) if asked is not None else {}
    return Draft(NoticeKind.PROBLEM, PROBLEM, title, {**told, "detail": error.message})


def _called(asked: Question | None, watch: Watch) -> Text:
    if watch.label:
        return Text(watch.label, watch.label)
    return asked.text if asked is not None else Text(watch.question or "问题办理", watch.question or "Cases")


def called(watch: Watch) -> Text:
    """What a standing question is called: its label, else the question's own words."""
    return _called(catalogue().get(watch.question), watch)


def _title(asked: Question, watch: Watch, found: Difference) -> Text:
    counts = len(found.appeared), len(found.vanished), len(found.changed)
    by_name = _called(asked, watch)
    parts_zh = [f"{word} {n} 行" for word, n in zip(("新增", "消失", "变化"), counts, strict=True) if n]
    parts_en = [f"{n} {word}" for word, n in zip(("appeared", "vanished", "changed"), counts, strict=True) if n]
    return Text(f"{by_name.zh}：{'、'.join(parts_zh)}", f"{by_name.en}: {', '.join(parts_en)}")


def _restored(asked: Question, watch: Watch) -> Text:
    called = _called(asked, watch)
    return Text(
        f"{called.zh}：又可以回答，答案未变", f"{called.en}: it can be answered again, and the answer is the same"
    )


def _about(asked: Question, watch: Watch, before: Held, after: Held) -> dict[str, Any]:
    return {
        "question": asked.id,
        "text": {"zh": asked.text.zh, "en": asked.text.en},
        "parameters": dict(watch.parameters),
        "as_of": after.day,
        "data_version": after.version,
        "before": {"as_of": before.day, "data_version": before.version},
    }


def _data(asked: Question, watch: Watch, before: Held, after: Held, found: Difference) -> dict[str, Any]:
    counts = {"appeared": len(found.appeared), "vanished": len(found.vanished), "changed": len(found.changed)}
    told = {**_about(asked, watch, before, after), "rows": len(after.content), "counts": counts}
    most = _ROWS_TOLD
    while True:
        shown = {
            "appeared": list(found.appeared[:most]),
            "vanished": list(found.vanished[:most]),
            "changed": [_changed(change) for change in found.changed[:most]],
        }
        whole = {**told, **shown, "truncated": max(counts.values()) > most}
        # Rows with paths can be long; a message that a receiver refuses for its size would tell nobody anything.
        if not most or len(orjson.dumps(whole, default=str)) <= _LARGEST:
            return whole
        most //= 2


def _changed(change: Change) -> dict[str, Any]:
    return {"before": change.before, "after": change.after, "columns": list(change.columns)}


def shown_rows(data: Mapping[str, Any]) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """(what happened, row) of a notice about an answer, in the order in which they are shown."""
    return [
        *(("appeared", row) for row in data.get("appeared", ())),
        *(("vanished", row) for row in data.get("vanished", ())),
        *(("changed", change["after"]) for change in data.get("changed", ())),
    ]
