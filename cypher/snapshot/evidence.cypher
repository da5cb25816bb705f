// What is given to each of $areas on $as_of other than by a pairing, by whom, and which ledgers are complete for it.
// Rows: key, provider, area; provider, label, name (a member's role title, never a name); kind, area, ledger.
UNWIND $areas AS id
MATCH (area:Entity {id: id})
CALL (area) {
  MATCH (area)<-[r:RESPONSIBLE_FOR]-(p:Organization)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of) AND p.level IS NOT NULL
  RETURN 'chain:' + toString(p.level) AS key, p
  UNION
  MATCH (area)<-[r:ASSIGNED_TO]-(p:Member)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
  UNWIND ['worker:' + r.profession, CASE r.role WHEN 'full-time' THEN 'worker:full-time' END] AS key
  WITH key, p
  WHERE key IS NOT NULL
  RETURN key, p
  UNION
  MATCH (area)<-[r:SERVES]-(p:Resource)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
  RETURN 'resource:' + p.kind AS key, p
  UNION
  MATCH (area)<-[r:SERVES]-(p:Resource)-[g:PROVIDES]->(service:Service)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
    AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  RETURN 'service:' + service.code AS key, p
  UNION
  MATCH (area)<-[r:COMPLETE_FOR]-(p:Ledger)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
  RETURN 'ledger' AS key, p
}
WITH key, p, area.id AS id
WITH collect(CASE key WHEN 'ledger' THEN null ELSE [key, p.id, id] END) AS given,
  collect(CASE key WHEN 'ledger' THEN [p.kind, id, p.id] END) AS ledgers,
  collect(DISTINCT CASE key WHEN 'ledger' THEN null ELSE p END) AS providers
RETURN given, ledgers, [p IN providers | [p.id, head([l IN labels(p) WHERE l <> 'Entity']), CASE WHEN p:Member THEN p.title ELSE p.name END]] AS providers
