"""The ten-minute investigation: steps that are written by hand, their queries from the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from govnet_graph.assets import cypher_folder
from govnet_graph.errors import BadInput
from govnet_graph.questions import ParameterValue, Question, View, bind, question, view
from govnet_graph.questions.catalogue import text_of
from govnet_graph.questions.examples import IDS
from govnet_graph.schema import Text
from govnet_graph.schema.render import NOTICE

#: Where the committed texts say that the API serves; it puts its own address in its place.
ORIGIN = "http://localhost:8000"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is asked, with which parameters, and what the answer must show.

    ``minimum`` and ``exactly`` bound the number of rows; one row must hold the values of ``has`` (column, its parts by
    a dot: value). ``drawn`` says that the guide runs the view instead of the table.
    """

    question: Question
    given: Mapping[str, object]
    drawn: bool
    title: Text
    claim: Text
    minimum: int
    exactly: int | None
    has: Mapping[str, object]

    @property
    def parameters(self) -> dict[str, ParameterValue]:
        """Every parameter, typed."""
        return bind(self.question, self.given, home=IDS["District"])

    @property
    def shown(self) -> Question | View:
        """What the guide runs."""
        return view(self.question.id) if self.drawn else self.question


@dataclass(frozen=True, slots=True)
class Investigation:
    """The whole of it."""

    title: Text
    about: Text
    steps: tuple[Step, ...]


def _step(raw: Mapping[str, Any]) -> Step:
    rows = raw["rows"]
    step = Step(
        question(raw["question"]),
        {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in raw["given"].items()},
        bool(raw.get("view", False)),
        text_of(raw["title"], "title"),
        text_of(raw["claim"], "claim"),
        int(rows.get("minimum", 1)),
        rows.get("exactly"),
        raw["has"],
    )
    if not step.parameters or not step.shown.cypher:
        raise ValueError(f"step {step.question.id} asks nothing")
    return step


@cache
def investigation() -> Investigation:
    """The investigation that ``cypher/browser/investigation.yaml`` holds. Raises BadInput where it is damaged."""
    text = (cypher_folder() / "browser" / "investigation.yaml").read_text(encoding="utf-8")
    try:
        raw = yaml.safe_load(text)
        return Investigation(
            text_of(raw["title"], "title"), text_of(raw["about"], "about"), tuple(_step(each) for each in raw["steps"])
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise BadInput(f"cypher/browser/investigation.yaml: {error!r}") from error


def _command(step: Step) -> str:
    """The same question for a shell."""
    given = " ".join(f"{name}={value}" for name, value in step.given.items())
    return f"govnet ask {step.question.id} {given}{' --view' if step.drawn else ''} --lang en"


_HOW = f"""A real Neo4j with its Browser, and the kit served beside it, from a checkout:

```sh
make dev                               # once: adds what starts a Neo4j without Docker
. .venv/bin/activate
export GOVNET_HOME=$PWD/.neo4j-home
govnet engine start --engine neo4j     # the first start downloads Neo4j with its Browser
govnet load demo
govnet engine status --json            # browser_uri and user; the password is in .neo4j-home/neo4j/password
govnet serve                           # serves the kit, until Ctrl+C
```

Open `browser_uri` and sign in. Then in Neo4j Browser:

- `:play {ORIGIN}/browser/guide` opens the same steps to click through;
- `:style {ORIGIN}/browser/govnet.grass` colours what they draw;
- the archive `{ORIGIN}/browser/favourites.zip`, dropped on Browser's window, adds the whole catalogue to the favourites.

In a shell, `govnet ask` answers the same, and with `--cypher` prints what it asks, ready to paste into Browser. A step
that is drawn (`--view`) shows what is joined; states, numbers and missing ledgers stand in the table, which the same
command prints without `--view`.
"""


def tutorial() -> str:
    """The investigation as a page of the documentation."""
    told = investigation()
    out = [
        f"<!-- {NOTICE} -->\n# {told.title.en}\n",
        f"{told.title.zh}\n",
        f"{told.about.en}\n",
        f"{told.about.zh}\n",
        _HOW,
        "![The guide in Neo4j Browser](../neo4j-browser-guide.png)\n",
        "What is joined to what, as the guide's map of the model draws it:\n",
        "![The map of the model in Neo4j Browser](../neo4j-browser-map.png)\n",
    ]
    for number, step in enumerate(told.steps, 1):
        out.append(
            f"## {number}. {step.title.en}\n\n{step.title.zh}\n\n```console\n$ {_command(step)}\n…\n```\n\n"
            f"{step.claim.en}\n\n{step.claim.zh}\n"
        )
    out.append("![A view drawn in Neo4j Browser](../neo4j-browser-view.png)\n")
    return "\n".join(out)
