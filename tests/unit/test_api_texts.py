"""The catalogue of texts: both languages, nothing missing, nothing left over."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import govnet_api
from govnet_api.errors import STATUS
from govnet_api.texts import LANGUAGES, say, texts

SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(govnet_api.__path__[0]).rglob("*.py"))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_placeholders():
    assert {key for key, text in texts().items() if _placeholders(text.zh) != _placeholders(text.en)} == set()


def test_chinese_is_chinese_and_english_is_not():
    han = re.compile("[\u4e00-\u9fff]")
    assert {key for key, text in texts().items() if not han.search(text.zh)} <= {"frame.switch"}
    assert {key for key, text in texts().items() if han.search(text.en)} <= {"frame.switch"}


def test_each_problem_is_explained():
    assert {key.split(".")[1] for key in texts() if key.startswith("problem.")} == set(STATUS)
    for code in STATUS:
        assert say(f"problem.{code}.title", "en") and say(f"problem.{code}.meaning", "zh")


def test_no_text_is_left_over():
    def used(key: str) -> bool:
        return bool(re.search(f"[\"']({re.escape(key)}|{re.escape(key.rsplit('.', 1)[0])}\\.{{\\w+}})[\"']", SOURCES))

    unused = [key for key in texts() if not key.startswith("problem.") and not used(key)]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_takes_its_values(language):
    assert "37" in say("start.basis", language, dataset="demo", day="2026-06-01", version=37)
