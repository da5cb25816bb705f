/*
view:
  zh: "该联系的各次记录与来源"
  en: "Each record of the relationship with its source"
shows: rows
*/
// body of: relationship-source
MATCH (a:Entity {id: split(split($relationship, '>')[0], ':')[1]})-[r]->(b)
WHERE r.id = $relationship
OPTIONAL MATCH (s:Source {id: r.source})
OPTIONAL MATCH (p:Plan {id: r.change})
WITH a, r, b, s, p, type(r) <> 'SUPERSEDED' AS believed, COLLECT {
  UNWIND keys(r) AS name
  WITH name, r[name] AS value
  WHERE NOT name IN ['id', 'was', 'change', 'source', 'source_ref', 'recorded_at', 'superseded_at', 'superseded_by', 'confirmed_on']
  RETURN {property: name, value: value} ORDER BY name
} AS properties
// end of: relationship-source
RETURN [a, b, s] AS nodes, [r] AS links
ORDER BY believed DESC, r.superseded_at DESC, r.recorded_at DESC SKIP $skip LIMIT $limit
