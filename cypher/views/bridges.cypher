/*
view:
  zh: "只由一名成员相连的两个组织或单位"
  en: "Two bodies that one member alone links, with that member"
shows: rows
*/
// body of: bridges
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
MATCH (body)-[link]->(area)
WHERE (body:Organization AND type(link) = 'RESPONSIBLE_FOR' OR body:Unit AND type(link) = 'PAIRED_WITH') AND (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)
  AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
WITH DISTINCT body
MATCH (body)<-[r:MEMBER_OF|SITS_ON]-(member:Member)-[s:MEMBER_OF|SITS_ON]->(other)
WHERE other <> body AND (other:Organization OR other:Unit) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
  AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of) AND (other.since IS NULL OR other.since <= $as_of) AND (other.until IS NULL OR other.until > $as_of)
WITH CASE WHEN body.id < other.id THEN body ELSE other END AS one, CASE WHEN body.id < other.id THEN other ELSE body END AS two, collect(DISTINCT member) AS members
WHERE size(members) = 1 AND NOT EXISTS {
  MATCH (one)-[x]-(two)
  WHERE type(x) <> 'SUPERSEDED' AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
}
WITH one, two, members[0] AS m
// end of: bridges
WITH m, one AS first, two AS second, [m, one, two] AS nodes
ORDER BY m.id, first.id, second.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
