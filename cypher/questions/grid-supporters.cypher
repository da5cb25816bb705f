/*
question:
  zh: 谁在支持某网格，帮助通过哪些途径抵达？
  en: Who supports a grid, and by which paths does help reach it?
area: grid
parameters:
  grid: {type: Grid, zh: 网格编号, en: Grid id}
columns:
  - {name: supporter, type: entity, zh: 支持方, en: Supporter}
  - {name: way, type: string, zh: 途径, en: 'Way: responsibility, assignment, pairing, service (a resource) or offer (of a resource)'}
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops from the grid}
  - {name: place, type: entity, zh: 直接支持的区域, en: Area that it supports directly}
  - {name: role, type: string, zh: 角色, en: Role}
  - {name: services, type: strings, zh: 服务代码, en: Codes of the services that the supporter or its resource gives}
  - {name: since, type: date, zh: 起始日, en: Since}
  - {name: source, type: string, zh: 来源, en: Source}
  - {name: path, type: path, zh: 从网格到支持方的路径, en: Path from the grid to the supporter}
grain: {zh: "每个支持方与路径一行，近者在前", en: 'one row per supporter and path, nearest first'}
sets: [SUPPORT]
expected:
  parameters: {grid: '990101002002001', as_of: 2026-06-01}
  rows:
    - [{id: unit-d, label: Unit, name: 丁派出所, title: null}, pairing, 1, {id: '990101002002001', label: Grid, name: 竹一网格}, null, [], 2026-06-01, src-pairings, {nodes: [{id: '990101002002001', label: Grid, name: 竹一网格, title: null}, {id: unit-d, label: Unit, name: 丁派出所, title: null}], steps: [{id: 'PAIRED_WITH:unit-d>990101002002001', type: PAIRED_WITH, from: unit-d, to: '990101002002001', role: null, programme: prog-pairs, since: 2026-06-01, until: null, source: src-pairings, source_ref: 'row 5'}]}]
    - [{id: org-street-2, label: Organization, name: 西镇党委, title: null}, responsibility, 3, {id: '990101002', label: Street, name: 西镇}, null, [], null, src-chain, {nodes: [{id: '990101002002001', label: Grid, name: 竹一网格, title: null}, {id: '990101002002', label: Community, name: 竹村, title: null}, {id: '990101002', label: Street, name: 西镇, title: null}, {id: org-street-2, label: Organization, name: 西镇党委, title: null}], steps: [{id: 'PART_OF:990101002002001>990101002002', type: PART_OF, from: '990101002002001', to: '990101002002', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 15'}, {id: 'PART_OF:990101002002>990101002', type: PART_OF, from: '990101002002', to: '990101002', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 8'}, {id: 'RESPONSIBLE_FOR:org-street-2>990101002', type: RESPONSIBLE_FOR, from: org-street-2, to: '990101002', role: null, programme: null, since: null, until: null, source: src-chain, source_ref: 'row 4'}]}]
    - [{id: org-district, label: Organization, name: 甲区区委, title: null}, responsibility, 4, {id: '990101', label: District, name: 甲区}, null, [], null, src-chain, {nodes: [{id: '990101002002001', label: Grid, name: 竹一网格, title: null}, {id: '990101002002', label: Community, name: 竹村, title: null}, {id: '990101002', label: Street, name: 西镇, title: null}, {id: '990101', label: District, name: 甲区, title: null}, {id: org-district, label: Organization, name: 甲区区委, title: null}], steps: [{id: 'PART_OF:990101002002001>990101002002', type: PART_OF, from: '990101002002001', to: '990101002002', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 15'}, {id: 'PART_OF:990101002002>990101002', type: PART_OF, from: '990101002002', to: '990101002', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 8'}, {id: 'PART_OF:990101002>990101', type: PART_OF, from: '990101002', to: '990101', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 4'}, {id: 'RESPONSIBLE_FOR:org-district>990101', type: RESPONSIBLE_FOR, from: org-district, to: '990101', role: null, programme: null, since: null, until: null, source: src-chain, source_ref: 'row 2'}]}]
*/
MATCH up = (grid:Grid {id: $grid}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (:District)
WHERE all(n IN nodes(up) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
// records that say twice that an area lies in another are one way up
WITH nodes(up) AS areas, relationships(up) AS steps, [x IN relationships(up) | x.id] AS ids ORDER BY ids
WITH areas, collect(steps)[0] AS steps
UNWIND range(0, size(steps)) AS i
WITH areas[i] AS near, areas[..i + 1] AS road, steps[..i] AS climb
MATCH help = (near) (()<-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-()){1,2} (helper)
WHERE all(n IN nodes(help) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
WITH near, helper, road + tail(nodes(help)) AS stops, climb + relationships(help) AS links, nodes(help)[1] AS giver
WITH near, helper, stops, links, giver, last(links) AS link, [l IN links | l.id] AS ids
// answer
RETURN {id: helper.id, label: head([l IN labels(helper) WHERE l <> 'Entity']), name: helper.name, title: helper.title} AS supporter,
  CASE type(link) WHEN 'RESPONSIBLE_FOR' THEN 'responsibility' WHEN 'ASSIGNED_TO' THEN 'assignment' WHEN 'PAIRED_WITH' THEN 'pairing'
    WHEN 'SERVES' THEN 'service' ELSE 'offer' END AS way,
  size(links) AS hops, {id: near.id, label: head([l IN labels(near) WHERE l <> 'Entity']), name: near.name} AS place,
  coalesce(link.role, link.profession) AS role,
  CASE type(link) WHEN 'PAIRED_WITH' THEN coalesce(link.services, []) ELSE COLLECT {
    MATCH (giver)-[g:PROVIDES]->(service:Service)
    WHERE (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
      AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN DISTINCT service.code ORDER BY service.code
  } END AS services,
  link.since AS since, link.source AS source,
// part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
// end: path
ORDER BY hops, helper.id, ids SKIP $skip LIMIT $limit
