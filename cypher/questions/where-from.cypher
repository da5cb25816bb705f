/*
question:
  zh: 某实体的记录出自何处？
  en: Where does what is known of an entity come from?
area: provenance
parameters:
  entity: {type: Entity, zh: 实体编号, en: Entity id}
columns:
  - {name: basis, type: string, zh: "依据的种类（own 本身，stated 出处，relationship 关系）", en: "Basis: own, stated or relationship"}
  - {name: source, type: entity, zh: 来源, en: Source}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: fact, type: string, zh: 事实编号, en: Number of the fact}
  - {name: phrase, type: string, zh: 原文短语, en: Phrase of the source}
  - {name: relationship, type: map, zh: 关系, en: Relationship}
  - {name: holds, type: boolean, zh: 当日是否有效, en: Whether it holds on the day}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
  - {name: inferred, type: boolean, zh: 是否推断, en: Inferred}
  - {name: note, type: string, zh: 说明, en: Remark}
grain: {zh: 实体本身、每个出处与每个关系各一行, en: "one row for the entity itself, for each place that states it and for each of its relationships"}
expected:
  parameters: {entity: res-canteen-1, as_of: 2026-06-01}
  rows:
    - [own, {id: src-article, label: Source, name: 甲区报道}, "2:50", null, null, null, false, false, false, null]
    - [stated, {id: src-article, label: Source, name: 甲区报道}, "2:50", F008, null, null, true, false, false, null]
    - [relationship, {id: src-article, label: Source, name: 甲区报道}, "2:51", null, null, {id: "OFFERS:unit-c>res-canteen-1", type: OFFERS, from: unit-c, to: res-canteen-1}, false, false, false, null]
    - [relationship, {id: src-article, label: Source, name: 甲区报道}, "2:52", null, null, {id: "PROVIDES:res-canteen-1>svc-meals", type: PROVIDES, from: res-canteen-1, to: svc-meals}, false, false, false, null]
    - [relationship, {id: src-article, label: Source, name: 甲区报道}, "2:53", null, null, {id: "SERVES:res-canteen-1>990101001002", type: SERVES, from: res-canteen-1, to: "990101001002"}, false, false, false, null]
*/
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
// answer
RETURN basis, {id: source, label: 'Source', name: s.name} AS source, source_ref, fact, phrase, link AS relationship,
  (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AS holds,
  coalesce(x.synthetic, false) AS synthetic, coalesce(x.inferred, false) AS inferred, x.note AS note
ORDER BY CASE basis WHEN 'own' THEN 1 WHEN 'stated' THEN 2 ELSE 3 END, key SKIP $skip LIMIT $limit
