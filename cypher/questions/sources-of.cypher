/*
question:
  zh: 这些记录各出自哪个来源的何处？
  en: Where does each of these records come from?
area: provenance
parameters:
  ids: {type: strings, zh: 记录编号, en: Ids of the records}
columns:
  - {name: record, type: entity, zh: 记录, en: Record}
  - {name: source, type: entity, zh: 来源, en: Source}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
  - {name: holds, type: boolean, zh: 当日是否存在, en: Whether it is there on the day}
grain: {zh: 每条记录一行, en: one row per record}
expected:
  parameters: {ids: [need-1, res-canteen-1, nothing], as_of: 2026-06-01}
  rows:
    - [{id: need-1, label: Need, name: 柏一网格老人助餐, title: null}, {id: src-needs, label: Source, name: 需求清单}, row 2, false, true]
    - [{id: res-canteen-1, label: Resource, name: 柏社区食堂, title: null}, {id: src-article, label: Source, name: 甲区报道}, '2:50', false, false]
*/
UNWIND $ids AS id
WITH DISTINCT id
MATCH (n:Entity {id: id})
WITH n AS held, COLLECT { MATCH (s:Source {id: n.source}) RETURN s ORDER BY s.id } AS sources
WITH held, head(sources) AS origin
// answer
RETURN {id: held.id, label: head([l IN labels(held) WHERE l <> 'Entity']), name: held.name, title: held.title} AS record,
  CASE WHEN origin IS NOT NULL THEN {id: origin.id, label: 'Source', name: origin.name} END AS source, held.source_ref AS source_ref,
  coalesce(held.synthetic, false) AS synthetic, (held.since IS NULL OR held.since <= $as_of) AND (held.until IS NULL OR held.until > $as_of) AS holds
ORDER BY held.id SKIP $skip LIMIT $limit
