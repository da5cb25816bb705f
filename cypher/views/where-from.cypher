/*
view:
  zh: "该实体、其关系与它们的来源"
  en: "The entity, its relationships and the sources they rest on"
shows: rows
*/
// body of: where-from
MATCH (n:Entity {id: $entity})
CALL (n) {
  RETURN 'own' AS basis, n AS x, n.source AS source, n.source_ref AS source_ref, null AS fact, null AS phrase, null AS link, n.id AS key
  UNION ALL
  MATCH (n)-[r:STATED_IN]->(s:Source)
  RETURN 'stated' AS basis, r AS x, s.id AS source, r.source_ref AS source_ref, r.fact AS fact, r.phrase AS phrase, null AS link, r.id AS key
  UNION ALL
  MATCH (n)-[r]-(o:Entity)
  WHERE NOT type(r) IN ['STATED_IN', 'SUPERSEDED', 'CHANGES']
  RETURN 'relationship' AS basis, r AS x, r.source AS source, r.source_ref AS source_ref, null AS fact, null AS phrase,
    {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id} AS link, r.id AS key
}
OPTIONAL MATCH (s:Source {id: source})
// end of: where-from
RETURN [n, s] + CASE basis WHEN 'relationship' THEN [startNode(x), endNode(x)] ELSE [] END AS nodes, CASE basis WHEN 'own' THEN [] ELSE [x] END AS links
ORDER BY CASE basis WHEN 'own' THEN 1 WHEN 'stated' THEN 2 ELSE 3 END, key SKIP $skip LIMIT $limit
