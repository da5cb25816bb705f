"""Why a row cannot be turned into records, in both languages."""

from __future__ import annotations

from govnet_graph.ledgers.model import Place, Problem
from govnet_graph.schema import SCHEMA, Text

_LABELS = {label: node.text for label, node in SCHEMA.nodes.items()}


def _named(labels: tuple[str, ...]) -> Text:
    if len(labels) > 2:
        return Text("区域", "area")
    zh = "或".join(_LABELS[label].zh for label in labels)
    return Text(zh, " or ".join(label.lower() for label in labels))


def unknown(labels: tuple[str, ...], said: str, place: Place | None) -> Problem:
    """A thing that the graph does not hold and that this kind of ledger may not make known."""
    what = _named(labels)
    return Problem(
        "not-in-graph",
        Text(
            f"图谱中没有{what.zh}“{said}”；请核对写法，或先导入它所在的台账",
            f"the graph holds no {what.en} {said!r}; check how it is written, or import the ledger that lists it first",
        ),
        place,
    )


def doubtful(labels: tuple[str, ...], said: str, place: Place | None) -> Problem:
    """A name that may mean several things, or one that is merely alike."""
    what = _named(labels)
    return Problem(
        "doubtful",
        Text(
            f"不能确定{what.zh}“{said}”指的是谁；请在待确认清单中选择",
            f"it is not certain which {what.en} {said!r} is; choose in the list of doubtful matches",
        ),
        place,
    )


def code_fault(fault: str, said: str, place: Place | None) -> Problem:
    """An identifier that is wrong in itself, or that nothing has."""
    if fault == "code-invalid":
        text = Text(
            f"编码“{said}”不符合规则（位数或校验码）", f"the code {said!r} breaks its rule (length or check digit)"
        )
    else:
        text = Text(f"图谱中没有编码“{said}”", f"the graph holds nothing with the code {said!r}")
    return Problem(fault, text, place)


def misplaced(code: str, above: str, place: Place | None) -> Problem:
    """An area's code that does not begin with that of the area which the row puts it in."""
    return Problem(
        "code-contradicts",
        Text(
            f"编码 {code} 不以上级区域 {above} 的编码开头",
            f"the code {code} does not begin with {above}, the code of the area that the row names",
        ),
        place,
    )


def lacks(label: str, names: list[str]) -> Problem:
    """A new thing without what every such thing needs."""
    props = SCHEMA.nodes[label].by_name
    return Problem(
        "incomplete",
        Text(
            f"新的{_LABELS[label].zh}缺少：{'、'.join(props[name].text.zh for name in names)}",
            f"a new {label.lower()} needs: {', '.join(props[name].text.en for name in names)}",
        ),
    )


def says_nothing() -> Problem:
    """A row that names too little to state anything."""
    return Problem(
        "incomplete",
        Text("这一行没有写明结对或服务的双方", "the row does not name both sides of what it states"),
    )


def post_without_role() -> Problem:
    """A post whose role neither the row nor the person's kind tells."""
    return Problem(
        "incomplete",
        Text("没有写明派驻角色（专职、专业等）", "the row does not say in which role the person works there"),
    )


def part_of_itself(place: Place | None) -> Problem:
    """Something that is named as what it belongs to."""
    return Problem(
        "part-of-itself", Text("把自己写成了自己的上级", "what it belongs to is named as the thing itself"), place
    )


def dates_reversed(since: object, until: object, place: Place | None) -> Problem:
    """A last day that is not after the first."""
    return Problem(
        "dates-reversed",
        Text(f"终止日期 {until} 不在起始日期 {since} 之后", f"the last day {until} is not after the first day {since}"),
        place,
    )


def contradicts(others: list[str]) -> Problem:
    """Rows that say different things of the same."""
    where = "、".join(others)
    return Problem(
        "rows-contradict",
        Text(f"与 {where} 对同一事物的说法不一致", f"says of the same thing something else than {', '.join(others)}"),
    )
