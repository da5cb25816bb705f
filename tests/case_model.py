"""A plain model of one case, written from the rules in words and sharing no code with ``govnet_graph.cases``.

It knows which steps a state allows, what each leads to, and who has to take it; nothing of dates, of storage or of how a step is
written down.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: What may be done in each state, and the state after it; ``=`` stays where it is.
RULES = {
    "raised": {"sort": "=", "whistle": "whistled", "dispatch": "dispatched", "escalate": "="},
    "whistled": {"sort": "=", "dispatch": "dispatched", "escalate": "="},
    "dispatched": {"accept": "accepted", "refuse": "refused", "recall": "raised", "escalate": "="},
    "accepted": {"refuse": "refused", "recall": "raised", "report": "=", "escalate": "=", "done": "solved"},
    "refused": {"sort": "=", "whistle": "whistled", "dispatch": "dispatched", "escalate": "="},
    "solved": {"confirm": "closed", "reopen": "raised"},
    "closed": {"reopen": "raised"},
}
STEPS = ("sort", "whistle", "dispatch", "accept", "refuse", "recall", "report", "escalate", "done", "confirm", "reopen")
NEEDS_REASON = {"refuse", "recall", "report", "escalate", "reopen"}
BY_HOLDER = {"accept", "refuse", "report", "done"}
LEVELS = ["Community", "Street", "District"]


@dataclass
class Model:
    """One case; ``past`` holds what it was before each step, None before one that is not taken back."""

    state: str = "raised"
    kind: str = "road"
    holder: str | None = None
    level: str = "Community"
    reopened: int = 0
    log: list[str] = field(default_factory=lambda: ["raise"])
    past: list[tuple[str, str, str | None, str, int] | None] = field(default_factory=list)

    def fault(self, step: str, *, reason: str, target: str, kind: str, actor: str) -> str:
        """Why a step may not be taken: state, input or who; empty where it may."""
        if step not in RULES[self.state]:
            return "state"
        if step in NEEDS_REASON and not reason:
            return "input"
        if (step == "dispatch") != bool(target) or (step == "sort") != bool(kind):
            return "input"
        if step in BY_HOLDER and actor and actor != self.holder:
            return "who"
        if step == "sort" and kind == self.kind:
            return "input"
        if step == "escalate" and self.level == LEVELS[-1]:
            return "state"
        return ""

    def take(self, step: str, *, target: str, kind: str) -> None:
        """Take a step that may be taken."""
        now = (self.state, self.kind, self.holder, self.level, self.reopened)
        self.past.append(None if step == "confirm" else now)
        after = RULES[self.state][step]
        self.state = self.state if after == "=" else after
        self.kind = kind or self.kind
        if step == "dispatch":
            self.holder = target
        elif step in ("refuse", "recall", "done"):
            self.holder = None
        elif step == "escalate":
            self.level = LEVELS[LEVELS.index(self.level) + 1]
        elif step == "reopen":
            self.reopened += 1
        self.log.append(step)

    def undo(self) -> bool:
        """Take the last step back; False where it cannot be."""
        if not self.past or self.past[-1] is None:
            return False
        self.state, self.kind, self.holder, self.level, self.reopened = self.past.pop()  # type: ignore[misc]
        self.log.pop()
        return True
