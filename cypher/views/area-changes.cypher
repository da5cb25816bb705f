/*
view:
  zh: "期间开始或结束的联系"
  en: "The links that began or ended in the period"
shows: rows
*/
// body of: area-changes
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
CALL (area, root) {
  MATCH (o)-[r]->(area)
  RETURN r, o, area AS end
  UNION ALL
  MATCH (area)-[r:PART_OF]->(o)
  WHERE NOT o.id STARTS WITH root.id
  RETURN r, area AS o, o AS end
}
WITH r, o, end
WHERE NOT type(r) IN ['SUPERSEDED', 'ABOUT', 'STATED_IN'] AND ($type IS NULL OR type(r) = $type)
WITH r, o, end, r.since AS since, r.until AS until, o.since AS born, o.until AS gone
WHERE since > $from OR until > $from OR born > $from OR gone > $from
WITH r, o, end, since, until, CASE WHEN since >= born OR born IS NULL THEN since ELSE born END AS begins, CASE WHEN until <= gone OR gone IS NULL THEN until ELSE gone END AS ends
WHERE begins IS NULL OR ends IS NULL OR begins < ends
UNWIND [{change: 'began', day: begins, own: since}, {change: 'ended', day: ends, own: until}] AS event
WITH r, o, end, event WHERE event.day > $from AND event.day <= coalesce($to, $as_of)
// end of: area-changes
RETURN [o, end] AS nodes, [r] AS links
ORDER BY event.day, event.change, type(r), end.id, o.id, r.id SKIP $skip LIMIT $limit
