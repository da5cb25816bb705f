/*
view:
  zh: "从该成员到各单位的路径"
  en: "The paths from the member to the units"
shows: rows
*/
// body of: member-units
MATCH p = (m:Member {id: $member})
  (()-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n WHERE NOT n:Unit AND (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){0,3}
  ()-[last:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF WHERE (last.since IS NULL OR last.since <= $as_of) AND (last.until IS NULL OR last.until > $as_of)]-
  (u:Unit WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of))
WHERE length(p) <= $max_hops AND all(n IN nodes(p) WHERE single(x IN nodes(p) WHERE x = n))
WITH u, nodes(p) AS stops, relationships(p) AS links
// end of: member-units
RETURN stops AS nodes, links
ORDER BY size(links), u.id, [r IN links | r.id] SKIP $skip LIMIT $limit
