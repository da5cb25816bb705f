"""The Cypher behind an answer as part of a page: folded away, one statement that can be pasted as it is."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from govnet_api.contract import examples
from govnet_api.texts import say
from govnet_graph.questions import Question, bind, pasteable, views


def folded(question: Question, given: Mapping[str, object], home: str | None, lang: str) -> str:
    """The question with these parameters, and its view where there is one, to paste into Neo4j Browser."""
    parameters = bind(question, given, home=home or examples.IDS["District"])
    text = _details(say("cypher.rows", lang), pasteable(question, parameters))
    view = views().get(question.id)
    if view is not None and view.question is question:
        text += _details(say("cypher.view", lang), pasteable(view, parameters))
    return text


def _details(summary: str, text: str) -> str:
    return (
        f'<details><summary>{escape(summary)}</summary><pre class="cypher" tabindex="0">{escape(text)}</pre></details>'
    )
