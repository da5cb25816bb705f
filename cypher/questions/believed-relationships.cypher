/*
question:
  zh: 按当时的记录，某实体当日有哪些关系？
  en: Which relationships did an entity have on a day, as the graph knew it at an earlier moment?
area: history
parameters:
  entity: {type: Entity, zh: 实体编号, en: Entity id}
  known_at: {type: datetime, default: null, zh: "以哪一时刻的记录为准（UTC），空为现在", en: Moment whose knowledge counts (UTC); now where left out}
columns:
  - {name: type, type: string, zh: 关系类型, en: Relationship type}
  - {name: direction, type: string, zh: "方向（out 由其出发，in 指向它）", en: "Direction: out of it or into it"}
  - {name: other, type: entity, zh: 另一端, en: Other end}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: since, type: date, zh: 起始日（含）, en: First day}
  - {name: until, type: date, zh: 终止日（不含）, en: First day no longer}
  - {name: still_believed, type: boolean, zh: 现在是否仍作此记录, en: Whether the graph still holds it so}
  - {name: recorded_at, type: datetime, zh: 记入时刻（UTC）, en: When it was recorded (UTC)}
  - {name: superseded_at, type: datetime, zh: 被更正的时刻（UTC）, en: When it was superseded (UTC)}
  - {name: relationship, type: string, zh: 关系编号, en: Relationship id}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 当时所记录的每个关系一行, en: one row per relationship as it was recorded then}
expected:
  parameters: {entity: unit-f, known_at: 2026-06-10T00:00:00, as_of: 2026-06-01}
  rows:
    - [LOCATED_IN, out, {id: '990101002', label: Street, name: 西镇, title: null}, null, null, null, true, 2026-06-02T08:00:00, null, 'LOCATED_IN:unit-f>990101002', src-pairings, row 7]
    - [PAIRED_WITH, out, {id: '990101001002002', label: Grid, name: 柏二网格, title: null}, null, 2026-03-01, null, false, 2026-06-02T08:00:00, 2026-06-20T09:00:00, 'SUPERSEDED:unit-f>990101001002002#taken-back', src-pairings, row 9]
*/
MATCH (n:Entity {id: $entity})
CALL (n) {
  MATCH (n)-[r]-(o:Entity)
  WHERE NOT type(r) IN ['SUPERSEDED', 'CHANGES']
  RETURN r, o, type(r) AS type, true AS still_believed
  UNION ALL
  // what was withdrawn keeps its properties but not its label
  MATCH (n)-[r:SUPERSEDED]-(o)
  WHERE r.superseded_at > $known_at
  RETURN r, o, r.was AS type, false AS still_believed
}
WITH n, r, o, type, still_believed
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND ($known_at IS NULL OR r.recorded_at IS NULL OR r.recorded_at <= $known_at)
// answer
RETURN type, CASE WHEN startNode(r) = n THEN 'out' ELSE 'in' END AS direction,
  {id: o.id, label: coalesce(o.was, head([l IN labels(o) WHERE l <> 'Entity'])), name: o.name, title: o.title} AS other,
  coalesce(r.role, r.profession) AS role, r.since AS since, r.until AS until, still_believed, r.recorded_at AS recorded_at,
  CASE WHEN NOT still_believed THEN r.superseded_at END AS superseded_at, r.id AS relationship, r.source AS source, r.source_ref AS source_ref
ORDER BY type, o.id, r.id, still_believed DESC, superseded_at SKIP $skip LIMIT $limit
