/*
view:
  zh: "该单位、结对与可抵达的区域、资源、席位"
  en: "The unit with the areas that it reaches, its resources and its seats"
shows: rows
*/
// body of: unit-profile
MATCH (u:Unit {id: $unit})
WITH u,
  COLLECT {
    MATCH (u)-[r:PAIRED_WITH WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
    WITH r, a ORDER BY a.id, r.id
    RETURN [r, a]
  } AS pairs,
  COUNT {
    MATCH (u)<-[r:MEMBER_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
      (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))
    RETURN DISTINCT m
  } AS members,
  COLLECT {
    MATCH (u)-[r:OFFERS WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (s:Resource WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of))
    WITH DISTINCT s ORDER BY s.id
    RETURN s
  } AS offered,
  COLLECT {
    MATCH (u)-[r:SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (o:Organization WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of))
    WITH DISTINCT o ORDER BY o.id
    RETURN o
  } AS seats,
  COLLECT {
    // one step where the unit is paired with the area, two where a resource that it offers serves it
    MATCH (u) (()-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){1,2} (a:District|Street|Community|Grid)
    WITH DISTINCT a ORDER BY a.id
    RETURN a
  } AS reached
// end of: unit-profile
WITH u, [u] + [p IN pairs | p[1]] + offered + seats + reached AS nodes
ORDER BY u.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
