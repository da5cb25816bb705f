/*
question:
  zh: 有哪些单位？
  en: Which units are there?
area: directory
parameters:
  kind: {type: string, default: null, values: [agency, court, bank, station, enterprise, utility, telecom, public-institution, police], zh: 单位种类, en: Kind of unit}
  district_agency: {type: boolean, default: null, zh: 是否区直机关（未标记视为否）, en: District-level agencies only or all others}
  area: {type: Area, default: null, zh: 位于或结对于该区域, en: Located in or paired with this area or one in it}
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: kind, type: string, zh: 单位种类, en: Kind of unit}
  - {name: district_agency, type: boolean, zh: 是否区直机关, en: District-level agency}
  - {name: credit_code, type: string, zh: 统一社会信用代码, en: Unified social credit code}
  - {name: capacity, type: integer, unit: pairings, zh: 最多可结对数, en: Pairing capacity}
  - {name: party_members, type: integer, unit: people, zh: 单位填报的党员人数, en: Party members that the unit states}
  - {name: located_in, type: entities, zh: 所在区域, en: Areas it lies in}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
grain: {zh: 每个单位一行, en: one row per unit}
sets: [NETWORK]
expected:
  parameters: {area: "990101001", as_of: 2026-06-01}
  rows:
    - [{id: unit-a, label: Unit, name: 甲区法院}, court, true, null, 4, 30, [{id: "990101001", label: Street, name: 东街道, title: null}], false]
    - [{id: unit-b, label: Unit, name: 乙银行}, bank, false, null, 2, 12, [{id: "990101001001", label: Community, name: 松社区, title: null}], false]
*/
MATCH (u:Unit WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of))
WHERE ($kind IS NULL OR u.kind = $kind)
  AND ($district_agency IS NULL OR coalesce(u.district_agency, false) = $district_agency)
  AND ($area IS NULL OR EXISTS {
    (u)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE a.id STARTS WITH $area)
  })
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, u.kind AS kind, u.district_agency AS district_agency, u.credit_code AS credit_code,
  u.pairing_capacity AS capacity, u.party_members AS party_members, COLLECT {
    MATCH (u)-[r:LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->(a)
    WITH DISTINCT a ORDER BY a.id
    RETURN {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title}
  } AS located_in, coalesce(u.synthetic, false) AS synthetic
ORDER BY u.id SKIP $skip LIMIT $limit
