"""Reads the question files: a header comment in YAML, then plain openCypher that runs unchanged everywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from govnet_graph.assets import cypher_folder
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions.model import Area, Column, Expected, Kind, Parameter, Question, Shape
from govnet_graph.schema import SCHEMA, Text

MAX_LIMIT = 1000
STANDARD = (
    Parameter("as_of", Kind.DATE, Text("截至日期", "Day that the answer is about"), False, "today"),
    Parameter(
        "limit", Kind.INTEGER, Text("最多返回行数", "Largest number of rows returned"), False, 100, (), 1, MAX_LIMIT
    ),
    Parameter("skip", Kind.INTEGER, Text("跳过的行数", "Number of rows skipped"), False, 0, (), 0, 10_000_000),
)
_TYPES = {*Kind, "Area", "Entity", *SCHEMA.nodes}


class QuestionError(BadInput):
    """A question file does not keep the format; the message names the file and the field."""

    code = "question-invalid"


def only(raw: dict[str, Any], known: str, where: str) -> None:
    """Refuse keys that nobody reads: mostly the rest of a text behind its first comma, which YAML takes for another key."""
    if unknown := sorted(str(key) for key in set(raw) - set(known.split())):
        raise ValueError(f"{where} has the unknown key {unknown[0]!r}; a text with a comma needs quotes")


def text_of(raw: dict[str, Any], where: str, beside: str = "") -> Text:
    """Both languages of a map that holds nothing else, but for the keys named ``beside``. Raises KeyError, ValueError."""
    only(raw, f"zh en {beside}", where)
    return Text(str(raw["zh"]), str(raw["en"]))


def _column(raw: dict[str, Any]) -> Column:
    text = text_of(raw, f"column {raw['name']}", "name type unit")
    return Column(raw["name"], Shape(raw["type"]), text, raw.get("unit", ""))


def _parameter(name: str, raw: dict[str, Any]) -> Parameter:
    if raw["type"] not in _TYPES:
        raise ValueError(f"parameter {name} has the unknown type {raw['type']!r}")
    return Parameter(
        name,
        raw["type"],
        text_of(raw, f"parameter {name}", "type default values minimum maximum"),
        "default" not in raw,
        raw.get("default"),
        tuple(str(v) for v in raw.get("values", ())),
        raw.get("minimum"),
        raw.get("maximum"),
    )


def parse(question_id: str, text: str) -> Question:
    """One question from its file's text. Raises QuestionError naming what is wrong."""
    try:
        header, separator, body = text.partition("*/")
        if not separator or not header.startswith("/*") or not body.strip():
            raise ValueError("it must begin with a /* header */ that Cypher follows")
        raw = yaml.safe_load(header.removeprefix("/*"))
        only(raw, "question area parameters columns grain sets expected", "the header")
        parameters = tuple(_parameter(name, value) for name, value in (raw.get("parameters") or {}).items())
        columns = tuple(_column(value) for value in raw["columns"])
        sets = tuple(raw.get("sets") or ())
        unknown = [name for name in sets if name not in SCHEMA.sets]
        if unknown:
            raise ValueError(f"unknown relationship sets {unknown}")
        expected = Expected(raw["expected"]["parameters"], raw["expected"]["rows"])
        return Question(
            question_id,
            text_of(raw["question"], "question"),
            Area(raw["area"]),
            (*parameters, *STANDARD),
            columns,
            text_of(raw["grain"], "grain"),
            sets,
            expected,
            text,
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise QuestionError(f"question {question_id}: {reason}", hint="CONTRIBUTING.md shows the format.") from error


def read_folder(folder: Path) -> dict[str, Question]:
    """All questions of a folder by id, in the order of ids."""
    return {path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.cypher"))}


@cache
def catalogue() -> dict[str, Question]:
    """The shipped questions by id."""
    return read_folder(cypher_folder() / "questions")


def question(question_id: str) -> Question:
    """The shipped question of that id. Raises NotFound."""
    found = catalogue().get(question_id)
    if found is None:
        raise NotFound(
            f"There is no question {question_id!r}.", hint="`govnet questions` or /api/v1/questions lists them."
        )
    return found
