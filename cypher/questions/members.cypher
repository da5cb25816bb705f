/*
question:
  zh: 有哪些成员？
  en: Which members are there?
area: directory
parameters:
  area: {type: Area, default: null, zh: 派驻于该区域, en: Works for this area or one in it}
  kind: {type: string, default: null, values: [party-member, secretary, full-time-grid-worker, professional-grid-worker, reserve-cadre, mediator, volunteer], zh: 成员种类, en: Kind of member}
  role: {type: string, default: null, values: [member, secretary, leader, staff, reserve, volunteer, part-time-committee-member, joint-working-committee-member, joint-party-committee-member, full-time, professional, mediator], zh: 担任的角色, en: Role held; with an area the role held there}
columns:
  - {name: member, type: entity, zh: 成员, en: Member}
  - {name: kind, type: string, zh: 成员种类, en: Kind of member}
  - {name: profession, type: string, zh: 职业, en: Profession}
  - {name: skills, type: strings, zh: 能提供的服务, en: Services that the member can give}
  - {name: roles, type: maps, zh: 角色（类型、角色、所在）, en: "Roles: type, role, body"}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
grain: {zh: 每个成员一行, en: one row per member}
sets: [ROLE]
expected:
  parameters: {area: "990101001", role: full-time, as_of: 2026-06-01}
  rows:
    - [{id: member-02, label: Member, name: 松一网格专职网格员, title: 松一网格专职网格员}, full-time-grid-worker, null, null, [{type: ASSIGNED_TO, role: full-time, body: {id: "990101001001001", label: Grid, name: 松一网格, title: null}}], true]
    - [{id: member-03, label: Member, name: 柏一网格专职网格员, title: 柏一网格专职网格员}, full-time-grid-worker, null, null, [{type: ASSIGNED_TO, role: full-time, body: {id: "990101001002001", label: Grid, name: 柏一网格, title: null}}], true]
*/
MATCH (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))
WHERE ($kind IS NULL OR m.kind = $kind)
  AND ($role IS NULL OR EXISTS {
    (m)-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO WHERE r.role = $role AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->()
  })
  AND ($area IS NULL OR EXISTS {
    (m)-[r:ASSIGNED_TO WHERE ($role IS NULL OR r.role = $role) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE a.id STARTS WITH $area)
  })
WITH m ORDER BY m.id LIMIT $skip + $limit
RETURN {id: m.id, label: 'Member', name: m.name, title: m.title} AS member, m.kind AS kind, m.profession AS profession, m.skills AS skills, COLLECT {
    MATCH (m)-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
    WITH r, b ORDER BY type(r), b.id, r.id
    RETURN {type: type(r), role: r.role, body: {id: b.id, label: head([l IN labels(b) WHERE l <> 'Entity']), name: b.name, title: b.title}}
  } AS roles, coalesce(m.synthetic, false) AS synthetic
ORDER BY m.id SKIP $skip LIMIT $limit
