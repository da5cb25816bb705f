"""Reads Popolo: files in the form of EveryPolitician's, and what ``popolo_write`` wrote.

Everything that the file holds becomes a record or is named with the reason why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA
from govnet_graph.standards import reasons
from govnet_graph.standards.mapping import mapping, reason_unread
from govnet_graph.standards.model import FileUnreadable, Records
from govnet_graph.standards.popolo_write import AREAS, BODIES, CREDIT_CODE, area_of
from govnet_graph.standards.taking import Builder, Item, document, identifier

_OWN = {
    "areas": "area_id",
    "organizations": "organization_id",
    "persons": "person_id",
    "posts": "post_id",
    "memberships": "",
}
#: Objects that may stand within others: field, and the list that they belong to (empty: that of the outer object).
_ONE = {
    "area": "areas", "organization": "organizations", "parent": "", "person": "persons", "post": "posts", "on_behalf_of": "organizations",
}  # fmt: skip
_MANY = {"posts": "posts", "memberships": "memberships", "organizations": "organizations", "children": ""}
_reason = partial(reason_unread, "popolo")
_KINDS = {label: frozenset(SCHEMA.nodes[label].by_name["kind"].values) for label in ("Organization", "Unit")}
_AREA_LABELS = {"district": "District", "county": "District", "grid": "Grid", "building": "Building"} | {
    kind: label for label in ("Street", "Community", "Building") for kind in SCHEMA.nodes[label].by_name["kind"].values
}
Found = tuple[str, dict[str, Any], str]


def read_popolo(content: bytes, *, name: str = "", member_kind: str | None = None) -> Records:
    """The records of a Popolo file.

    Parameters
    ----------
    content : bytes
        JSON with ``persons``, ``organizations``, ``memberships``, ``posts`` and ``areas``, each optional.
    name : str
        Name of the file, which becomes the name of the Source that all records rest on.
    member_kind : str, optional
        Kind of member that a person of the file is, where the file does not tell it in the graph's own terms. Without it
        such people are left out, by name.

    Returns
    -------
    Records
        Relationships may lead to ids that are not in the file (``Records.elsewhere``).

    Raises
    ------
    FileUnreadable
        It is not JSON, is too large, or holds none of these lists.
    BadInput
        There is no such kind of member.
    """
    told = document(content, "Popolo")
    if not isinstance(told, dict) or not any(isinstance(told.get(key), list) for key in _OWN):
        raise FileUnreadable(
            f"The file is not Popolo: it has none of the lists {', '.join(_OWN)}.",
            hint="Give the whole file, as it was published.",
        )
    kinds = SCHEMA.nodes["Member"].by_name["kind"].values
    if member_kind is not None and member_kind not in kinds:
        raise BadInput(f"There is no kind of member {member_kind!r}.", hint=f"There are {', '.join(kinds)}.")
    return _Reading(Builder(content, name, "Popolo"), member_kind).read(told)


def _spread(collection: str, value: Mapping[str, Any], path: str, inherited: Mapping[str, Any]) -> Iterator[Found]:
    """The object and all that stand within it, each with references in the place of what it held."""
    own = {**inherited, **value}
    for field, kind in _ONE.items():
        inner = own.get(field)
        if isinstance(inner, dict) and inner:
            del own[field]
            own.setdefault(f"{field}_id", inner.get("id"))
            yield from _spread(kind or collection, inner, f"{path}/{field}", {})
    for field, kind in _MANY.items():
        inner = own.get(field)
        if isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
            del own[field]
            back = "parent_id" if field == "children" else _OWN[collection]
            for at, item in enumerate(inner):
                yield from _spread(
                    kind or collection, item, f"{path}/{field}/{at}", {back: own.get("id")} if back else {}
                )
    yield collection, own, path


class _Reading:
    def __init__(self, to: Builder, member_kind: str | None) -> None:
        self._to = to
        self._member_kind = member_kind
        self._seen: dict[tuple[str, str], dict[str, Any]] = {}
        self._found: dict[str, list[Item]] = {collection: [] for collection in _OWN}
        self._posts: dict[str, tuple[str | None, Item]] = {}
        self._titles: dict[str, str] = {}
        self._ties: list[tuple[Item, str, dict[str, str | None]]] = []

    def read(self, told: dict[str, Any]) -> Records:
        """Everything in the file."""
        top = Item(told, "", self._to.leave)
        top.take("meta")  # says what the file is, not what is in it
        for collection in _OWN:
            for at, value in enumerate(top.values(collection)):
                if isinstance(value, dict):
                    for found in _spread(collection, value, f"/{collection}/{at}", {}):
                        self._collect(*found)
                else:
                    self._to.leave(f"/{collection}/{at}", reasons.NO_OBJECT)
        top.finish(_reason)
        for item in self._found["areas"]:
            self._area(item)
        for item in self._found["organizations"]:
            self._body(item)
        for item in self._found["posts"]:
            self._post(item)
        for item in self._found["memberships"]:
            self._say_title(item)
        for item in self._found["persons"]:
            self._person(item)
        for item, id_, shown in self._ties:
            self._to.carried(item, id_, shown)
        for item in self._found["memberships"]:
            self._membership(item)
        for items in self._found.values():
            for item in items:
                item.finish(_reason)
        return self._to.records()

    def _collect(self, collection: str, value: dict[str, Any], path: str) -> None:
        """Keep an object, unless the same one stands elsewhere in the file too."""
        id_ = value.get("id")
        if isinstance(id_, str) and id_:
            known = self._seen.setdefault((collection, id_), value)
            if known is not value:
                if any(known.get(field) != held for field, held in value.items()):
                    self._to.leave(path, reasons.another(collection, id_))
                return
        self._found[collection].append(Item(value, path, self._to.leave))

    def _area(self, item: Item) -> None:
        raw, kind = item.text("id"), (item.text("classification") or "").lower()
        label = item.label or _AREA_LABELS.get(kind)
        if raw is None or label not in AREAS:
            self._to.refuse(raw)
            item.leave_all(reasons.no_area_kind(sorted(_AREA_LABELS)))
            return
        code = item.text("identifier")
        props: dict[str, Any] = {"name": item.text("name"), "code": code}
        if label == "Grid":
            props["code_scheme"] = "community-serial-3"
        if label == "Building":
            del props["code"]
        if "kind" in SCHEMA.nodes[label].by_name:
            props["kind"] = kind
        id_ = self._to.node(label, raw, props, item)
        if id_:
            self._ties.append((item, id_, {"PART_OF": item.text("parent_id")}))

    def _body(self, item: Item) -> None:
        raw, name = item.text("id"), item.text("name")
        if raw is None or name is None:
            self._to.refuse(raw)
            item.leave_all(reasons.needs_id_and_name("组织", "an organization"))
            return
        label, props = self._kind_of_body(item)
        props |= {"name": name, "since": item.day("founding_date"), "until": item.day("dissolution_date")}
        self._names(item, props)
        for other in item.items("identifiers"):
            scheme, code = other.text("scheme"), other.text("identifier")
            if scheme == CREDIT_CODE and label == "Unit":
                props["credit_code"] = code
            elif code:
                self._to.leave(other.path, reasons.other_identifier("scheme", scheme))
            other.finish(_reason)
        parent, area = item.text("parent_id"), item.text("area_id")
        id_ = self._to.node(label, raw, props, item)
        if id_:
            self._ties.append((item, id_, {"PART_OF": parent, area_of(label): area}))

    @staticmethod
    def _kind_of_body(item: Item) -> tuple[str, dict[str, Any]]:
        """Label and kind; other publishers' words are translated, which is an inference and marked so."""
        kind = item.text("classification") or ""
        label = item.label if item.label in BODIES else next((b for b in _KINDS if kind in _KINDS[b]), "Organization")
        if kind in _KINDS[label]:
            return label, {"kind": kind}
        translated = mapping("popolo")["classification"].get(kind.lower(), "social-organization")
        note = f"classification: {kind}" if kind else "no classification"
        return "Organization", {"kind": translated, "inferred": True, "note": note}

    def _names(self, item: Item, props: dict[str, Any]) -> None:
        aliases = []
        for other in item.items("other_names"):
            name, note = other.text("name"), other.text("note") or other.text("lang") or ""
            if name and note == "en" and "name_en" not in props:
                props["name_en"] = name
            elif name:
                aliases.append(name)
            other.finish(_reason)
        if aliases:
            props["aliases"] = aliases

    def _post(self, item: Item) -> None:
        """Posts have no record of their own: they say of which body or area, and in which role, a membership is."""
        raw = item.text("id")
        target = item.text("organization_id") or item.text("area_id")
        if raw is None or target is None:
            item.leave_all(reasons.NO_POST)
            return
        self._posts[raw] = (target, item)
        item.take("label")
        item.take("role")

    def _target(self, item: Item) -> str | None:
        found = item.text("organization_id") or item.text("area_id")
        if found is None:
            found = self._posts.get(item.text("post_id") or "", (None, item))[0]
        return identifier(found) if found else None

    def _say_title(self, item: Item) -> None:
        """A title for the person of a membership, in which the name does not occur."""
        person, target = item.text("person_id"), self._target(item)
        if person and target:
            self._titles.setdefault(person, f"{self._to.named(target)}·{item.text('role') or '成员'}")

    def _person(self, item: Item) -> None:
        raw = item.text("id")
        if raw is None:
            item.leave_all(reasons.NO_PERSON)
            return
        name = item.text("name")
        props: dict[str, Any] = {}
        self._names(item, props)
        props.pop("name_en", None)
        if not item.masked:
            props["name"] = name
        kind = item.carried("kind") or self._member_kind
        if kind is None:
            self._to.refuse(raw)
            item.leave_all(reasons.NO_MEMBER_KIND)
            return
        title = item.text("summary") if item.label else None
        props |= {"kind": kind, "title": title or self._titles.get(raw, "成员")}
        id_ = self._to.node("Member", raw, props, item)
        if id_:
            self._ties.append((item, id_, {}))

    def _membership(self, item: Item) -> None:
        start = self._starts(item)
        target = self._target(item)
        item.take("id")
        item.take("post_id")
        if start is None or self._to.label(start) is None or target is None:
            item.leave_all(reasons.NO_MEMBERSHIP)
            return
        label, of = self._to.label(start), self._to.label(target)
        type_ = item.type_
        if type_ not in ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO"):
            type_ = "ASSIGNED_TO" if of in AREAS else "SITS_ON" if label in BODIES else "MEMBER_OF"
        props: dict[str, Any] = {"since": item.day("start_date"), "until": item.day("end_date")}
        role = item.text("role")
        allowed = SCHEMA.relationships[type_].by_name["role"].values
        known = role if role in allowed else mapping("popolo")["roles"].get((role or "").lower())
        if known in allowed:
            props["role"] = known
        elif role:
            item.leave("role", reasons.no_role(role, type_, allowed))
        self._to.edge(type_, start, target, props, item, item.extra)

    def _starts(self, item: Item) -> str | None:
        person, body = item.text("person_id"), item.item("member")
        raw = person or (body.text("id") if body else None)
        if body:
            body.take("@type")
            body.finish(_reason)
        return identifier(raw) if raw else None
