"""What every view must keep, whoever wrote it."""

from __future__ import annotations

import re

import pytest

from govnet_graph.assets import cypher_folder
from govnet_graph.errors import BadInput
from govnet_graph.generated import with_body
from govnet_graph.questions import catalogue, question, views
from govnet_graph.questions.catalogue import QuestionError
from govnet_graph.questions.views import parse_view, shared_body
from govnet_graph.schema import SCHEMA

VIEWS = pytest.mark.parametrize("view", views().values(), ids=lambda view: view.question.id)
# What an investigator or a planner would rather see than read.
NEEDED = """member-units member-roles unit-profile unit-only-coverage grid-profile grid-supporters coverage-gaps thin-coverage
chain-breaks case-candidates unmet-needs idle-resources resources-by-service neighbourhood shortest-path claims-check where-from
rests-on-source believed-pairings pairing-changes"""


def own_text(view) -> str:
    """What a view adds to its question, without shared parts."""
    tail = view.cypher.split(f"// end of: {view.question.id}\n", 1)[1]
    return re.sub(r"// part: (\S+)\n.*?// end: \1\n", "", tail, flags=re.DOTALL)


def test_the_questions_that_are_better_seen_have_a_view():
    assert set(NEEDED.split()) <= set(views())


@VIEWS
def test_it_shares_the_text_of_its_question(view):
    assert shared_body(view.question) in view.body
    assert view.question.body.startswith(shared_body(view.question))


@VIEWS
def test_it_pages_like_its_question_and_ends_in_what_is_drawn(view):
    assert re.search(r"ORDER BY [^;]+SKIP \$skip\s+LIMIT \$limit", own_text(view))
    assert re.search(r"\bAS nodes\b", view.body) and re.search(r"(\bAS links|, links)\b", view.body)


@VIEWS
def test_its_unions_of_types_are_named_sets(view):
    unions = set(re.findall(r":([A-Z_]+(?:\|[A-Z_]+)+)", view.cypher))
    assert unions <= {named.literal for named in SCHEMA.sets.values()}


@VIEWS
def test_it_repeats_no_predicate_by_hand(view):
    """The day is tested in the question and in shared parts only."""
    assert "$as_of" not in own_text(view)


def test_a_damaged_view_is_refused():
    asked = question("member-roles")
    whole = (cypher_folder() / "views" / "member-roles.cypher").read_text(encoding="utf-8")
    for broken, reason in [
        (whole.replace("shows: rows\n", ""), "is missing"),
        (whole.replace("shows: rows", "shows: all"), "all"),
        ("RETURN 1", "must begin"),
        (whole.replace("view:", "view: ["), "view member-roles"),
        (whole.replace("shows: rows", "shows: rows\nhides: some"), "'hides'"),
    ]:
        with pytest.raises(QuestionError, match=reason):
            parse_view(asked, broken)
    with pytest.raises(BadInput, match="lacks the line '// end of: member-roles'"):
        with_body("member-roles", whole.replace("// end of: member-roles", ""), asked.cypher)
    with pytest.raises(BadInput, match="lacks the line '// body of: member-roles'"):
        with_body("member-roles", "/* */ RETURN 1", asked.cypher)
    unmarked = next(q for q in catalogue().values() if "// answer" not in q.cypher)
    with pytest.raises(QuestionError, match="no line '// answer'"):
        shared_body(unmarked)
