/*
question:
  zh: 哪些结对将在若干天内到期，到期后该区域还有谁？
  en: Which pairings end within so many days, and who remains there?
area: history
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Area id; areas in it count too}
  days: {type: integer, default: 60, minimum: 0, maximum: 400, zh: 未来天数, en: Days to look ahead}
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: programme, type: string, zh: 机制编号, en: Programme id}
  - {name: services, type: strings, zh: 承担的服务, en: Services undertaken}
  - {name: since, type: date, zh: 起始日（含）, en: First day}
  - {name: until, type: date, zh: 终止日（不含）, en: First day no longer}
  - {name: days_left, type: integer, unit: days, zh: 距终止天数, en: Days until then}
  - {name: others, type: entities, zh: 到期当日仍与该区域结对的其他单位, en: Other units paired with the area on the day when it ends}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个将到期的结对一行, en: one row per pairing that ends}
expected:
  parameters: {days: 31, as_of: 2026-05-15}
  rows:
    - [{id: unit-b, label: Unit, name: 乙银行}, {id: "990101002002002", label: Grid, name: 竹二网格, title: null}, prog-pairs, null, 2026-02-01, 2026-06-01, 17, [], src-pairings, row 3]
*/
MATCH (a:Entity)<-[r:PAIRED_WITH]-(u:Unit)
WHERE a.id STARTS WITH $area AND (r.since IS NULL OR r.since <= $as_of) AND r.until > $as_of AND duration.inDays($as_of, r.until).days <= $days
  AND (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)
WITH u, r, a, COLLECT {
  MATCH (other:Unit)-[x:PAIRED_WITH]->(a)
  WHERE other.id <> u.id AND (x.since IS NULL OR x.since <= r.until) AND (x.until IS NULL OR x.until > r.until)
    AND (other.since IS NULL OR other.since <= r.until) AND (other.until IS NULL OR other.until > r.until)
  WITH DISTINCT other
  RETURN other ORDER BY other.id
} AS rest
// answer
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title} AS area,
  r.programme AS programme, r.services AS services, r.since AS since, r.until AS until, duration.inDays($as_of, r.until).days AS days_left,
  [o IN rest | {id: o.id, label: 'Unit', name: o.name}] AS others, r.source AS source, r.source_ref AS source_ref
ORDER BY until, u.id, a.id, r.id SKIP $skip LIMIT $limit
