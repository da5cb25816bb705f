/*
question:
  zh: 哪些成员在多个组织或单位任职？
  en: Which members hold roles in several bodies?
area: member
parameters:
  at_least: {type: integer, default: 2, minimum: 1, maximum: 100, zh: 至少几个组织或单位, en: Smallest number of bodies}
columns:
  - {name: member, type: entity, zh: 成员, en: Member}
  - {name: bodies, type: integer, unit: bodies, zh: 组织或单位数, en: Bodies}
  - {name: roles, type: maps, zh: 角色（类型、角色、所在、起止）, en: "Roles: type, role, body, since, until"}
grain: {zh: 每个成员一行；派驻区域不算组织, en: one row per member; areas that a member works for are not bodies}
sets: [MEMBERSHIP]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - - {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}
      - 3
      - - {type: MEMBER_OF, role: secretary, body: {id: org-community-1, label: Organization, name: 松社区党委, title: null}, since: 2025-01-01, until: null}
        - {type: SITS_ON, role: joint-party-committee-member, body: {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, since: 2026-01-01, until: null}
        - {type: SITS_ON, role: part-time-committee-member, body: {id: org-street-1, label: Organization, name: 东街道党工委, title: null}, since: 2025-03-01, until: null}
    - - {id: member-06, label: Member, name: 乙银行党员, title: 乙银行党员}
      - 2
      - - {type: MEMBER_OF, role: member, body: {id: org-household-1, label: Organization, name: 松一网格党员中心户, title: null}, since: null, until: null}
        - {type: MEMBER_OF, role: staff, body: {id: unit-b, label: Unit, name: 乙银行, title: null}, since: 2020-01-01, until: null}
*/
MATCH (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))-
  [r:MEMBER_OF|SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
  (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
WITH m, count(DISTINCT b) AS bodies WHERE bodies >= $at_least
WITH m, bodies ORDER BY bodies DESC, m.id LIMIT $skip + $limit
WITH m, bodies, COLLECT {
    MATCH (m)-[r:MEMBER_OF|SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
    WITH r, b ORDER BY b.id, r.id
    RETURN [r, b]
  } AS held
// answer
RETURN {id: m.id, label: 'Member', name: m.name, title: m.title} AS member, bodies,
  [x IN held | {type: type(x[0]), role: x[0].role, body: {id: x[1].id, label: head([l IN labels(x[1]) WHERE l <> 'Entity']), name: x[1].name, title: x[1].title},
    since: x[0].since, until: x[0].until}] AS roles
ORDER BY bodies DESC, m.id SKIP $skip LIMIT $limit
