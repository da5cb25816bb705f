/*
view:
  zh: "依据该来源记入的事物与关系"
  en: "The things and relationships that rest on the source"
shows: rows
*/
// body of: rests-on-source
MATCH (s:Source {id: $source})
// each type of relationship by itself, because an index on relationships is one of one type
CALL (s) {
  MATCH (e:Entity {source: s.id}) WHERE e <> s RETURN e AS x, e, null AS end, null AS type
  UNION ALL
  MATCH (e:Entity)-[x:PART_OF {source: s.id}]->(end) RETURN x, e, end, 'PART_OF' AS type
  UNION ALL
  MATCH (e:Entity)-[x:RESPONSIBLE_FOR {source: s.id}]->(end) RETURN x, e, end, 'RESPONSIBLE_FOR' AS type
  UNION ALL
  MATCH (e:Entity)-[x:MEMBER_OF {source: s.id}]->(end) RETURN x, e, end, 'MEMBER_OF' AS type
  UNION ALL
  MATCH (e:Entity)-[x:SITS_ON {source: s.id}]->(end) RETURN x, e, end, 'SITS_ON' AS type
  UNION ALL
  MATCH (e:Entity)-[x:ASSIGNED_TO {source: s.id}]->(end) RETURN x, e, end, 'ASSIGNED_TO' AS type
  UNION ALL
  MATCH (e:Entity)-[x:PAIRED_WITH {source: s.id}]->(end) RETURN x, e, end, 'PAIRED_WITH' AS type
  UNION ALL
  MATCH (e:Entity)-[x:OFFERS {source: s.id}]->(end) RETURN x, e, end, 'OFFERS' AS type
  UNION ALL
  MATCH (e:Entity)-[x:PROVIDES {source: s.id}]->(end) RETURN x, e, end, 'PROVIDES' AS type
  UNION ALL
  MATCH (e:Entity)-[x:SERVES {source: s.id}]->(end) RETURN x, e, end, 'SERVES' AS type
  UNION ALL
  MATCH (e:Entity)-[x:LOCATED_IN {source: s.id}]->(end) RETURN x, e, end, 'LOCATED_IN' AS type
  UNION ALL
  MATCH (e:Entity)-[x:RAISED_BY {source: s.id}]->(end) RETURN x, e, end, 'RAISED_BY' AS type
  UNION ALL
  MATCH (e:Entity)-[x:FOR {source: s.id}]->(end) RETURN x, e, end, 'FOR' AS type
  UNION ALL
  MATCH (e:Entity)-[x:MET_BY {source: s.id}]->(end) RETURN x, e, end, 'MET_BY' AS type
  UNION ALL
  MATCH (e:Entity)-[x:RAISED_IN {source: s.id}]->(end) RETURN x, e, end, 'RAISED_IN' AS type
  UNION ALL
  MATCH (e:Entity)-[x:DISPATCHED_TO {source: s.id}]->(end) RETURN x, e, end, 'DISPATCHED_TO' AS type
  UNION ALL
  MATCH (e:Entity)-[x:HELD_BY {source: s.id}]->(end) RETURN x, e, end, 'HELD_BY' AS type
  UNION ALL
  MATCH (e:Entity)-[x:HELD_IN {source: s.id}]->(end) RETURN x, e, end, 'HELD_IN' AS type
  UNION ALL
  MATCH (e:Entity)-[x:ATTENDED_BY {source: s.id}]->(end) RETURN x, e, end, 'ATTENDED_BY' AS type
  UNION ALL
  MATCH (e:Entity)-[x:STEP_OF {source: s.id}]->(end) RETURN x, e, end, 'STEP_OF' AS type
  UNION ALL
  MATCH (e:Entity)-[x:STATED_IN {source: s.id}]->(end) RETURN x, e, end, 'STATED_IN' AS type
  UNION ALL
  MATCH (e:Entity)-[x:ABOUT {source: s.id}]->(end) RETURN x, e, end, 'ABOUT' AS type
  UNION ALL
  MATCH (e:Entity)-[x:COMPLETE_FOR {source: s.id}]->(end) RETURN x, e, end, 'COMPLETE_FOR' AS type
  UNION ALL
  MATCH (e:Entity)-[x:CHANGES {source: s.id}]->(end) RETURN x, e, end, 'CHANGES' AS type
}
WITH CASE WHEN type IS NULL THEN 'node' ELSE 'relationship' END AS kind, x, e, end, type
WHERE $ref IS NULL OR x.source_ref = $ref
WITH kind, x, e, type, end ORDER BY kind, x.id LIMIT $skip + $limit
// end of: rests-on-source
RETURN [e, end] AS nodes, CASE kind WHEN 'relationship' THEN [x] ELSE [] END AS links
ORDER BY kind, x.id SKIP $skip LIMIT $limit
