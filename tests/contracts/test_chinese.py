"""Chinese texts carry Chinese punctuation (GB/T 15834): full-width beside a character, wherever a reader of Chinese meets them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from govnet_graph.questions import catalogue
from govnet_graph.questions.views import views

ROOT = Path(__file__).parents[2]
_HAN = "[\u4e00-\u9fff]"
# Beside a character, or between two values that are set in.
HALF = re.compile(f"(?<={_HAN})[,:;?!(]|[,:;?!)](?={_HAN})|^[,:;]|}}[,:;?!(]+{{")
_CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>", re.DOTALL)
# Words that ledgers are read by, in whatever way they are written.
_READ = ("ledgers/words.py", "ledgers/kinds/build.py", "ledgers/values/text.py", "planner/opening_hours.py")
MODULES = [p for room in ("graph", "api") for p in (ROOT / room).rglob("*.py") if not p.as_posix().endswith(_READ)]
TABLES = [
    ROOT / "api/govnet_api/texts.yaml",
    *(ROOT / "graph/govnet_graph/planner/words").glob("*.yaml"),
    *(ROOT / "cypher/browser").glob("*.yaml"),
]
PAGES = list((ROOT / "web/src").rglob("*texts.ts"))
PROSE = list((ROOT / "docs").rglob("*-zh.md"))


def said_in_python(text: str) -> Iterator[str]:
    """Every string that is mostly Chinese, and the first of the two that a ``Text`` is made of."""
    for part in ast.walk(ast.parse(text)):
        said = part.value if isinstance(part, ast.Constant) else None
        if isinstance(said, str) and len(re.findall(_HAN, said)) * 3 > len(said):
            yield said
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "Text" and part.args:
            yield from _put_together(part.args[0])


def _put_together(text: ast.expr) -> Iterator[str]:
    if isinstance(text, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in text.values)


def said_in(value: Any) -> Iterator[str]:
    """Every text under a key ``zh``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "zh" and isinstance(inner, str) else said_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from said_in(inner)


def texts() -> Iterator[tuple[str, str]]:
    for path in MODULES:
        for text in said_in_python(path.read_text(encoding="utf-8")):
            yield path.name, text
    for path in TABLES:
        for text in said_in(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for path in PAGES:
        for text in re.findall(r'zh:\s*"((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")):
            yield f"{path.parent.name}/{path.name}", text
    for path in PROSE:
        yield path.name, _CODE.sub("", path.read_text(encoding="utf-8"))
    for asked in catalogue().values():
        yield asked.id, asked.text.zh
        yield asked.id, asked.grain.zh
        yield from ((asked.id, named.text.zh) for named in (*asked.parameters, *asked.columns))
    yield from ((name, view.text.zh) for name, view in views().items())


def test_chinese_texts_carry_chinese_punctuation():
    found = list(texts())
    assert len(found) > 1_500, "the texts were not found"
    assert [(where, text[:60]) for where, text in found if HALF.search(text)] == []


@pytest.mark.parametrize("text", ["先看,再批准", "谁受影响?", "变更({count})", "{count}个:一", "见(下)文"])
def test_what_is_looked_for_would_be_found(text):
    assert HALF.search(text)


@pytest.mark.parametrize("text", ["先看，再批准", "第 1,480 件", "变更（{count}）", "08:30 起", "a (b), c"])
def test_what_is_right_is_let_through(text):
    assert not HALF.search(text)
