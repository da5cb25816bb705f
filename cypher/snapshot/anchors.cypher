// The bodies and people that have to do with $areas on $as_of, and $units.
// Rows: type, start, end; id, label, name (a member's role title, never a name).
CALL () {
  UNWIND $areas AS id
  MATCH (area:Entity {id: id})<-[r:RESPONSIBLE_FOR|ASSIGNED_TO]-(x)
  WHERE (x:Organization OR x:Member)
    AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
  WITH DISTINCT type(r) AS type, x, id
  RETURN collect([type, x.id, id]) AS ties, collect(DISTINCT x) AS found
}
CALL () {
  UNWIND $units AS id
  MATCH (x:Entity {id: id})
  RETURN collect(x) AS units
}
RETURN ties, [x IN found + units | [x.id, head([l IN labels(x) WHERE l <> 'Entity']), CASE WHEN x:Member THEN x.title ELSE x.name END]] AS bodies
