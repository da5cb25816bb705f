import pytest

from govnet_graph.search_text import fold, search_text


def test_a_place_is_found_by_name_alias_pinyin_and_initials():
    text = search_text(
        "Street", "210902009", {"name": "平安西部街道", "aliases": ["平西街道"], "name_en": "Ping'an West"}
    )
    assert all(
        part in text for part in ("平安西部", "平西街道", "pinganxibu", "paxbjd", "pxjd", "ping'an west", "210902009")
    )


def test_the_name_of_a_member_is_not_in_the_text():
    text = search_text("Member", "member-1", {"name": "演示成员", "aliases": ["演示"], "title": "专职网格员"})
    assert "演示" not in text and "yanshi" not in text
    assert "专职网格员" in text and "zzwgy" in text


@pytest.mark.parametrize(("given", "folded"), [("ＡＢ１２", "ab12"), ("  A  b ", "a b"), ("中国，", "中国,")])
def test_folding(given, folded):
    assert fold(given) == folded
