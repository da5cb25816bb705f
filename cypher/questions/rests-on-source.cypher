/*
question:
  zh: 哪些记录依据某一来源？
  en: What rests on a source?
area: provenance
parameters:
  source: {type: Source, zh: 来源编号, en: Source id}
  ref: {type: string, default: null, zh: 来源中的位置, en: Place in the source}
columns:
  - {name: kind, type: string, zh: "种类（node 节点，relationship 关系）", en: "Kind: node or relationship"}
  - {name: entity, type: entity, zh: 实体（关系的起点）, en: "Entity, the start of a relationship"}
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
    - [relationship, {id: org-community-3, label: Organization, name: 梅社区党总支, title: null}, {id: "RESPONSIBLE_FOR:org-community-3>need-2", type: RESPONSIBLE_FOR, from: org-community-3, to: need-2}, row 3, true, false]
*/
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
// answer
RETURN kind, {id: e.id, label: head([l IN labels(e) WHERE l <> 'Entity']), name: e.name, title: e.title} AS entity,
  CASE WHEN end IS NOT NULL THEN {id: x.id, type: type, from: e.id, to: end.id} END AS relationship, x.source_ref AS source_ref,
  (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AS holds, coalesce(x.synthetic, false) AS synthetic
ORDER BY kind, x.id SKIP $skip LIMIT $limit
