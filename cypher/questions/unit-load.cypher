/*
question:
  zh: 各单位的结对负担与能力如何？
  en: How loaded is each unit against its capacity and its members?
area: unit
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: pairings, type: integer, unit: pairings, zh: 结对数, en: Pairings}
  - {name: capacity_used, type: integer, unit: pairings, zh: 已占用的结对能力（未注明的按1计）, en: Pairing capacity used; a pairing that states none counts 1}
  - {name: capacity, type: integer, unit: pairings, zh: "最多可结对数，空表示不明", en: Pairing capacity; null where unknown}
  - {name: free, type: integer, unit: pairings, zh: "剩余能力，负数表示超出", en: Capacity left; below 0 where it is exceeded}
  - {name: members, type: integer, unit: people, zh: 图谱中的成员数, en: Members recorded}
  - {name: party_members, type: integer, unit: people, zh: 单位填报的党员人数, en: Party members that the unit states}
  - {name: load, type: float, unit: pairings per person, zh: "每名党员（未填报时每名成员）承担的结对，空表示不明", en: "Capacity used per party member stated, else per member recorded; null where neither is known"}
grain: {zh: 每个单位一行, en: one row per unit}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: unit-a, label: Unit, name: 甲区法院}, 2, 2, 4, 2, 0, 30, 0.067]
    - [{id: unit-b, label: Unit, name: 乙银行}, 1, 1, 2, 1, 1, 12, 0.083]
    - [{id: unit-d, label: Unit, name: 丁派出所}, 1, 1, 3, 2, 1, 20, 0.05]
    - [{id: unit-e, label: Unit, name: 戊公司}, 1, 1, null, null, 0, 8, 0.125]
    - [{id: unit-c, label: Unit, name: 丙医院}, 0, 0, 1, 1, 0, 45, 0.0]
    - [{id: unit-f, label: Unit, name: 己气象站}, 0, 0, 2, 2, 0, 5, 0.0]
*/
MATCH (u:Unit WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of))
CALL (u) {
  OPTIONAL MATCH (u)-[r:PAIRED_WITH WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
  WITH CASE WHEN a IS NOT NULL THEN r END AS r
  RETURN count(r) AS pairings, sum(CASE WHEN r IS NOT NULL THEN coalesce(r.capacity_used, 1) ELSE 0 END) AS capacity_used
}
WITH u, pairings, capacity_used, u.pairing_capacity AS capacity, COUNT {
  MATCH (u)<-[r:MEMBER_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
    (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))
  RETURN DISTINCT m
} AS members
WITH u, pairings, capacity_used, capacity, capacity - capacity_used AS free, members, coalesce(u.party_members, members) AS people
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, pairings, capacity_used, capacity, free, members, u.party_members AS party_members,
  CASE WHEN people > 0 THEN round(1.0 * capacity_used / people, 3) END AS load
ORDER BY capacity_used DESC, u.id SKIP $skip LIMIT $limit
