// 来源图：出处、指标、台账与变更说的是什么 Map of provenance
// Generated from the schema by `govnet render`; do not edit.
MATCH (a:Entity)-[r]->(b:Entity)
WHERE type(r) IN ['STATED_IN', 'ABOUT', 'COMPLETE_FOR', 'CHANGES', 'SUPERSEDED']
WITH DISTINCT labels(a) AS one, type(r) AS type, labels(b) AS other
WITH collect(head([l IN one WHERE l <> 'Entity']) + ' ' + type + ' ' + head([l IN other WHERE l <> 'Entity'])) AS joined
CALL db.schema.visualization() YIELD nodes, relationships
// These nodes stand in this answer alone: Neo4j 5 knows of them no more than labels and element ids.
WITH nodes, [r IN relationships WHERE
  head([n IN nodes WHERE elementId(n) = elementId(startNode(r)) | labels(n)[0]]) + ' ' + type(r) + ' ' +
  head([n IN nodes WHERE elementId(n) = elementId(endNode(r)) | labels(n)[0]]) IN joined] AS links
RETURN [n IN nodes WHERE any(r IN links WHERE elementId(n) IN [elementId(startNode(r)), elementId(endNode(r))])] AS nodes, links;
