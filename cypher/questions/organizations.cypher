/*
question:
  zh: 有哪些组织？
  en: Which organizations are there?
area: directory
parameters:
  area: {type: Area, default: null, zh: 负责、服务于或位于该区域, en: "Responsible for, serving or located in this area or one in it"}
  kind: {type: string, default: null, values: [party-committee, street-working-committee, community-party-organization, grid-party-branch, building-party-group, member-household, coordination-body, task-force, joint-working-committee, joint-party-committee, social-organization, property-firm, volunteer-team, workshop, government], zh: 组织种类, en: Kind of organization}
  level: {type: integer, default: null, minimum: 1, maximum: 5, zh: 五级组织链中的层级, en: Level in the five-level chain}
columns:
  - {name: organization, type: entity, zh: 组织, en: Organization}
  - {name: kind, type: string, zh: 组织种类, en: Kind of organization}
  - {name: level, type: integer, zh: 层级, en: Level}
  - {name: superiors, type: entities, zh: 上级组织, en: Superior organizations}
  - {name: responsible_for, type: entities, zh: 负责的区域, en: Areas or bodies it is responsible for}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
grain: {zh: 每个组织一行, en: one row per organization}
sets: [NETWORK]
expected:
  parameters: {area: "990101002", as_of: 2026-06-01}
  rows:
    - [{id: org-branch-5, label: Organization, name: 梅一网格党支部}, grid-party-branch, 3, [{id: org-community-3, label: Organization, name: 梅社区党总支}], [{id: "990101002001001", label: Grid, name: 梅一网格, title: null}], false]
    - [{id: org-community-3, label: Organization, name: 梅社区党总支}, community-party-organization, 2, [{id: org-street-2, label: Organization, name: 西镇党委}], [{id: "990101002001", label: Community, name: 梅社区, title: null}], false]
    - [{id: org-street-2, label: Organization, name: 西镇党委}, street-working-committee, 1, [{id: org-district, label: Organization, name: 甲区区委}], [{id: "990101002", label: Street, name: 西镇, title: null}], false]
*/
MATCH (o:Organization WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of))
WHERE ($kind IS NULL OR o.kind = $kind) AND ($level IS NULL OR o.level = $level)
  AND ($area IS NULL OR EXISTS {
    (o)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE a.id STARTS WITH $area)
  })
WITH o ORDER BY o.id LIMIT $skip + $limit
RETURN {id: o.id, label: 'Organization', name: o.name} AS organization, o.kind AS kind, o.level AS level, COLLECT {
    MATCH (o)-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (s:Organization WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of))
    WITH DISTINCT s ORDER BY s.id
    RETURN {id: s.id, label: 'Organization', name: s.name}
  } AS superiors, COLLECT {
    MATCH (o)-[r:RESPONSIBLE_FOR WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
    WHERE NOT a:Need AND NOT a:Project
    WITH DISTINCT a ORDER BY a.id
    RETURN {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title}
  } AS responsible_for, coalesce(o.synthetic, false) AS synthetic
ORDER BY o.id SKIP $skip LIMIT $limit
