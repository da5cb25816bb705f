// Whom those $from are joined to on $as_of by membership or seat and, where $parts, as part of each other.
// Rows: type, start, end; id, label, name (a member's role title, never a name).
UNWIND $from AS id
MATCH (x:Entity {id: id})-[r:MEMBER_OF|SITS_ON|PART_OF]-(y)
WHERE ($parts OR type(r) <> 'PART_OF') AND (y:Organization OR y:Member OR y:Unit)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (y.since IS NULL OR y.since <= $as_of) AND (y.until IS NULL OR y.until > $as_of)
WITH collect(DISTINCT [type(r), startNode(r).id, endNode(r).id]) AS ties, collect(DISTINCT y) AS found
RETURN ties, [y IN found | [y.id, head([l IN labels(y) WHERE l <> 'Entity']), CASE WHEN y:Member THEN y.title ELSE y.name END]] AS bodies
