"""Two hundred strings that a careless program would run, choke on or mistake: one list for every text parameter."""

from __future__ import annotations

from itertools import product

_BREAKS = ("'", '"', "`", "\\'", "'}) ", '"}) ', "*/ ", "\n}\n")
_PAYLOADS = (
    "RETURN 1 //",
    "MATCH (n) DETACH DELETE n //",
    "WITH 1 AS x CREATE (:Pwned) //",
    "SET n.id = 'x' //",
    "UNION ALL MATCH (n) RETURN n //",
    "CALL dbms.components() YIELD name RETURN name //",
    "LOAD CSV FROM 'http://127.0.0.1:9/' AS l RETURN l //",
    "DROP CONSTRAINT entity_id //",
    "SHOW USERS //",
    "OR 1 = 1 //",
)
_CODE = (
    "$as_of", "${as_of}", "$$", "{{7*7}}", "%s%s%n", "%00", "%27%20OR%201", "#{1}", "<%= 1 %>", "`id`",
    "; RETURN 1;", "MATCH (n) RETURN n", "null", "true", "NaN", "-99", "0", "1e309", "[]", "{}",
    "{id: 'x'}", '{"$ne": null}', "1' OR '1'='1", "1; DROP TABLE nodes", "' UNION SELECT 1 --", "<script>alert(1)</script>",
    "<!--", "]]>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "../../etc/passwd", "..\\..\\win.ini", "file:///etc/passwd",
    "=1+1", "@SUM(A1)", "\\u0027 OR 1=1", "\\x27", "&apos;", "\r\nX-Injected: 1", "a\tb", "-- comment",
)  # fmt: skip
_LUCENE = (
    "*", "?", "~", "\\", "(", ")", "\"", "/.*/", "name:x", "id:*", "a*~2", "[a TO z]", "{* TO *}", "a^9", "+a -b",
    "AND OR NOT", "a && b || !c", "(((((((", "_exists_:id", ".*", "a{2,}", "^$",
)  # fmt: skip
_UNICODE = (
    "＇ OR 1=1", "＂", "｀", "’", "ʼ", "′", "\u00a0", "\u3000", "\u200b", "\u200d\u200d", "\ufeff", "\u202e321", "\u2066x\u2069",
    "\u0301", "e\u0301", "é", "ﬁ", "ẞ", "ı", "İ", "Å", "\u212b", "𝐚𝐛𝐜", "９９０１０１", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0010ffff",
    "\ufffe", "\ud800", "\udfff", "社区\u0000", "松'; DETACH DELETE n", "《》", "|", "||", "a|b",
)  # fmt: skip
_CONTROLS = tuple(chr(code) for code in (0, 1, 7, 8, 11, 12, 27, 31, 127, 133, 0x2028, 0x2029))
_LONG = ("9" * 200, "a" * 201, "松" * 5_000, "'" * 1_000, "(" * 10_000, "\\" * 199)

# A part of an id, or one with something after it, is no id.
_PARTS = ("9", "9901", "990101 ", " 990101", "990101'")

INJECTIONS: tuple[str, ...] = (
    *(a + b for a, b in product(_BREAKS, _PAYLOADS)),
    *_CODE,
    *_LUCENE,
    *_UNICODE,
    *_CONTROLS,
    *_LONG,
    *_PARTS,
)
assert len(INJECTIONS) == len(set(INJECTIONS)) == 200, len(INJECTIONS)
