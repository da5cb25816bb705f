"""Who is who: a labelled set of written variants, and what must hold for any name."""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.errors import BadInput, NotFound
from govnet_graph.ledgers.who import (
    Choice,
    Decisions,
    Doubt,
    Entry,
    How,
    Index,
    Match,
    Reference,
    Unknown,
    Verdict,
    resolve,
)
from govnet_graph.ledgers.who.files import FileDamaged, secret_of
from govnet_graph.ledgers.who.ids import member_ids, thing_id

PAIRS = list(csv.DictReader(Path(__file__).with_name("who_pairs.csv").read_text(encoding="utf-8").splitlines()))
CREDIT_CODE = "91110000600037341L"
ENTRIES = [
    Entry("210902", "District", "海州区", codes=("210902",)),
    *(
        Entry(code, "Street", name, codes=(code,))
        for code, name in (
            ("210902003", "和平街道"),
            ("210902004", "新兴街道"),
            ("210902005", "五龙街道"),
            ("210902009", "韩家店镇"),
        )
    ),
    Entry("210902003013", "Community", "爱民社区", codes=("210902003013",)),
    Entry("210902003014", "Community", "民主社区", codes=("210902003014",)),
    Entry("210902004013", "Community", "爱民社区", codes=("210902004013",)),
    Entry("210902005007", "Community", "文欣苑社区", ("老名社区",), ("210902005007",)),
    Entry("210902009001", "Community", "东营社区"),
    Entry("210902009002", "Community", "东营村"),
    Entry("210902003013001", "Grid", "爱民社区第一网格"),
    Entry("210902003013002", "Grid", "第二网格"),
    Entry("210902003013012", "Grid", "爱民社区第12网格"),
    Entry("unit-scjg", "Unit", "海州区市场监督管理局", codes=(CREDIT_CODE,), props={"kind": "agency"}),
    Entry("unit-rsj", "Unit", "海州区人力资源和社会保障局"),
    Entry("unit-fy", "Unit", "海州区人民法院", ("区法院",), props={"kind": "court"}),
    Entry("unit-bank", "Unit", "示例银行股份有限公司海州支行"),
    Entry("unit-heat", "Unit", "示例热力有限公司"),
    Entry("unit-school", "Unit", "实验小学"),
    Entry("unit-school-4", "Unit", "第四小学"),
    Entry("res-meals", "Resource", "爱民食堂"),
    Entry("member-1", "Member", "张示例", places=("unit-fy",), props={"title": "法官", "kind": "party-member"}),
]
INDEX = Index(ENTRIES, "210902")


def _verdict(outcome: object) -> tuple[str, str]:
    match outcome:
        case Match(id=found):
            return "join", found
        case Doubt(candidates=candidates):
            return "doubt", candidates[0].entry.id
    return "new", ""


def _asked(row: dict[str, str]) -> tuple[str, str]:
    return _verdict(resolve(INDEX, Reference((row["label"],), row["written"], within=row["within"])))


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['written']}@{row['within']}")
def test_each_written_variant_is_understood_as_labelled(row):
    assert _asked(row) == (row["verdict"], row["meant"])


def test_precision_and_recall_on_the_labelled_set():
    """What joins unasked is always right; what is meant is always joined or among the first of the doubtful."""
    counts = Counter()
    for row in PAIRS:
        verdict, found = _asked(row)
        counts["rows"] += 1
        counts["meant"] += bool(row["meant"])
        counts["joined"] += verdict == "join"
        counts["joined rightly"] += verdict == "join" and found == row["meant"]
        counts["offered"] += verdict != "new"
        counts["offered rightly"] += verdict != "new" and found == row["meant"]
        counts["strangers left alone"] += verdict == "new" and not row["meant"]
    assert counts["rows"] >= 60
    assert counts["joined rightly"] == counts["joined"]
    assert counts["offered rightly"] == counts["meant"] == counts["offered"]
    assert counts["strangers left alone"] == counts["rows"] - counts["meant"]


def test_an_identifier_goes_before_the_name():
    assert resolve(INDEX, Reference(("Unit",), "别的名字", CREDIT_CODE)) == Match(
        "unit-scjg", "Unit", 1.0, How.IDENTIFIER
    )
    assert resolve(INDEX, Reference(("Unit",), "别的名字", CREDIT_CODE.lower())).id == "unit-scjg"
    assert resolve(INDEX, Reference(("Community",), "", "210902003013")).id == "210902003013"
    assert resolve(INDEX, Reference(("Street",), "", "210902003000")).id == "210902003"


def test_a_wrong_identifier_is_said_to_be_wrong():
    assert resolve(INDEX, Reference(("Unit",), "海州区人民法院", "91110000600037341X")) == Unknown("code-invalid")
    assert resolve(INDEX, Reference(("Community",), "爱民社区", "210902003999")) == Unknown("code-unknown")


def test_a_name_counts_only_in_its_place():
    assert _verdict(resolve(INDEX, Reference(("Community",), "民主社区", within="210902004"))) == ("new", "")
    assert _verdict(resolve(INDEX, Reference(("Community",), "文欣苑社区"))) == ("join", "210902005007")


def test_people_are_never_joined_by_name():
    for within in ("unit-fy", ""):
        outcome = resolve(INDEX, Reference(("Member",), "张示例", within=within))
        assert isinstance(outcome, Doubt)
        assert outcome.candidates[0].how is How.SAME_NAME
        assert "name" not in outcome.candidates[0].entry.shown()
    assert resolve(INDEX, Reference(("Member",), "张示例", within="unit-bank")) == Unknown()
    assert resolve(INDEX, Reference(("Member",), "张示列", within="unit-fy")) == Unknown()


def test_the_sides_of_a_doubt_agree_and_differ():
    said = {"kind": "agency", "name": "市监局"}
    outcome = resolve(INDEX, Reference(("Unit",), "市监局", props=said))
    assert outcome.candidates[0].sides(said) == {"agree": ["kind"], "differ": []}
    assert outcome.candidates[0].sides({"kind": "bank"}) == {"agree": [], "differ": ["kind"]}


LONG = [e for e in ENTRIES if len(e.name) >= 6 and e.label == "Unit"]
COMMON = "的人民区市中国大学院局公安东西南北山水新兴建设发展信息管服务所站"


@given(entry=st.sampled_from(LONG), position=st.integers(0, 20), other=st.sampled_from(COMMON))
def test_one_wrong_character_in_a_long_name_is_never_silently_new(entry, position, other):
    position %= len(entry.name)
    written = entry.name[:position] + other + entry.name[position + 1 :]
    outcome = resolve(INDEX, Reference(("Unit",), written))
    assert not isinstance(outcome, Unknown)
    ids = {outcome.id} if isinstance(outcome, Match) else {c.entry.id for c in outcome.candidates}
    assert entry.id in ids


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_graph_decides_nothing(rng: random.Random):
    shuffled = list(ENTRIES)
    rng.shuffle(shuffled)
    other = Index(shuffled, "210902")
    for row in rng.sample(PAIRS, 12):
        reference = Reference((row["label"],), row["written"], within=row["within"])
        assert resolve(other, reference) == resolve(INDEX, reference)


@given(st.text(max_size=40), st.text(max_size=20), st.sampled_from([e.label for e in ENTRIES]), st.text(max_size=15))
def test_any_text_can_be_asked(name, code, label, within):
    resolve(INDEX, Reference((label,), name, code, within))


PERSON = st.tuples(
    st.sampled_from(["unit-a", "unit-b"]),
    st.sampled_from(["张示例", "李示例"]),
    st.sampled_from(["", "11010519491231002X", "440524188001010014"]),
    st.sampled_from(["", "13800000000"]),
    st.sampled_from(["", "staff", "leader"]),
)


@given(st.lists(PERSON, max_size=8), st.randoms(use_true_random=False))
def test_people_of_one_name_stay_several_in_any_order(people, rng):
    secret = b"s" * 32
    ids = dict(enumerate(member_ids(secret, people)))
    order = list(range(len(people)))
    rng.shuffle(order)
    shuffled = member_ids(secret, [people[i] for i in order])
    said = Counter((people[i], ids[i]) for i in ids)
    assert said == Counter((people[i], found) for i, found in zip(order, shuffled, strict=True))
    without_number = [i for i, person in enumerate(people) if not person[2]]
    assert len({ids[i] for i in without_number}) == len(without_number)
    for number in {person[2] for person in people} - {""}:
        assert len({ids[i] for i, person in enumerate(people) if person[2] == number}) == 1


def test_ids_tell_no_names_and_cannot_be_tried():
    person = ("unit-a", "张示例", "", "", "")
    assert member_ids(b"a" * 32, [person]) != member_ids(b"b" * 32, [person])
    assert member_ids(b"a" * 32, [person])[0].startswith("member-")
    assert thing_id("Unit", "示例 银行") == thing_id("Unit", "示例银行") != thing_id("Unit", "示例银行", "x")


def test_a_decision_is_remembered_used_and_taken_back(tmp_path):
    path = tmp_path / "ledgers" / "decisions.json"
    reference = Reference(("Unit",), "市监局")
    decisions = Decisions(path)
    decisions.remember({reference.key: Choice(Verdict.JOIN, "unit-scjg")}, "local")
    again = Decisions(path)
    assert resolve(INDEX, reference, again) == Match("unit-scjg", "Unit", 1.0, How.DECISION)
    assert "市监局" not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert again.forget([reference.key]) == 1
    assert isinstance(resolve(INDEX, reference, Decisions(path)), Doubt)
    with pytest.raises(NotFound):
        again.forget([reference.key])


def test_new_and_not_the_same_are_decisions_too():
    reference = Reference(("Unit",), "市监局")
    new = Decisions(None, {reference.key: Choice(Verdict.NEW)})
    assert resolve(INDEX, reference, new) == Unknown()
    other = Decisions(None, {reference.key: Choice(Verdict.NOT, denied=("unit-scjg",))})
    assert resolve(INDEX, reference, other) == Unknown()
    gone = Decisions(None, {reference.key: Choice(Verdict.JOIN, "unit-gone")})
    assert isinstance(resolve(INDEX, reference, gone), Doubt)


@pytest.mark.parametrize("raw", [{}, {"verdict": "maybe"}, {"verdict": "join"}, {"verdict": "new", "target": "x"}])
def test_a_decision_that_says_nothing_is_refused(raw):
    with pytest.raises(BadInput):
        Choice.read(raw)


def test_damaged_files_are_said_to_be_damaged(tmp_path):
    path = tmp_path / "decisions.json"
    path.write_text("{")
    with pytest.raises(FileDamaged):
        Decisions(path)
    path.write_text("[]")
    with pytest.raises(FileDamaged):
        Decisions(path)
    key = tmp_path / "members.key"
    assert secret_of(key) == secret_of(key)
    key.write_text("zz")
    with pytest.raises(FileDamaged):
        secret_of(key)
