/*
question:
  zh: 某成员担任哪些角色？
  en: Which roles does a member hold?
area: member
parameters:
  member: {type: Member, zh: 成员编号, en: Member id}
columns:
  - {name: type, type: string, zh: 关系类型, en: Relationship type}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: profession, type: string, zh: 职业, en: Profession}
  - {name: body, type: entity, zh: 所在组织、单位或区域, en: Body or area where it is held}
  - {name: since, type: date, zh: 起始日（含）, en: First day}
  - {name: until, type: date, zh: 终止日（不含）, en: First day no longer}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个角色一行, en: one row per role}
sets: [ROLE]
expected:
  parameters: {member: member-01, as_of: 2026-06-01}
  rows:
    - [MEMBER_OF, secretary, null, {id: org-community-1, label: Organization, name: 松社区党委, title: null}, 2025-01-01, null, src-workers, row 2]
    - [SITS_ON, joint-party-committee-member, null, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, 2026-01-01, null, src-workers, row 2]
    - [SITS_ON, part-time-committee-member, null, {id: org-street-1, label: Organization, name: 东街道党工委, title: null}, 2025-03-01, null, src-workers, row 2]
*/
MATCH (m:Member {id: $member})-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
  (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
// answer
RETURN type(r) AS type, r.role AS role, r.profession AS profession, {id: b.id, label: head([l IN labels(b) WHERE l <> 'Entity']), name: b.name, title: b.title} AS body,
  r.since AS since, r.until AS until, r.source AS source, r.source_ref AS source_ref
ORDER BY type, b.id, r.id SKIP $skip LIMIT $limit
