"""API keys at rest: hashed, private, revocable at once."""

from __future__ import annotations

import json
import stat

import pytest

from govnet_graph.errors import BadInput, NotFound
from govnet_graph.keys import KeyStore, KeysUnusable, Scope


@pytest.fixture
def store(tmp_path):
    return KeyStore(tmp_path / "home")


def test_a_key_is_known_by_its_text_alone(store):
    key, text = store.create("hotline", ["names"])
    assert key.scopes == {Scope.READ, Scope.NAMES}
    assert store.recall(text) is None
    assert store.check(text) == key
    assert store.recall(text) == key
    assert store.check(text[:-1] + ("A" if text[-1] != "A" else "B")) is None


@pytest.mark.parametrize(
    "text", ["", "x", "govnet", "govnet_", "govnet__", "govnet_00000000_x", "govnet_" + "a" * 500, "\udcff_a_b"]
)
def test_other_texts_are_no_keys(store, text):
    store.create("one")
    assert store.check(text) is None
    assert store.recall(text) is None


def test_the_file_is_private_and_holds_no_key(store):
    _, text = store.create("hotline")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    held = store.path.read_text()
    assert text.split("_", 2)[2] not in held
    assert set(json.loads(held)["keys"][0]) == {"id", "label", "scopes", "created", "salt", "hash", "cost"}


def test_revoking_works_at_once_and_in_other_processes(store):
    key, text = store.create("hotline")
    kept, other_text = store.create("dashboard")
    serving = KeyStore(store.path.parent)
    assert serving.check(text) == key and serving.check(other_text) == kept
    assert store.revoke(key.id) == key
    assert serving.recall(text) is None and serving.check(text) is None
    assert serving.check(other_text) == kept
    assert [k.id for k in store.list()] == [kept.id]
    with pytest.raises(NotFound):
        store.revoke(key.id)


def test_without_a_file_nobody_is_known(store):
    _, text = store.create("hotline")
    store.path.unlink()
    assert store.check(text) is None and store.list() == []


@pytest.mark.parametrize(
    ("label", "scopes"),
    [("", ["read"]), (" ", ["read"]), ("x" * 101, ["read"]), ("a\nb", ["read"]), ("a", ["everything"])],
)
def test_a_wrong_label_or_scope_makes_no_key(store, label, scopes):
    with pytest.raises(BadInput):
        store.create(label, scopes)
    assert store.list() == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"keys": [{}]}', '{"keys": [{"id": 1}]}'])
def test_a_damaged_file_lets_nobody_in_and_is_not_overwritten(store, text):
    store.create("hotline")
    store.path.write_text(text)
    with pytest.raises(KeysUnusable):
        store.list()
    with pytest.raises(KeysUnusable):
        store.create("another")
    assert store.path.read_text() == text


def test_a_file_that_others_can_read_is_not_trusted(store):
    store.create("hotline")
    store.path.chmod(0o644)
    with pytest.raises(KeysUnusable, match="read by others"):
        KeyStore(store.path.parent).list()
