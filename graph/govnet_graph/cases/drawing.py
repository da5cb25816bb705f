"""The state machine drawn: an SVG picture and the tables of states and steps, both made from the machine for the documentation.

Where the states stand is decided here by hand; everything that is said comes from the machine. Deterministic, no clock.
"""

from __future__ import annotations

from html import escape

from govnet_graph.cases.machine import MACHINE, STATES, Role, State, Step
from govnet_graph.schema.render import NOTICE

#: Centre of each state's box, in units of the picture.
PLACES = {
    "whistled": (120, 60),
    "raised": (120, 250),
    "dispatched": (450, 60),
    "refused": (450, 250),
    "accepted": (780, 60),
    "solved": (780, 250),
    "closed": (780, 400),
}
#: How far some arrows are bent out of the way of others; to the left of their direction where negative.
_BENDS = {
    ("solved", "raised"): -62.0,
    ("closed", "raised"): -62.0,
    ("accepted", "raised"): -10.0,
    ("accepted", "refused"): -26.0,
    ("whistled", "dispatched"): 0.0,
    ("refused", "whistled"): 10.0,
}
_WIDTH, _HEIGHT = 900, 450
_BOX = (150, 54)
_ROLES = {Role.RAISER: "提出人 raiser", Role.DISPATCHER: "派单方 dispatcher", Role.HOLDER: "承办方 holder"}
_CLOCKS = {
    "dispatch_days": "派单期限 dispatch",
    "accept_days": "接单期限 accept",
    "solve_days": "办结期限 solve",
    "confirm_days": "确认期限 confirm",
}


def _label(step: Step) -> str:
    return f"{step.text.zh} {step.name}"


def _ways() -> dict[tuple[str, str], list[Step]]:
    """The steps between each two states that differ."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in MACHINE.values():
        for state in step.froms:
            if step.after(state) != state:
                found.setdefault((state, step.after(state)), []).append(step)
    return found


def _arrow(start: str, end: str, steps: list[Step], both: bool) -> str:
    """An arrow between two boxes with the names of its steps; bent where there is one in the other direction too."""
    (x1, y1), (x2, y2) = PLACES[start], PLACES[end]
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5
    across = (-dy / length, dx / length)
    bend = _BENDS.get((start, end), 26.0 if both else 0.0)
    middle = ((x1 + x2) / 2 + across[0] * bend * 2, (y1 + y2) / 2 + across[1] * bend * 2)
    first, last = _edge((x1, y1), middle), _edge((x2, y2), middle)
    at = ((first[0] + 2 * middle[0] + last[0]) / 4, (first[1] + 2 * middle[1] + last[1]) / 4)
    text = " / ".join(_label(step) for step in steps)
    return (
        f'<path d="M{first[0]:.0f},{first[1]:.0f} Q{middle[0]:.0f},{middle[1]:.0f} {last[0]:.0f},{last[1]:.0f}" class="way"/>'
        f'<text x="{at[0]:.0f}" y="{at[1] - 5:.0f}" class="step">{escape(text)}</text>'
    )


def _edge(centre: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a box's centre towards a point leaves the box."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    share = min((_BOX[0] / 2 + 3) / abs(dx) if dx else 9.0, (_BOX[1] / 2 + 3) / abs(dy) if dy else 9.0)
    return centre[0] + dx * share, centre[1] + dy * share


def _class(state: State) -> str:
    return "" if state.open else ' class="done"'


def picture() -> str:
    """The machine as an SVG picture; steps that leave a state as it is stand in its box."""
    ways = _ways()
    arrows = [_arrow(start, end, steps, (end, start) in ways) for (start, end), steps in ways.items()]
    boxes = []
    for state in STATES.values():
        x, y = PLACES[state.name]
        stays = [s.text.zh for s in MACHINE.values() if state.name in s.froms and s.after(state.name) == state.name]
        boxes.append(
            f'<rect x="{x - _BOX[0] / 2:.0f}" y="{y - _BOX[1] / 2:.0f}" width="{_BOX[0]}" height="{_BOX[1]}" rx="8"{_class(state)}/>'
            f'<text x="{x}" y="{y - 3}" class="state">{escape(state.text.zh)} {escape(state.name)}</text>'
            f'<text x="{x}" y="{y + 16}" class="stay">{escape(" ".join(stays) or " ")}</text>'
        )
    x, y = PLACES["raised"]
    begin = f'<path d="M{x},{y + 85} L{x},{y + 30}" class="way"/><text x="{x + 8}" y="{y + 75}" class="begin">{escape(_label(MACHINE["raise"]))}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="title">\n'
        f'<!-- {NOTICE} -->\n<title id="title">问题的状态机 The state machine of cases</title>\n<style>'
        "text{font:13px system-ui,sans-serif;text-anchor:middle;fill:#222}.state{font-weight:600}.stay,.step,.begin{font-size:11px}.begin{text-anchor:start}"
        ".step{paint-order:stroke;stroke:#fff;stroke-width:4px}rect{fill:#eef5fb;stroke:#0072b2}rect.done{fill:#e8f5e9;stroke:#2e7d32}"
        ".way{fill:none;stroke:#555;marker-end:url(#tip)}</style>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0,0 L8,4 L0,8z" fill="#555"/></marker></defs>\n'
        f'<rect x="0" y="0" width="{_WIDTH}" height="{_HEIGHT}" style="fill:#fff;stroke:none"/>\n'
        + "\n".join([begin, *arrows, *boxes])
        + "\n</svg>\n"
    )


def tables() -> str:
    """States and steps as a page of Markdown, with the picture."""
    out = [
        f"# 问题的状态机 · The state machine of cases\n\n{NOTICE} 出自 `govnet_graph.cases.machine`。\n\n",
        "![问题的状态机 · The state machine of cases](case-machine.svg)\n\n## 状态 · States\n\n",
        "| state | 中文 | who has to act · 由谁行动 | deadline · 期限 |\n|---|---|---|---|\n",
    ]
    for state in STATES.values():
        role = _ROLES[state.role] if state.role else "—"
        out.append(f"| `{state.name}` | {state.text.zh} | {role} | {_CLOCKS[state.clock] if state.clock else '—'} |\n")
    out.append(
        "\n## 步骤 · Steps\n\n| step | 中文 | from | to | by · 由谁 | needs | undo · 可撤销 | 含义 · meaning |\n|---|---|---|---|---|---|---|---|\n"
    )
    for step in MACHINE.values():
        froms = ", ".join(f"`{name}`" for name in step.froms) or "—"
        to = f"`{step.to}`" if step.to else "="
        needs = ", ".join(f"`{name}`" for name in step.needs) or "—"
        about = f"{step.about.zh} · {step.about.en}"
        undo = "✓" if step.undoable else "—"
        out.append(
            f"| `{step.name}` | {step.text.zh} | {froms} | {to} | {_ROLES[step.role]} | {needs} | {undo} | {about} |\n"
        )
    return "".join(out)
