/*
question:
  zh: 某单位有哪些成员，以什么角色？
  en: Who belongs to a unit, and in which role?
area: unit
parameters:
  unit: {type: Unit, zh: 单位编号, en: Unit id}
columns:
  - {name: member, type: entity, zh: 成员, en: Member}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: since, type: date, zh: 起始日, en: Since}
  - {name: until, type: date, zh: 终止日, en: Until}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Synthetic}
  - {name: source, type: string, zh: 来源, en: Source}
grain: {zh: 每个成员与角色一行, en: one row per member and role}
expected:
  parameters: {unit: unit-d, as_of: 2026-06-01}
  rows:
    - [{id: member-04, label: Member, name: 社区民警, title: 社区民警}, staff, 2024-06-01, null, false, src-workers]
*/
MATCH (u:Unit {id: $unit})<-[r:MEMBER_OF]-(m:Member)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
// answer
RETURN {id: m.id, label: 'Member', name: m.name, title: m.title} AS member, r.role AS role, r.since AS since, r.until AS until,
  coalesce(r.synthetic, false) AS synthetic, r.source AS source
ORDER BY m.id, r.id SKIP $skip LIMIT $limit
