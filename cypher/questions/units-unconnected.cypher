/*
question:
  zh: 哪些单位没有任何联系？
  en: Which units connect to nothing?
area: unit
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: kind, type: string, zh: 单位种类, en: Kind of unit}
  - {name: district_agency, type: boolean, zh: 是否区直机关, en: District-level agency}
  - {name: ended, type: date, zh: "最近一次联系的终止日，空表示从未有过", en: Day when its last link ended; null where none ever did}
  - {name: begins, type: date, zh: 下一次联系的起始日, en: Day when its next link begins}
grain: {zh: "每个单位一行：未结对、无席位、不提供资源，其成员也未派驻区域或任委员", en: "one row per unit that neither pairs, sits on a body nor offers a resource, and whose members neither work for an area nor sit on a body"}
sets: [CONNECTION, ROLE]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: unit-c, label: Unit, name: 丙医院}, public-institution, false, 2026-04-01, null]
    - [{id: unit-f, label: Unit, name: 己气象站}, station, true, null, null]
*/
MATCH (u:Unit WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of))
WHERE NOT EXISTS {
    (u)-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (x WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of))
  } AND NOT EXISTS {
    (u)<-[r:MEMBER_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
    (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))-
    [s:MEMBER_OF|SITS_ON|ASSIGNED_TO WHERE type(s) <> 'MEMBER_OF' AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)]->
    (x WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of))
  }
CALL (u) {
  OPTIONAL MATCH (u)-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF]->()
  RETURN max(CASE WHEN r.until <= $as_of THEN r.until END) AS ended, min(CASE WHEN r.since > $as_of THEN r.since END) AS begins
}
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, u.kind AS kind, u.district_agency AS district_agency, ended, begins
ORDER BY u.id SKIP $skip LIMIT $limit
