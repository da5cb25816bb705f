/*
question:
  zh: 某实体经历了什么，还将发生什么？
  en: What happened to an entity, and what is to come?
area: history
parameters:
  entity: {type: Entity, zh: 实体编号, en: Entity id}
columns:
  - {name: day, type: date, zh: 日期, en: Day}
  - {name: event, type: string, zh: "事件（began 开始，ended 结束，published 发布，raised 提出，due 到期，held 举办，dispatched 派单，accepted 接单，closed 办结）", en: "Event: began, ended, published, raised, due, held, dispatched, accepted or closed"}
  - {name: happened, type: boolean, zh: 截至当日是否已发生, en: Whether it had happened by the day}
  - {name: relationship, type: map, zh: "关系，空为实体本身", en: Relationship; null for the entity itself}
  - {name: other, type: entity, zh: 关系的另一端, en: Other end of the relationship}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 实体本身或其关系的每个有日期的事件一行, en: one row per dated event of the entity itself or of one of its relationships}
expected:
  parameters: {entity: case-5, as_of: 2026-06-01}
  rows:
    - [2026-02-10, raised, true, null, null, null, src-cases, row 6]
    - [2026-02-11, dispatched, true, {id: 'DISPATCHED_TO:case-5>unit-d', type: DISPATCHED_TO, from: case-5, to: unit-d}, {id: unit-d, label: Unit, name: 丁派出所, title: null}, null, src-cases, row 6]
    - [2026-02-12, accepted, true, {id: 'DISPATCHED_TO:case-5>unit-d', type: DISPATCHED_TO, from: case-5, to: unit-d}, {id: unit-d, label: Unit, name: 丁派出所, title: null}, null, src-cases, row 6]
    - [2026-03-01, due, true, null, null, null, src-cases, row 6]
    - [2026-03-15, closed, true, null, null, null, src-cases, row 6]
    - [2026-03-15, closed, true, {id: 'DISPATCHED_TO:case-5>unit-d', type: DISPATCHED_TO, from: case-5, to: unit-d}, {id: unit-d, label: Unit, name: 丁派出所, title: null}, null, src-cases, row 6]
*/
MATCH (n:Entity {id: $entity})
CALL (n) {
  UNWIND [{event: 'began', day: n.since}, {event: 'ended', day: n.until}, {event: 'published', day: n.published_on}, {event: 'raised', day: n.raised_on},
    {event: 'due', day: n.due_on}, {event: 'held', day: n.held_on}, {event: 'closed', day: n.closed_on}] AS x
  RETURN x.event AS event, x.day AS day, n AS fact, null AS link, null AS end, '' AS key
  UNION ALL
  MATCH (n)-[r]-(o:Entity)
  WHERE NOT type(r) IN ['SUPERSEDED', 'CHANGES']
  UNWIND [{event: 'began', day: r.since}, {event: 'ended', day: r.until}, {event: 'dispatched', day: r.dispatched_on}, {event: 'accepted', day: r.accepted_on},
    {event: 'closed', day: r.closed_on}] AS x
  RETURN x.event AS event, x.day AS day, r AS fact, {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id} AS link, {id: o.id, label: head([l IN labels(o) WHERE l <> 'Entity']), name: o.name, title: o.title} AS end, r.id AS key
}
WITH event, day, fact, link, end, key
WHERE day IS NOT NULL
RETURN day, event, day <= $as_of AS happened, link AS relationship, end AS other, CASE WHEN link IS NOT NULL THEN coalesce(fact.role, fact.profession) END AS role,
  fact.source AS source, fact.source_ref AS source_ref
ORDER BY day, key, event SKIP $skip LIMIT $limit
