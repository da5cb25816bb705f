/*
question:
  zh: 两日之间哪些结对开始或结束？
  en: Which pairings began or ended between two days?
area: history
parameters:
  from: {type: date, zh: 起始日（不含）, en: Day before the period; changes on it are not listed}
  to: {type: date, default: null, zh: "终止日（含），空为截至日期", en: Last day of the period; as_of where left out}
  area: {type: Area, default: home, zh: 区域编号, en: Area id; areas in it count too}
columns:
  - {name: day, type: date, zh: 发生日, en: Day}
  - {name: change, type: string, zh: "变化（began 开始，ended 结束）", en: "Change: began or ended"}
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: programme, type: string, zh: 机制编号, en: Programme id}
  - {name: services, type: strings, zh: 承担的服务, en: Services undertaken}
  - {name: since, type: date, zh: 起始日（含）, en: First day}
  - {name: until, type: date, zh: 终止日（不含）, en: First day no longer}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个结对与变化一行, en: one row per pairing and change}
expected:
  parameters: {from: 2026-03-01, as_of: 2026-06-01}
  rows:
    - [2026-04-01, ended, {id: unit-c, label: Unit, name: 丙医院}, {id: "990101001002001", label: Grid, name: 柏一网格, title: null}, prog-pairs, [haircut], 2025-06-01, 2026-04-01, src-pairings, row 4]
    - [2026-06-01, began, {id: unit-d, label: Unit, name: 丁派出所}, {id: "990101002002001", label: Grid, name: 竹一网格, title: null}, prog-pairs, null, 2026-06-01, null, src-pairings, row 5]
    - [2026-06-01, ended, {id: unit-b, label: Unit, name: 乙银行}, {id: "990101002002002", label: Grid, name: 竹二网格, title: null}, prog-pairs, null, 2026-02-01, 2026-06-01, src-pairings, row 3]
*/
MATCH (a:Entity)<-[r:PAIRED_WITH]-(u:Unit)
WHERE a.id STARTS WITH $area
UNWIND [{change: 'began', day: r.since}, {change: 'ended', day: r.until}] AS event
WITH u, r, a, event WHERE event.day > $from AND event.day <= coalesce($to, $as_of)
// answer
RETURN event.day AS day, event.change AS change, {id: u.id, label: 'Unit', name: u.name} AS unit, {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title} AS area,
  r.programme AS programme, r.services AS services, r.since AS since, r.until AS until, r.source AS source, r.source_ref AS source_ref
ORDER BY day, change, u.id, a.id, r.id SKIP $skip LIMIT $limit
