/*
question:
  zh: 两日之间，某区域有哪些联系开始或结束？
  en: Which links of an area began or ended between two days?
area: history
parameters:
  from: {type: date, zh: 起始日（不含）, en: Day before the period; changes on it are not listed}
  to: {type: date, default: null, zh: "终止日（含），空为截至日期", en: Last day of the period; as_of where left out}
  area: {type: Area, default: home, zh: 区域编号, en: "Area id; streets, communities and grids in it count too"}
  type: {type: string, default: null, values: [PART_OF, RESPONSIBLE_FOR, ASSIGNED_TO, PAIRED_WITH, SERVES, LOCATED_IN, RAISED_BY, RAISED_IN, HELD_IN, COMPLETE_FOR], zh: 只看一种关系, en: Only one type of relationship}
columns:
  - {name: day, type: date, zh: 发生日, en: Day}
  - {name: change, type: string, zh: "变化（began 开始，ended 结束）", en: "Change: began or ended"}
  - {name: type, type: string, zh: 关系类型, en: Relationship type}
  - {name: from, type: entity, zh: 起点, en: Start}
  - {name: to, type: entity, zh: 终点, en: End}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: cause, type: string, zh: "起因（link 关系本身，start 起点本身起止）", en: "Cause: the link itself, or its start that began or ended"}
  - {name: relationship, type: string, zh: 关系编号, en: Relationship id}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个联系与变化一行；起点本身结束即视为其联系结束, en: one row per link and change; a link ends at the latest when its start does}
expected:
  parameters: {area: "990101001002", from: 2026-01-31, as_of: 2026-06-01}
  rows:
    - [2026-03-01, began, ASSIGNED_TO, {id: member-04, label: Member, name: 社区民警, title: 社区民警}, {id: '990101001002', label: Community, name: 柏社区, title: null}, professional, link, 'ASSIGNED_TO:member-04>990101001002', src-workers, row 5]
    - [2026-03-01, ended, SERVES, {id: res-canteen-1, label: Resource, name: 柏社区食堂, title: null}, {id: '990101001002', label: Community, name: 柏社区, title: null}, null, link, 'SERVES:res-canteen-1>990101001002', src-article, '2:53']
    - [2026-04-01, ended, PAIRED_WITH, {id: unit-c, label: Unit, name: 丙医院, title: null}, {id: '990101001002001', label: Grid, name: 柏一网格, title: null}, null, link, 'PAIRED_WITH:unit-c>990101001002001', src-pairings, row 4]
    - [2026-05-01, ended, RESPONSIBLE_FOR, {id: org-community-2, label: Organization, name: 柏社区党委, title: null}, {id: '990101001002', label: Community, name: 柏社区, title: null}, null, link, 'RESPONSIBLE_FOR:org-community-2>990101001002', src-chain, row 6]
*/
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
CALL (area, root) {
  MATCH (o)-[r]->(area)
  RETURN r, o, area AS end
  UNION ALL
  MATCH (area)-[r:PART_OF]->(o)
  WHERE NOT o.id STARTS WITH root.id
  RETURN r, area AS o, o AS end
}
WITH r, o, end
WHERE NOT type(r) IN ['SUPERSEDED', 'ABOUT', 'STATED_IN'] AND ($type IS NULL OR type(r) = $type)
WITH r, o, end, r.since AS since, r.until AS until, o.since AS born, o.until AS gone
WHERE since > $from OR until > $from OR born > $from OR gone > $from
WITH r, o, end, since, until, CASE WHEN since >= born OR born IS NULL THEN since ELSE born END AS begins, CASE WHEN until <= gone OR gone IS NULL THEN until ELSE gone END AS ends
WHERE begins IS NULL OR ends IS NULL OR begins < ends
UNWIND [{change: 'began', day: begins, own: since}, {change: 'ended', day: ends, own: until}] AS event
WITH r, o, end, event WHERE event.day > $from AND event.day <= coalesce($to, $as_of)
// answer
RETURN event.day AS day, event.change AS change, type(r) AS type, {id: o.id, label: head([l IN labels(o) WHERE l <> 'Entity']), name: o.name, title: o.title} AS from, {id: end.id, label: head([l IN labels(end) WHERE l <> 'Entity']), name: end.name, title: end.title} AS to, coalesce(r.role, r.profession) AS role,
  CASE WHEN event.own = event.day THEN 'link' ELSE 'start' END AS cause, r.id AS relationship, r.source AS source, r.source_ref AS source_ref
ORDER BY day, change, type, end.id, o.id, r.id SKIP $skip LIMIT $limit
