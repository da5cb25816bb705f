"""Areas from an official list: the district's own, and what is refused."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from govnet_graph.assets import seeds_folder
from govnet_graph.records import RecordError
from govnet_graph.seeds.areas import read_areas
from govnet_graph.seeds.article import load_article

SEEDS = seeds_folder()
ARTICLE = load_article(SEEDS)
NODES = {node.id: node for node in ARTICLE.nodes}


def test_the_areas_are_those_of_the_official_list() -> None:
    kinds = Counter(
        (n.label, n.props.get("kind")) for n in ARTICLE.nodes if n.label in ("District", "Street", "Community")
    )
    assert kinds == {
        ("District", None): 1,
        ("Street", "street"): 6,
        ("Street", "town"): 1,
        ("Community", "community"): 57,
        ("Community", "village"): 9,
    }
    with (SEEDS / "areas" / "haizhou.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["code"], row["parent_code"]) for row in rows if row["level"] != "district"} <= {
        (edge.start, edge.end) for edge in ARTICLE.edges if edge.type == "PART_OF"
    }


def test_areas_have_a_short_name_and_keep_the_official_one() -> None:
    assert (NODES["210902003013"].props["name"], NODES["210902003013"].props["aliases"]) == (
        "爱民社区",
        ["爱民社区居委会"],
    )
    assert (NODES["210902101200"].props["name"], NODES["210902101200"].props["aliases"]) == ("民主村", ["民主村委会"])
    assert NODES["210902005011"].props["aliases"] == ["西华园社区居委会", "西华园"]
    assert NODES["210902009"].props["aliases"] == ["平西街道"]
    assert NODES["210902003013"].props["source_ref"] == "row 17"


HEADER = "code,name,level,parent_code\n"
DISTRICT = "999901,甲区,district,9999\n"


def test_one_list_may_hold_several_districts(tmp_path: Path) -> None:
    path = tmp_path / "province.csv"
    path.write_text(
        HEADER
        + DISTRICT
        + "999902,乙县,district,9999\n999902201,丙乡,street,999902\n999902201200,丁村村民委员会,village,999902201\n",
        encoding="utf-8",
    )
    nodes, parts = read_areas(path, source="src-x")
    assert [(n.label, n.props["name"], n.props.get("kind")) for n in nodes] == [
        ("District", "甲区", None), ("District", "乙县", None),
        ("Street", "丙乡", "town"), ("Community", "丁村", "village"),
    ]  # fmt: skip
    assert [edge.id for edge in parts] == ["PART_OF:999902201>999902", "PART_OF:999902201200>999902201"]
    assert {n.props["source"] for n in nodes} == {"src-x"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("999901001,乙街道,city,999901", "level 'city' is not one of district"),
        ("99990101,乙街道,street,999901", "has not 9 digits"),
        ("\uff19\uff19\uff19\uff19\uff10\uff11\uff10\uff10\uff11,乙街道,street,999901", "has not 9 digits"),
        ("999901,乙区,district,9999", "code 999901 is listed twice"),
        ("999901001,,street,999901", "999901001 has no name"),
        ("999902001,乙街道,street,999902", "lies in 999902, which is no District listed before it"),
        ("999901001001,丙社区居委会,community,999901", "lies in 999901, which is no Street listed before it"),
        ("999902001,乙街道,street,999901", "does not begin with 999901"),
    ],
)
def test_a_bad_area_is_refused_with_its_row(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + DISTRICT + line + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=re.escape("list.csv row 3: ") + ".*" + re.escape(reason)):
        read_areas(path)


def test_a_list_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,name\n999901,甲区\n", encoding="utf-8")
    with pytest.raises(RecordError, match="the columns are code, name, not code, name, level, parent_code"):
        read_areas(path)
