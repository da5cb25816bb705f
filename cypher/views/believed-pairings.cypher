/*
view:
  zh: "当时所记录的结对；已被更正的画作 SUPERSEDED"
  en: "Pairings as they were recorded then; what was corrected since is drawn as SUPERSEDED"
shows: rows
*/
// body of: believed-pairings
CALL () {
  MATCH (a:Entity)<-[r:PAIRED_WITH]-(u:Unit)
  WHERE a.id STARTS WITH $area
  RETURN u, r, a, true AS still_believed
  UNION ALL
  MATCH (a:Entity)<-[r:SUPERSEDED {was: 'PAIRED_WITH'}]-(u:Unit)
  WHERE a.id STARTS WITH $area AND r.superseded_at > $known_at
  RETURN u, r, a, false AS still_believed
  UNION ALL
  // a unit that an undo took back
  MATCH (a:Entity)<-[r:SUPERSEDED {was: 'PAIRED_WITH'}]-(u:Withdrawn {was: 'Unit'})
  WHERE a.id STARTS WITH $area AND r.superseded_at > $known_at
  RETURN u, r, a, false AS still_believed
}
WITH u, r, a, still_believed
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND ($known_at IS NULL OR r.recorded_at IS NULL OR r.recorded_at <= $known_at)
// end of: believed-pairings
RETURN [a, u] AS nodes, [r] AS links
ORDER BY a.id, u.id, r.id, still_believed DESC, r.superseded_at SKIP $skip LIMIT $limit
