// 模型图：有哪些种类的事物，怎样相连 Map of the model
// Generated from the schema by `govnet render`; do not edit.
MATCH (a:Entity)-[r]->(b:Entity)
WHERE NOT type(r) IN ['STATED_IN', 'ABOUT', 'COMPLETE_FOR', 'CHANGES', 'SUPERSEDED']
WITH DISTINCT labels(a) AS one, type(r) AS type, labels(b) AS other
WITH collect(head([l IN one WHERE l <> 'Entity']) + ' ' + type + ' ' + head([l IN other WHERE l <> 'Entity'])) AS joined
CALL db.schema.visualization() YIELD nodes, relationships
// These nodes stand in this answer alone: Neo4j 5 knows of them no more than labels and element ids.
WITH nodes, [r IN relationships WHERE
  head([n IN nodes WHERE elementId(n) = elementId(startNode(r)) | labels(n)[0]]) + ' ' + type(r) + ' ' +
  head([n IN nodes WHERE elementId(n) = elementId(endNode(r)) | labels(n)[0]]) IN joined] AS links
RETURN [n IN nodes WHERE any(r IN links WHERE elementId(n) IN [elementId(startNode(r)), elementId(endNode(r))])] AS nodes, links;
