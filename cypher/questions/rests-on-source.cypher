/*
question:
  zh: 哪些记录依据某一来源?
  en: What rests on a source?
area: provenance
parameters:
  source: {type: Source, zh: 来源编号, en: Source id}
  ref: {type: string, default: null, zh: 来源中的位置, en: Place in the source}
columns:
  - {name: kind, type: string, zh: "种类(node 节点,relationship 关系)", en: "Kind: node or relationship"}
  - {name: entity, type: entity, zh: 实体(关系的起点), en: "Entity, the start of a relationship"}
  - {name: relationship, type: map, zh: 关系, en: Relationship}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: holds, type: boolean, zh: 当日是否有效, en: Whether it holds on the day}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
grain: {zh: 每个节点或关系一行, en: one row per node or relationship}
expected:
  parameters: {source: src-needs, ref: row 3, as_of: 2026-06-01}
  rows:
    - [node, {id: need-2, label: Need, name: 梅一网格邻里调解, title: null}, null, row 3, true, false]
    - [relationship, {id: need-2, label: Need, name: 梅一网格邻里调解, title: null}, {id: "FOR:need-2>svc-mediation", type: FOR, from: need-2, to: svc-mediation}, row 3, true, false]
    - [relationship, {id: need-2, label: Need, name: 梅一网格邻里调解, title: null}, {id: "MET_BY:need-2>res-forum", type: MET_BY, from: need-2, to: res-forum}, row 3, true, false]
    - [relationship, {id: need-2, label: Need, name: 梅一网格邻里调解, title: null}, {id: "RAISED_BY:need-2>990101002001001", type: RAISED_BY, from: need-2, to: "990101002001001"}, row 3, true, false]
*/
MATCH (s:Source {id: $source})
CALL (s) {
  MATCH (n:Entity {source: s.id})
  WHERE n <> s AND ($ref IS NULL OR n.source_ref = $ref)
  RETURN 'node' AS kind, n AS x, n AS e, null AS type, null AS end
  UNION ALL
  MATCH (n:Entity)-[r {source: s.id}]->(o)
  WHERE type(r) <> 'SUPERSEDED' AND ($ref IS NULL OR r.source_ref = $ref)
  RETURN 'relationship' AS kind, r AS x, n AS e, type(r) AS type, o AS end
}
WITH kind, x, e, type, end ORDER BY kind, x.id LIMIT $skip + $limit
RETURN kind, {id: e.id, label: head([l IN labels(e) WHERE l <> 'Entity']), name: e.name, title: e.title} AS entity,
  CASE WHEN end IS NOT NULL THEN {id: x.id, type: type, from: e.id, to: end.id} END AS relationship, x.source_ref AS source_ref,
  (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AS holds, coalesce(x.synthetic, false) AS synthetic
ORDER BY kind, x.id SKIP $skip LIMIT $limit
