"""Views: what a question answers, as nodes and relationships to draw instead of rows to read.

A view repeats its question's text up to the line ``// answer``, as a generated copy, and ends in a RETURN of its own:
one row per row of the table, in the same order, with the columns ``nodes`` and ``links``. So both share every predicate.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import yaml

from govnet_graph.assets import cypher_folder
from govnet_graph.errors import NotFound
from govnet_graph.questions.catalogue import QuestionError, catalogue, only, question, text_of
from govnet_graph.questions.model import Question
from govnet_graph.schema import Text

ANSWER = "// answer"


class Shows(StrEnum):
    """What a view shows beside the things that the rows name and the things that were asked about."""

    ROWS = "rows"  # nothing else
    MORE = "more"  # also what leads to them


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The view of one question; ``cypher`` is the file's whole text, ready to paste."""

    question: Question
    text: Text
    shows: Shows
    cypher: str

    @property
    def body(self) -> str:
        """The Cypher below the header comment."""
        return self.cypher.split("*/", 1)[1].strip()


def shared_body(asked: Question) -> str:
    """A question's Cypher up to the line ``// answer``. Raises QuestionError where there is no such line."""
    lines = asked.body.splitlines()
    if ANSWER not in lines:
        raise QuestionError(
            f"question {asked.id} has a view but no line {ANSWER!r}", hint="CONTRIBUTING.md shows the format."
        )
    return "\n".join(lines[: lines.index(ANSWER)])


def parse_view(asked: Question, text: str) -> View:
    """The view of a question from its file's text. Raises QuestionError naming what is wrong."""
    try:
        header, separator, body = text.partition("*/")
        if not separator or not header.startswith("/*") or not body.strip():
            raise ValueError("it must begin with a /* header */ that Cypher follows")
        raw = yaml.safe_load(header.removeprefix("/*"))
        only(raw, "view shows", "the header")
        return View(asked, text_of(raw["view"], "view"), Shows(raw["shows"]), text)
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise QuestionError(f"view {asked.id}: {reason}", hint="CONTRIBUTING.md shows the format.") from error


@cache
def views() -> dict[str, View]:
    """The shipped views by the id of their question. Raises QuestionError for a view without a question."""
    found = {}
    for path in sorted((cypher_folder() / "views").glob("*.cypher")):
        asked = catalogue().get(path.stem)
        if asked is None:
            raise QuestionError(f"view {path.stem}: there is no question of that id")
        found[path.stem] = parse_view(asked, path.read_text(encoding="utf-8"))
    return found


def view(question_id: str) -> View:
    """The view of the question of that id. Raises NotFound where there is no such question, or it has no view."""
    found = views().get(question(question_id).id)
    if found is None:
        raise NotFound(f"The question {question_id!r} has no view.", hint="Ask it for its rows.")
    return found
