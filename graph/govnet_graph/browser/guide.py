"""Guides for Neo4j Browser: pages of slides whose queries a click puts into the editor.

``:play`` shows a guide in the stream and ``:guide`` beside it (5.24). Browser reads guides by itself from the hosts that
it trusts, of which localhost is one without further settings.
"""

from __future__ import annotations

from html import escape

from govnet_graph.browser.favourites import ROOMS
from govnet_graph.browser.investigation import ORIGIN, Step, investigation
from govnet_graph.browser.queries import example, model_map, presets_file, provenance_map, start
from govnet_graph.questions import Question, catalogue, pasteable, views
from govnet_graph.questions.model import Area
from govnet_graph.schema import SCHEMA, Text
from govnet_graph.schema.render import NOTICE


def _runnable(text: str) -> str:
    return f'<pre class="pre-scrollable code runnable">{escape(text.rstrip(), quote=False)}</pre>'


def _slide(title: Text, *parts: str) -> str:
    heading = f"<h3>{escape(title.zh)}<br/><small>{escape(title.en)}</small></h3>"
    return (
        f'<slide class="row-fluid">\n<div class="col-sm-12">\n{heading}\n' + "\n".join(parts) + "\n</div>\n</slide>\n"
    )


def _say(text: Text) -> str:
    return f"<p>{escape(text.zh)}</p>\n<p>{escape(text.en)}</p>"


def _command(text: str) -> str:
    return f'<p><code>:{escape(text)}</code> <a exec-topic="{escape(text)}">▶</a></p>'


def _page(title: Text, slides: list[str]) -> str:
    return (
        f'<!-- {NOTICE} -->\n<article class="guide">\n<title>{escape(title.zh)} {escape(title.en)}</title>\n'
        + "".join(slides)
        + "</article>\n"
    )


def _welcome() -> str:
    rooms = "\n".join(
        f'<li><a play-topic="{ORIGIN}/browser/guide-{room.value}">{escape(text.zh)} {escape(text.en)}</a></li>'
        for room, text in ROOMS.items()
    )
    return _slide(
        Text("基层治理图谱", "The graph of a district's grid governance"),
        _say(
            Text(
                "点一下查询就放进编辑框，再运行。先载入配色；把收藏夹压缩包拖到窗口上，整个问题目录就进了收藏夹。",
                "A click puts a query into the editor. Load the style first. The archive of favourites, dropped on the window, adds the catalogue.",
            )
        ),
        _command(f"style {ORIGIN}/browser/govnet.grass"),
        f"<p><code>{ORIGIN}/browser/favourites.zip</code></p>",
        _say(Text("问题目录，每类一份指南：", "The catalogue, a guide for each room:")),
        f"<ul>\n{rooms}\n</ul>",
    )


def _model() -> str:
    kinds = "\n".join(
        f"<li>{label}: {escape(node.text.zh)} · {escape(node.text.en)}</li>" for label, node in SCHEMA.nodes.items()
    )
    return _slide(
        Text("模型图", "Map of the model"),
        _say(
            Text(
                "每个节点除自己的种类外都带标签 Entity；自带的 db.schema.visualization 会把每种联系再画一遍，还会连上图谱里并不相连的种类。"
                "下面两个查询只画图谱里确有的联系：先是治理本身，再是出处、指标、台账与变更。要求（Requirement）不与别的相连：是否满足由查询判断，不存为联系。",
                "Every node carries the label Entity too, so the built-in schema view draws each link again, and it joins kinds that nothing joins. "
                "These two draw what the graph holds: what is governed, then sources, claims, ledgers and changes. "
                "A Requirement is joined to nothing, since whether it is met is asked and not stored.",
            )
        ),
        _runnable(model_map()),
        _runnable(provenance_map()),
        f"<ul>\n{kinds}\n</ul>",
    )


def _starts() -> str:
    return _slide(
        Text("从哪里开始", "Where to start"),
        _say(
            Text(
                "每类事物一个起点，都从编号索引读取；双击节点展开。",
                "One start for each kind of thing, by the index of ids; a double click expands a node.",
            )
        ),
        *(_runnable(f"{start(label)};") for label in SCHEMA.nodes),
    )


def _presets() -> str:
    return _slide(
        Text("参数", "Parameters"),
        _say(
            Text(
                "运行一次，之后目录中的多数问题都可直接运行；每个问题自己的文本也带着参数。",
                "Run these once, and most questions of the catalogue run as they are; the text of each question carries its own too.",
            )
        ),
        _runnable(presets_file()),
    )


def _steps() -> list[str]:
    told = investigation()
    return [
        _slide(told.title, _say(told.about)),
        *(_step(number, step) for number, step in enumerate(told.steps, 1)),
    ]


def _step(number: int, step: Step) -> str:
    parts = [_say(step.claim), _runnable(pasteable(step.shown, step.parameters))]
    if step.drawn:
        # A drawing shows what is joined; a state, a number or a missing ledger stands in the table.
        parts += [
            _say(Text("同一问题的表格：", "The same as a table:")),
            _runnable(pasteable(step.question, step.parameters)),
        ]
    return _slide(Text(f"{number} {step.title.zh}", f"{number} {step.title.en}"), *parts)


def _question(question: Question) -> str:
    given = example(question)
    parts = [_say(question.grain), _runnable(pasteable(question, given))]
    view = views().get(question.id)
    if view is not None:
        parts += [_say(Text(f"图：{view.text.zh}", f"Drawn: {view.text.en}")), _runnable(pasteable(view, given))]
    return _slide(question.text, *parts)


def guide() -> str:
    """The main guide: style, catalogue, model, starting points, parameters and the investigation."""
    return _page(Text("基层治理图谱", "govnet"), [_welcome(), _model(), _starts(), _presets(), *_steps()])


def room_guide(room: Area) -> str:
    """The guide of one room of the catalogue: each question and view with its parameters."""
    slides = [_question(question) for question in catalogue().values() if question.area is room]
    back = _slide(ROOMS[room], f'<p><a play-topic="{ORIGIN}/browser/guide">← govnet</a></p>')
    return _page(ROOMS[room], [*slides, back])
