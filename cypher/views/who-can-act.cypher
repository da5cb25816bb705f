/*
view:
  zh: "从网格到每个能出面的成员的途径"
  en: "The paths from the grid to each member who can act for it"
shows: rows
*/
// body of: who-can-act
MATCH up = (grid:Grid {id: $grid}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,2} (place)
WHERE (place:Grid OR place:Community OR place:Street) AND all(n IN nodes(up) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
CALL (up, place) {
  MATCH (m:Member)-[r:ASSIGNED_TO]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
  RETURN m, null AS body, [r] AS last
  UNION ALL
  MATCH (m:Member)-[r:MEMBER_OF|SITS_ON]->(body)-[a]->(place)
  WHERE (type(a) = 'RESPONSIBLE_FOR' OR type(a) = 'PAIRED_WITH' AND type(r) = 'MEMBER_OF') AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of) AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
    AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  RETURN m, body, [a, r] AS last
}
WITH place, m, body, nodes(up) + CASE WHEN body IS NULL THEN [] ELSE [body] END + [m] AS stops, relationships(up) + last AS links, last
WHERE $skill IS NULL OR m.profession = $skill OR $skill IN coalesce(m.skills, [])
WITH place AS near, m, body AS through, stops, links, head(last) AS first, last(last) AS own, [l IN links | l.id] AS ids
// end of: who-can-act
RETURN stops AS nodes, links
ORDER BY size(links), m.id, ids SKIP $skip LIMIT $limit
