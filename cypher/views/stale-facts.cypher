/*
view:
  zh: "最近的完整台账未予确认的联系"
  en: "The links that the last complete ledger did not confirm, with that ledger"
shows: rows
*/
// body of: stale-facts
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
WITH root, COLLECT {
  MATCH (l:Ledger)-[c:COMPLETE_FOR]->(covered)
  WHERE c.since IS NOT NULL AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of) AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
    AND l.kind IN ['party-chain', 'pairings', 'workers', 'resources'] AND ($ledger IS NULL OR l.kind = $ledger)
    AND (root.id STARTS WITH covered.id OR covered.id STARTS WITH root.id)
  RETURN {ledger: l, day: c.since, area: covered.id,
    lists: CASE l.kind WHEN 'party-chain' THEN 'RESPONSIBLE_FOR' WHEN 'pairings' THEN 'PAIRED_WITH' WHEN 'workers' THEN 'ASSIGNED_TO' ELSE 'SERVES' END}
  ORDER BY c.since DESC, l.id
} AS kept
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
WITH area, [k IN kept WHERE area.id STARTS WITH k.area] AS kept
WHERE size(kept) > 0
MATCH (o)-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR]->(area)
WITH o, r, area, head([k IN kept WHERE k.lists = type(r)]) AS last
WHERE last IS NOT NULL AND (type(r) <> 'SERVES' OR o:Resource)
WITH o, r, area, last.ledger AS l, last.day AS day
WHERE (r.confirmed_on IS NULL OR r.confirmed_on < day) AND (r.since IS NULL OR r.since <= day)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
// end of: stale-facts
RETURN [o, area, l] AS nodes, [r] AS links
ORDER BY type(r), area.id, o.id, r.id SKIP $skip LIMIT $limit
