/*
question:
  zh: 某实体周围有哪些实体？
  en: What lies around an entity?
area: network
parameters:
  entity: {type: Entity, zh: 实体编号, en: Entity id}
  max_hops: {type: integer, default: 1, minimum: 1, maximum: 2, zh: 最多步数, en: Largest number of hops}
columns:
  - {name: entity, type: entity, zh: 实体, en: Entity}
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops}
  - {name: path, type: path, zh: 途径, en: Path}
grain: {zh: 每个实体与途径一行；途径不两次经过同一节点, en: one row per entity and path; a path passes no node twice}
sets: [NETWORK]
expected:
  parameters: {entity: org-joint-1, as_of: 2026-06-01}
  rows:
    - - {id: "990101001001", label: Community, name: 松社区, title: null}
      - 1
      - nodes:
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: "990101001001", label: Community, name: 松社区, title: null}
        steps:
          - {id: "RESPONSIBLE_FOR:org-joint-1>990101001001", type: RESPONSIBLE_FOR, from: org-joint-1, to: "990101001001", role: null, programme: null, since: 2026-01-01, until: null, source: src-chain, source_ref: row 15}
    - - {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}
      - 1
      - nodes:
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}
        steps:
          - {id: "SITS_ON:member-01>org-joint-1", type: SITS_ON, from: member-01, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 2}
    - - {id: member-07, label: Member, name: 大党委委员, title: 大党委委员}
      - 1
      - nodes:
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: member-07, label: Member, name: 大党委委员, title: 大党委委员}
        steps:
          - {id: "SITS_ON:member-07>org-joint-1", type: SITS_ON, from: member-07, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: row 8}
    - - {id: unit-b, label: Unit, name: 乙银行, title: null}
      - 1
      - nodes:
          - {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}
          - {id: unit-b, label: Unit, name: 乙银行, title: null}
        steps:
          - {id: "SITS_ON:unit-b>org-joint-1", type: SITS_ON, from: unit-b, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-pairings, source_ref: row 3}
*/
MATCH p = (a:Entity {id: $entity})
  (()-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){1,2} (e)
WHERE length(p) <= $max_hops AND all(n IN nodes(p) WHERE single(x IN nodes(p) WHERE x = n))
WITH e, nodes(p) AS stops, relationships(p) AS links
// answer
RETURN {id: e.id, label: head([l IN labels(e) WHERE l <> 'Entity']), name: e.name, title: e.title} AS entity, size(links) AS hops,
  // part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
  // end: path
ORDER BY hops, e.id, [r IN links | r.id] SKIP $skip LIMIT $limit
