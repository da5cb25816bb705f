/*
question:
  zh: 哪些仍作有效记录的联系未被最近一份完整台账确认？
  en: Which links that the graph still holds did the last complete ledger not confirm?
area: history
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  ledger: {type: string, default: null, values: [party-chain, pairings, workers, resources], zh: 只看一种台账, en: Only one kind of ledger}
columns:
  - {name: from, type: entity, zh: 起点, en: Start}
  - {name: type, type: string, zh: 关系类型, en: Relationship type}
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: since, type: date, zh: 起始日, en: Since}
  - {name: confirmed_on, type: date, zh: "最近一次被确认的日期，空表示从未确认", en: Day when a ledger last confirmed it; null where none ever did}
  - {name: ledger, type: entity, zh: 未确认它的台账, en: Ledger that did not confirm it}
  - {name: ledger_day, type: date, zh: 该台账的日期, en: Day as of which the ledger is complete}
  - {name: days, type: integer, unit: days, zh: 该台账至今的天数, en: Days since then}
  - {name: relationship, type: string, zh: 关系编号, en: Relationship id}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个未被确认的联系一行；台账日期之后开始的不算, en: one row per unconfirmed link; what began after the ledger's day does not count}
sets: [EVIDENCE]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: member-02, label: Member, name: 松一网格专职网格员, title: 松一网格专职网格员}, ASSIGNED_TO, {id: '990101001001001', label: Grid, name: 松一网格, title: null}, 2026-01-01, null, {id: ledger-workers, label: Ledger, name: 网格员台账}, 2026-01-01, 151, 'ASSIGNED_TO:member-02>990101001001001', src-workers, row 3]
    - [{id: member-04, label: Member, name: 社区民警, title: 社区民警}, ASSIGNED_TO, {id: '990101001001001', label: Grid, name: 松一网格, title: null}, 2026-01-01, null, {id: ledger-workers, label: Ledger, name: 网格员台账}, 2026-01-01, 151, 'ASSIGNED_TO:member-04>990101001001001', src-workers, row 5]
    - [{id: unit-b, label: Unit, name: 乙银行, title: null}, PAIRED_WITH, {id: '990101001001002', label: Grid, name: 松二网格, title: null}, 2026-01-01, 2025-12-15, {id: ledger-pairings, label: Ledger, name: 结对台账}, 2026-01-01, 151, 'PAIRED_WITH:unit-b>990101001001002', src-pairings, row 3]
    - [{id: unit-e, label: Unit, name: 戊公司, title: null}, PAIRED_WITH, {id: '990101002001', label: Community, name: 梅社区, title: null}, null, null, {id: ledger-pairings, label: Ledger, name: 结对台账}, 2026-01-01, 151, 'PAIRED_WITH:unit-e>990101002001', src-pairings, row 6]
*/
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
WITH root, COLLECT {
  MATCH (l:Ledger)-[c:COMPLETE_FOR]->(covered)
  WHERE c.since IS NOT NULL AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of) AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
    AND l.kind IN ['party-chain', 'pairings', 'workers', 'resources'] AND ($ledger IS NULL OR l.kind = $ledger)
    AND (root.id STARTS WITH covered.id OR covered.id STARTS WITH root.id)
  RETURN {ledger: l, day: c.since, area: covered.id,
    lists: CASE l.kind WHEN 'party-chain' THEN 'RESPONSIBLE_FOR' WHEN 'pairings' THEN 'PAIRED_WITH' WHEN 'workers' THEN 'ASSIGNED_TO' ELSE 'SERVES' END}
  ORDER BY c.since DESC, l.id
} AS kept
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
WITH area, [k IN kept WHERE area.id STARTS WITH k.area] AS kept
WHERE size(kept) > 0
MATCH (o)-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR]->(area)
WITH o, r, area, head([k IN kept WHERE k.lists = type(r)]) AS last
WHERE last IS NOT NULL AND (type(r) <> 'SERVES' OR o:Resource)
WITH o, r, area, last.ledger AS l, last.day AS day
WHERE (r.confirmed_on IS NULL OR r.confirmed_on < day) AND (r.since IS NULL OR r.since <= day)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
// answer
RETURN {id: o.id, label: head([l IN labels(o) WHERE l <> 'Entity']), name: o.name, title: o.title} AS from, type(r) AS type, {id: area.id, label: head([l IN labels(area) WHERE l <> 'Entity']), name: area.name, title: area.title} AS area, r.since AS since, r.confirmed_on AS confirmed_on, {id: l.id, label: 'Ledger', name: l.name} AS ledger, day AS ledger_day,
  duration.inDays(day, $as_of).days AS days, r.id AS relationship, r.source AS source, r.source_ref AS source_ref
ORDER BY type, area.id, o.id, relationship SKIP $skip LIMIT $limit
