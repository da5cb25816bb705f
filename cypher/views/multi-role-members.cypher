/*
view:
  zh: "身兼数职的成员与所在的组织、单位"
  en: "Members who hold roles in several bodies, with these bodies"
shows: rows
*/
// body of: multi-role-members
MATCH (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))-
  [r:MEMBER_OF|SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
  (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
WITH m, count(DISTINCT b) AS bodies WHERE bodies >= $at_least
WITH m, bodies ORDER BY bodies DESC, m.id LIMIT $skip + $limit
WITH m, bodies, COLLECT {
    MATCH (m)-[r:MEMBER_OF|SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
    WITH r, b ORDER BY b.id, r.id
    RETURN [r, b]
  } AS held
// end of: multi-role-members
RETURN [m] + [x IN held | x[1]] AS nodes, [x IN held | x[0]] AS links
ORDER BY bodies DESC, m.id SKIP $skip LIMIT $limit
