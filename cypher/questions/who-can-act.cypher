/*
question:
  zh: 谁能为某网格办事，以什么身份？
  en: Who can act for a grid, and in which capacity?
area: member
parameters:
  grid: {type: Grid, zh: 网格编号, en: Grid id}
  skill: {type: string, default: null, zh: "只看有某技能（服务代码）或职业的成员", en: Only members with this skill (code of a service) or profession}
columns:
  - {name: member, type: entity, zh: 成员, en: Member}
  - {name: way, type: string, zh: "身份（assignment 派驻，organization 责任组织成员，seat 责任组织席位，pairing 结对单位成员）", en: "Capacity: assignment, organization (belongs to a responsible one), seat (on a responsible one) or pairing (belongs to a paired unit)"}
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops from the grid}
  - {name: place, type: entity, zh: 对应的区域, en: Area for which it holds}
  - {name: body, type: entity, zh: 所属组织或单位, en: Organization or unit}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: profession, type: string, zh: 职业, en: Profession}
  - {name: skills, type: strings, zh: 能提供的服务代码, en: Codes of services that the member can give}
  - {name: path, type: path, zh: 从网格到成员的路径, en: Path from the grid to the member}
grain: {zh: "每个成员与路径一行，近者在前", en: 'one row per member and path, nearest first'}
sets: [MEMBERSHIP]
expected:
  parameters: {grid: '990101001001002', as_of: 2026-06-01}
  rows:
    - [{id: member-06, label: Member, name: 乙银行党员, title: 乙银行党员}, pairing, 2, {id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: unit-b, label: Unit, name: 乙银行, title: null}, staff, null, [haircut], {nodes: [{id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: unit-b, label: Unit, name: 乙银行, title: null}, {id: member-06, label: Member, name: 乙银行党员, title: 乙银行党员}], steps: [{id: 'PAIRED_WITH:unit-b>990101001001002', type: PAIRED_WITH, from: unit-b, to: '990101001001002', role: null, programme: prog-pairs, since: 2026-01-01, until: null, source: src-pairings, source_ref: row 3}, {id: 'MEMBER_OF:member-06>unit-b', type: MEMBER_OF, from: member-06, to: unit-b, role: staff, programme: null, since: 2020-01-01, until: null, source: src-workers, source_ref: row 7}]}]
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, organization, 3, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-community-1, label: Organization, name: 松社区党委, title: null}, secretary, null, [], {nodes: [{id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-community-1, label: Organization, name: 松社区党委, title: null}, {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}], steps: [{id: 'PART_OF:990101001001002>990101001001', type: PART_OF, from: '990101001001002', to: '990101001001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 10}, {id: 'RESPONSIBLE_FOR:org-community-1>990101001001', type: RESPONSIBLE_FOR, from: org-community-1, to: '990101001001', role: null, programme: null, since: null, until: null, source: src-chain, source_ref: row 5}, {id: 'MEMBER_OF:member-01>org-community-1', type: MEMBER_OF, from: member-01, to: org-community-1, role: secretary, programme: null, since: 2025-01-01, until: null, source: src-workers, source_ref: row 2}]}]
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, seat, 3, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, joint-party-committee-member, null, [], {nodes: [{id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}], steps: [{id: 'PART_OF:990101001001002>990101001001', type: PART_OF, from: '990101001001002', to: '990101001001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 10}, {id: 'RESPONSIBLE_FOR:org-joint-1>990101001001', type: RESPONSIBLE_FOR, from: org-joint-1, to: '990101001001', role: null, programme: null, since: 2026-01-01, until: null, source: src-chain, source_ref: row 15}, {id: 'SITS_ON:member-01>org-joint-1', type: SITS_ON, from: member-01, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 2}]}]
    - [{id: member-07, label: Member, name: 大党委委员, title: 大党委委员}, seat, 3, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, joint-party-committee-member, null, [], {nodes: [{id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, {id: member-07, label: Member, name: 大党委委员, title: 大党委委员}], steps: [{id: 'PART_OF:990101001001002>990101001001', type: PART_OF, from: '990101001001002', to: '990101001001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 10}, {id: 'RESPONSIBLE_FOR:org-joint-1>990101001001', type: RESPONSIBLE_FOR, from: org-joint-1, to: '990101001001', role: null, programme: null, since: 2026-01-01, until: null, source: src-chain, source_ref: row 15}, {id: 'SITS_ON:member-07>org-joint-1', type: SITS_ON, from: member-07, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 8}]}]
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, seat, 4, {id: '990101001', label: Street, name: 东街道, title: null}, {id: org-street-1, label: Organization, name: 东街道党工委, title: null}, part-time-committee-member, null, [], {nodes: [{id: '990101001001002', label: Grid, name: 松二网格, title: null}, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: '990101001', label: Street, name: 东街道, title: null}, {id: org-street-1, label: Organization, name: 东街道党工委, title: null}, {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}], steps: [{id: 'PART_OF:990101001001002>990101001001', type: PART_OF, from: '990101001001002', to: '990101001001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 10}, {id: 'PART_OF:990101001001>990101001', type: PART_OF, from: '990101001001', to: '990101001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 5}, {id: 'RESPONSIBLE_FOR:org-street-1>990101001', type: RESPONSIBLE_FOR, from: org-street-1, to: '990101001', role: null, programme: null, since: null, until: null, source: src-chain, source_ref: row 3}, {id: 'SITS_ON:member-01>org-street-1', type: SITS_ON, from: member-01, to: org-street-1, role: part-time-committee-member, programme: null, since: 2025-03-01, until: null, source: src-workers, source_ref: row 2}]}]
*/
MATCH up = (grid:Grid {id: $grid}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,2} (place)
WHERE (place:Grid OR place:Community OR place:Street) AND all(n IN nodes(up) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
CALL (up, place) {
  MATCH (m:Member)-[r:ASSIGNED_TO]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
  RETURN m, null AS body, [r] AS last
  UNION ALL
  MATCH (m:Member)-[r:MEMBER_OF|SITS_ON]->(body)-[a]->(place)
  WHERE (type(a) = 'RESPONSIBLE_FOR' OR type(a) = 'PAIRED_WITH' AND type(r) = 'MEMBER_OF') AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of) AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
    AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  RETURN m, body, [a, r] AS last
}
WITH place, m, body, nodes(up) + CASE WHEN body IS NULL THEN [] ELSE [body] END + [m] AS stops, relationships(up) + last AS links, last
WHERE $skill IS NULL OR m.profession = $skill OR $skill IN coalesce(m.skills, [])
WITH place AS near, m, body AS through, stops, links, head(last) AS first, last(last) AS own, [l IN links | l.id] AS ids
// answer
RETURN {id: m.id, label: head([l IN labels(m) WHERE l <> 'Entity']), name: m.name, title: m.title} AS member,
  CASE WHEN type(own) = 'ASSIGNED_TO' THEN 'assignment' WHEN type(first) = 'PAIRED_WITH' THEN 'pairing' WHEN type(own) = 'SITS_ON' THEN 'seat' ELSE 'organization' END AS way,
  size(links) AS hops, {id: near.id, label: head([l IN labels(near) WHERE l <> 'Entity']), name: near.name, title: near.title} AS place, CASE WHEN through IS NOT NULL THEN {id: through.id, label: head([l IN labels(through) WHERE l <> 'Entity']), name: through.name, title: through.title} END AS body, own.role AS role,
  coalesce(own.profession, m.profession) AS profession, coalesce(m.skills, []) AS skills,
// part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
// end: path
ORDER BY hops, m.id, ids SKIP $skip LIMIT $limit
