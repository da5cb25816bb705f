/*
view:
  zh: "该实体当时所记录的联系；已被更正的画作 SUPERSEDED"
  en: "The entity's relationships as they were recorded then; what was corrected since is drawn as SUPERSEDED"
shows: rows
*/
// body of: believed-relationships
MATCH (n:Entity {id: $entity})
CALL (n) {
  MATCH (n)-[r]-(o:Entity)
  WHERE NOT type(r) IN ['SUPERSEDED', 'CHANGES']
  RETURN r, o, type(r) AS type, true AS still_believed
  UNION ALL
  // what was withdrawn keeps its properties but not its label
  MATCH (n)-[r:SUPERSEDED]-(o)
  WHERE r.superseded_at > $known_at
  RETURN r, o, r.was AS type, false AS still_believed
}
WITH n, r, o, type, still_believed
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND ($known_at IS NULL OR r.recorded_at IS NULL OR r.recorded_at <= $known_at)
// end of: believed-relationships
RETURN [n, o] AS nodes, [r] AS links
ORDER BY type, o.id, r.id, still_believed DESC, CASE WHEN NOT still_believed THEN r.superseded_at END SKIP $skip LIMIT $limit
