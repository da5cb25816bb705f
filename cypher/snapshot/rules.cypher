// What is needed and which services there are, on $as_of.
// Rows: id, properties of a requirement; id, code, name, name_en, group of a service.
RETURN COLLECT {
    MATCH (q:Requirement)
    WHERE (q.since IS NULL OR q.since <= $as_of) AND (q.until IS NULL OR q.until > $as_of)
    RETURN [q.id, {name: q.name, name_en: q.name_en, level: q.level, evidence: q.evidence, scope: q.scope, minimum: q.minimum, applies: q.applies,
      group: q.group, ledger: q.ledger, standard: q.standard, priority: q.priority}]
  } AS needed, COLLECT {
    MATCH (s:Service)
    WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
    RETURN [s.id, s.code, s.name, s.name_en, s.group]
  } AS services
