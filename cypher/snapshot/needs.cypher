// Needs raised in one of $areas by $as_of and not withdrawn by then, whether nothing meets them then, and projects.
// Rows: id, name, headcount, priority, unmet; need or project, service code; need, area; project: id, name, state; project, need.
CALL () {
  UNWIND $areas AS id
  MATCH (area:Entity {id: id})<-[r:RAISED_BY]-(need:Need)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
    AND (need.state <> 'withdrawn' OR need.withdrawn_on > $as_of) AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  RETURN collect([need.id, area.id]) AS raised, collect(DISTINCT need) AS found
}
CALL (found) {
  UNWIND found AS need
  WITH need
  WHERE true
// part: unmet
  // raised by the day, not withdrawn by it, and met by nothing that holds on it (what was met later was still unmet)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.state = 'open' OR need.withdrawn_on > $as_of OR need.state = 'met' AND EXISTS {
    MATCH (need)-[later:MET_BY]->()
    WHERE later.since > $as_of
  })
  AND NOT EXISTS {
    MATCH (need)-[met:MET_BY]->(by)
    WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  }
// end: unmet
  RETURN collect(need.id) AS unmet
}
RETURN [need IN found | [need.id, need.name, need.headcount, need.priority, need.id IN unmet]] AS needs, raised,
  COLLECT {
    UNWIND found AS need
    MATCH (need)-[f:FOR]->(s:Service)
    WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of) AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
    RETURN DISTINCT [need.id, s.code]
  } + COLLECT {
    MATCH (p:Project)-[f:FOR]->(s:Service)
    WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of) AND (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
      AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
    RETURN DISTINCT [p.id, s.code]
  } AS asks, COLLECT {
    MATCH (p:Project)
    WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
    RETURN [p.id, p.name, p.state]
  } AS projects, COLLECT {
    MATCH (p:Project)-[f:FOR]->(n:Need)
    WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of) AND (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
      AND (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of)
    RETURN DISTINCT [p.id, n.id]
  } AS meant
