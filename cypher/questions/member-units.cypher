/*
question:
  zh: 某成员联系到哪些单位，经由什么途径？
  en: Which units does a member connect to, and by which path?
area: member
parameters:
  member: {type: Member, zh: 成员编号, en: Member id}
  max_hops: {type: integer, default: 3, minimum: 1, maximum: 4, zh: 最多步数, en: Largest number of hops}
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops}
  - {name: reason, type: strings, zh: 途径（关系类型依次）, en: Relationship types along the path}
  - {name: path, type: path, zh: 途径, en: Path}
grain: {zh: "每个单位与途径一行；途径不两次经过同一节点，也不经过其他单位", en: one row per unit and path; a path passes no node twice and no other unit}
sets: [CONNECTION]
expected:
  parameters: {member: member-07, as_of: 2026-06-01}
  rows:
    - - {id: unit-b, label: Unit, name: 乙银行}
      - 2
      - [SITS_ON, SITS_ON]
      - nodes:
          - {id: member-07, label: Member, name: 大党委委员, title: 大党委委员}
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: unit-b, label: Unit, name: 乙银行, title: null}
        steps:
          - {id: "SITS_ON:member-07>org-joint-1", type: SITS_ON, from: member-07, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 8}
          - {id: "SITS_ON:unit-b>org-joint-1", type: SITS_ON, from: unit-b, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-pairings, source_ref: row 3}
    - - {id: unit-a, label: Unit, name: 甲区法院}
      - 3
      - [SITS_ON, RESPONSIBLE_FOR, PAIRED_WITH]
      - nodes:
          - {id: member-07, label: Member, name: 大党委委员, title: 大党委委员}
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: "990101001001", label: Community, name: 松社区, title: null}
          - {id: unit-a, label: Unit, name: 甲区法院, title: null}
        steps:
          - {id: "SITS_ON:member-07>org-joint-1", type: SITS_ON, from: member-07, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 8}
          - {id: "RESPONSIBLE_FOR:org-joint-1>990101001001", type: RESPONSIBLE_FOR, from: org-joint-1, to: "990101001001", role: null, programme: null, since: 2026-01-01, until: null, source: src-chain, source_ref: row 15}
          - {id: "PAIRED_WITH:unit-a>990101001001", type: PAIRED_WITH, from: unit-a, to: "990101001001", role: null, programme: prog-pairs, since: 2026-02-01, until: null, source: src-pairings, source_ref: row 2}
*/
MATCH p = (m:Member {id: $member})
  (()-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n WHERE NOT n:Unit AND (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){0,3}
  ()-[last:MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|RESPONSIBLE_FOR|OFFERS|SERVES|PART_OF WHERE (last.since IS NULL OR last.since <= $as_of) AND (last.until IS NULL OR last.until > $as_of)]-
  (u:Unit WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of))
WHERE length(p) <= $max_hops AND all(n IN nodes(p) WHERE single(x IN nodes(p) WHERE x = n))
WITH u, nodes(p) AS stops, relationships(p) AS links
// answer
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, size(links) AS hops, [r IN links | type(r)] AS reason,
  // part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
  // end: path
ORDER BY hops, u.id, [r IN links | r.id] SKIP $skip LIMIT $limit
