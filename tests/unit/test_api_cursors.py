"""Page cursors: what is made is read back, and nothing else is."""

from __future__ import annotations

import datetime as dt
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_api.cursors import FILE, BadCursor, Cursor, Cursors, CursorStale, secret_in
from govnet_graph.errors import BadInput

DAY = dt.date(2026, 6, 1)
MINE = Cursors("mine")
texts = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    skip=st.integers(0, 10_000_000),
    version=st.integers(0, 2**53),
    day=st.dates(),
    parameters=st.dictionaries(texts, texts, max_size=4),
)
def test_a_cursor_comes_back_as_it_was_made(skip, version, day, parameters):
    made = MINE.make("q", parameters, Cursor(skip, version, day))
    assert MINE.read(made, "q", {**parameters, "cursor": made, "limit": "5"}) == Cursor(skip, version, day)
    assert made.isascii() and made.replace("-", "").replace("_", "").replace(".", "").isalnum()


@given(text=st.text(max_size=80))
def test_a_text_of_somebody_elses_making_is_refused(text):
    with pytest.raises(BadCursor, match="not made by this server"):
        MINE.read(text, "q", {})


@given(position=st.integers(0, 1000), letter=st.sampled_from("AZaz09-_."))
def test_one_changed_letter_is_refused(position, letter):
    made = MINE.make("q", {}, Cursor(100, 7, DAY))
    at = position % len(made)
    changed = made[:at] + letter + made[at + 1 :]
    if changed == made:
        assert MINE.read(changed, "q", {}).skip == 100
    else:
        # The last letter of each part carries bits that the decoder ignores; such a text says nothing else.
        try:
            assert MINE.read(changed, "q", {}) == Cursor(100, 7, DAY)
        except BadCursor:
            return


def test_another_secret_is_refused():
    made = Cursors("theirs").make("q", {}, Cursor(1, 1, DAY))
    with pytest.raises(BadCursor, match="not made"):
        MINE.read(made, "q", {})


def test_another_question_and_other_parameters_are_named():
    made = MINE.make("q", {"area": "1"}, Cursor(1, 1, DAY))
    with pytest.raises(BadCursor, match="question q, not to p"):
        MINE.read(made, "p", {"area": "1"})
    with pytest.raises(BadCursor, match="other parameters"):
        MINE.read(made, "q", {"area": "2"})


def test_a_cursor_holds_to_one_data_version():
    Cursor(1, 7, DAY).require_fresh(7)
    with pytest.raises(CursorStale, match="Start again"):
        Cursor(1, 7, DAY).require_fresh(8)


def test_the_secret_is_made_once_and_is_private(tmp_path):
    home = tmp_path / "home"
    first = secret_in(home)
    assert secret_in(home) == first and len(first) == 64
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [FILE]


def test_a_damaged_secret_is_not_used(tmp_path):
    (tmp_path / FILE).write_text("short")
    with pytest.raises(BadInput, match="damaged"):
        secret_in(tmp_path)
