/*
question:
  zh: 按当时的记录，某区域当日与哪些单位结对？
  en: Who was paired with an area, as the graph knew it at an earlier moment?
area: history
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Area id; areas in it count too}
  known_at: {type: datetime, default: null, zh: "以哪一时刻的记录为准（UTC），空为现在", en: Moment whose knowledge counts (UTC); now where left out}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: programme, type: string, zh: 机制编号, en: Programme id}
  - {name: services, type: strings, zh: 承担的服务, en: Services undertaken}
  - {name: since, type: date, zh: 起始日（含）, en: First day}
  - {name: until, type: date, zh: 终止日（不含）, en: First day no longer}
  - {name: still_believed, type: boolean, zh: 现在是否仍作此记录, en: Whether the graph still holds it so}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 当时所记录的每个结对一行, en: one row per pairing as it was recorded then}
expected:
  parameters: {area: "990101001", as_of: 2026-06-01}
  rows:
    - [{id: "990101001001", label: Community, name: 松社区, title: null}, {id: unit-a, label: Unit, name: 甲区法院}, prog-pairs, null, 2026-02-01, null, true, src-pairings, row 2]
    - [{id: "990101001001001", label: Grid, name: 松一网格, title: null}, {id: unit-a, label: Unit, name: 甲区法院}, prog-pairs, [mediation, legal-advice], 2026-01-01, null, true, src-pairings, row 2]
    - [{id: "990101001001002", label: Grid, name: 松二网格, title: null}, {id: unit-b, label: Unit, name: 乙银行}, prog-pairs, [haircut], 2026-01-01, null, true, src-pairings, row 3]
*/
CALL () {
  MATCH (a:Entity)<-[r:PAIRED_WITH]-(u:Unit)
  WHERE a.id STARTS WITH $area
  RETURN u, r, a, true AS still_believed
  UNION ALL
  MATCH (a:Entity)<-[r:SUPERSEDED {was: 'PAIRED_WITH'}]-(u:Unit)
  WHERE a.id STARTS WITH $area AND r.superseded_at > $known_at
  RETURN u, r, a, false AS still_believed
  UNION ALL
  // a unit that an undo took back
  MATCH (a:Entity)<-[r:SUPERSEDED {was: 'PAIRED_WITH'}]-(u:Withdrawn {was: 'Unit'})
  WHERE a.id STARTS WITH $area AND r.superseded_at > $known_at
  RETURN u, r, a, false AS still_believed
}
WITH u, r, a, still_believed
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND ($known_at IS NULL OR r.recorded_at IS NULL OR r.recorded_at <= $known_at)
// answer
RETURN {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title} AS area, {id: u.id, label: 'Unit', name: u.name} AS unit, r.programme AS programme, r.services AS services, r.since AS since, r.until AS until,
  still_believed, r.source AS source, r.source_ref AS source_ref
ORDER BY a.id, u.id, r.id, still_believed DESC, r.superseded_at SKIP $skip LIMIT $limit
