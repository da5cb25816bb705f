"""Why something in a file of a standard is not imported, in both languages: what is wrong with it, or the rule by which it is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from govnet_graph.errors import indefinite
from govnet_graph.schema import SCHEMA, Text

#: Names of the rules by which what is sound is left out all the same.
ABOUT_FILE = "about-the-file"
HISTORY = "history"
NO_PLACE = "no-place-in-graph"
NOT_READ = "field-not-read"
PERSONAL = "personal-data"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason. With a ``rule`` nothing is wrong and nothing is to be done; without one somebody may correct the file."""

    text: Text
    rule: str = ""


def _why(zh: str, en: str) -> Why:
    return Why(Text(zh, en))


NO_LIST = _why("应是列表", "it is not a list")
NO_OBJECT = _why("应是对象", "it is not an object")
NO_TEXT = _why("应是文本", "it is not text")
NO_MEMBER_KIND = _why(
    "文件没有说明此人属于哪类成员；请为全部人员选定一类",
    "the file does not say which kind of member this person is; give one for all",
)
NO_MEMBERSHIP = _why(
    "成员或其所属不在文件中，或未被导入", "who is a member, or of what, is not in the file or was left out"
)
NO_POST = _why("职位需有 id，并注明机构或区域", "a post needs an id and a body or an area")
NO_PERSON = _why("人员需有 id", "a person needs an id")
NO_BODY = _why("机构不在文件中", "the organization is not in the file")
NO_AREA = _why(
    "未指明图谱中的区域：external_identifier 不是统计用区划代码",
    "it names no area of the graph: external_identifier is no statistical code",
)
BY_CODE = Why(Text("区域须用统计用区划代码表示", "areas are named by their statistical codes"), NO_PLACE)
OWN_PAST = Why(
    Text(
        "图谱自身的变更历史不随导入恢复；请用备份与恢复",
        "the graph's own history is not imported; restore a backup for that",
    ),
    HISTORY,
)
WHAT_IT_IS = Why(Text("说明文件本身，不是内容", "it says what the file is, not what is in it"), ABOUT_FILE)
FIELDS = {
    PERSONAL: Why(Text("图谱不保存的个人信息", "personal data that the graph does not keep"), PERSONAL),
    NO_PLACE: Why(Text("图谱中没有对应的位置", "the graph has no place for it"), NO_PLACE),
}


def not_read(standard: str) -> Why:
    """A field that the standard does not know, or that is not read of it."""
    return Why(Text(f"不是所读取的 {standard} 字段", f"not a field that is read of {standard}"), NOT_READ)


def needs_id_and_name(zh: str, en: str) -> Why:
    """An object without which nothing can be told apart."""
    return _why(f"{zh}需有 id 和名称", f"{en} needs an id and a name")


def no_day(text: str) -> Why:
    """A text that is no full day."""
    return _why(f"{text!r} 不是完整日期，应如 2026-06-01", f"{text!r} is no full day such as 2026-06-01")


def no_area_kind(known: Iterable[str]) -> Why:
    """An area of a kind that the graph does not hold."""
    listed = ", ".join(known)
    return _why(
        f"图谱中的区域须有 id，且类别为下列之一：{listed}", f"an area of the graph is one of {listed}, with an id"
    )


def twice(raw_id: str) -> Why:
    """An id that stands in the file twice."""
    return _why(f"id {raw_id!r} 出现两次", f"the id {raw_id!r} occurs twice")


def another(collection: str, raw_id: str) -> Why:
    """Two objects of one id that say different things."""
    return _why(f"{collection} 中另有一项的 id 是 {raw_id!r}", f"another of the {collection} has the id {raw_id!r}")


def lacks(kind: str, missing: Iterable[str]) -> Why:
    """A record that the file does not tell enough of."""
    listed, node, tie = ", ".join(missing), SCHEMA.nodes.get(kind), SCHEMA.relationships.get(kind)
    zh = node.text.zh if node else tie.text.zh if tie else kind
    return _why(
        f"{zh}需有 {listed}，文件中没有", f"{'a ' if node else ''}{kind} needs {listed}, which the file does not tell"
    )


def leads_to_left(type_: str, id_: str) -> Why:
    """A relationship with something that was left out."""
    return _why(f"{type_} 指向未被导入的 {id_}", f"{type_} leads to {id_}, which was left out")


def leads_nowhere(type_: str, id_: str) -> Why:
    """A relationship with something that neither the file nor the graph holds."""
    return _why(
        f"{type_} 指向 {id_}，文件和图谱中都没有；请先导入它",
        f"{type_} leads to {id_}, which neither the file nor the graph holds; import it first",
    )


def may_not_join(type_: str, start: str, end: str) -> Why:
    """A relationship between what the schema does not join."""
    return _why(f"{type_} 不能从 {start} 指向 {end}", f"{type_} may not join a {start} to a {end}")


def no_relationship(said: str) -> Why:
    """Something that is no relationship of the schema."""
    return _why(f"{said} 不是图谱中的关系", f"{said} is no relationship of the schema")


def unfit(name: str, fault: str) -> Why:
    """A value that does not fit its property."""
    return _why(f"{name} 的值不合规定：{fault}", f"{name} {fault}")


def ends_before(until: object, since: object) -> Why:
    """An end that is not after the beginning."""
    return _why(f"终止于 {until}，不晚于开始的 {since}", f"it ends on {until}, not after it began on {since}")


def no_role(role: str, type_: str, allowed: Iterable[str]) -> Why:
    """A role that the schema does not list."""
    listed = ", ".join(allowed)
    return _why(f"{role!r} 不是 {type_} 的角色：{listed}", f"{role!r} is no role of {type_}: {listed}")


def other_identifier(what: str, scheme: str | None) -> Why:
    """An identifier of a register that the graph does not keep."""
    word = {"scheme": "编码体系", "type": "类型"}[what]
    return Why(
        Text(
            f"{word} {scheme!r} 的编号在图谱中没有位置",
            f"an identifier of the {what} {scheme!r} has no place in the graph",
        ),
        NO_PLACE,
    )


def no_end(status: str | None) -> Why:
    """A service that is not active, since no one knows when."""
    return _why(
        f"{status}：图谱用日期表示资源的终止，而文件没有日期",
        f"{status}: the graph tells the end of a resource by a day, which the file does not",
    )


def other_label(label: str, id_: str, held: str) -> Why:
    """A record whose id something else has in the graph."""
    return _why(
        f"{label} {id_} 的 id 在图谱中属于 {held}", f"{label} {id_} has the id of {indefinite(held)} of the graph"
    )


def doubtful(name: str) -> Why:
    """A name that may mean something that the graph holds."""
    return _why(
        f"不能确定“{name}”指的是谁；请在待确认清单中选择",
        f"it is not certain which one {name!r} is; choose in the list of doubtful matches",
    )
