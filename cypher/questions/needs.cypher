/*
question:
  zh: 需求清单：有哪些需求，由什么满足，由谁负责？
  en: The list of needs - which are there, what meets each, and who answers for it?
area: resources
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area whose needs are listed, with all that lies in it'}
  need: {type: Need, default: null, zh: 只看一项需求, en: Only one need}
  state: {type: string, default: null, values: [open, met, lapsed, withdrawn], zh: 只看一种状态, en: Only one state}
  overdue: {type: boolean, default: null, zh: 只看已过或未过期望解决日期的, en: 'Only those past the day by which they should be met, or only the others'}
  service: {type: Service, default: null, zh: 只看一项服务, en: Only one service}
  owner: {type: Organization, default: null, zh: 只看某组织负责的, en: Only those that one organization answers for}
columns:
  - {name: need, type: entity, zh: 需求, en: Need}
  - {name: area, type: entity, zh: 提出的区域, en: Area that raised it}
  - {name: services, type: entities, zh: 所需服务, en: Services it asks for}
  - {name: state, type: string, zh: "当日状态（open 未满足，met 已满足，lapsed 曾满足而帮助已终止，withdrawn 已撤回）", en: "On that day: open, met, lapsed (was met, by help that has ended), or withdrawn"}
  - {name: overdue, type: boolean, zh: 是否已过期望解决日期而未满足, en: Whether it is unmet past the day by which it should be met}
  - {name: headcount, type: integer, unit: people, zh: 涉及人数, en: People concerned}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
  - {name: raised_on, type: date, zh: 提出日期, en: Day on which it was raised}
  - {name: due_on, type: date, zh: 期望解决日期, en: Day by which it should be met}
  - {name: withdrawn_on, type: date, zh: 撤回日期, en: Day on which it was withdrawn}
  - {name: met_by, type: maps, zh: "由什么满足（by，起止日期，来源）", en: "What meets it that day: by, since, until, source, source_ref"}
  - {name: owners, type: entities, zh: 负责组织, en: Organizations that answer for it}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每项需求与提出区域一行, en: one row per need and area that raised it}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: need-1, label: Need, name: 柏一网格老人助餐}, {id: '990101001002001', label: Grid, name: 柏一网格}, [{id: svc-meals, label: Service, name: 助餐}], open, true, 12, 1, 2026-03-05, 2026-05-15, null, [], [], src-needs, row 2]
    - [{id: need-2, label: Need, name: 梅一网格邻里调解}, {id: '990101002001001', label: Grid, name: 梅一网格}, [{id: svc-mediation, label: Service, name: 调解}], met, false, 4, 2, 2026-01-20, null, null, [{by: {id: res-forum, label: Resource, name: 梅社区议事亭, title: null}, since: 2026-02-01, until: null, source: src-needs, source_ref: row 3}], [{id: org-community-3, label: Organization, name: 梅社区党总支}], src-needs, row 3]
    - [{id: need-4, label: Need, name: 竹一网格上门理发}, {id: '990101002002001', label: Grid, name: 竹一网格}, [{id: svc-haircut, label: Service, name: 理发}], open, false, 9, 2, 2026-02-02, null, null, [], [], src-needs, row 5]
    - [{id: need-5, label: Need, name: 竹二网格助餐}, {id: '990101002002002', label: Grid, name: 竹二网格}, [{id: svc-meals, label: Service, name: 助餐}], withdrawn, false, 3, 2, 2026-02-20, null, 2026-04-01, [], [], src-needs, row 6]
    - [{id: need-3, label: Need, name: 松社区夜间停车}, {id: '990101001001', label: Community, name: 松社区}, [{id: svc-parking, label: Service, name: 停车}], open, false, 60, 3, 2026-04-12, 2026-07-01, null, [], [{id: org-community-1, label: Organization, name: 松社区党委}], src-needs, row 4]
*/
// part: areas
// Walks from $area up to its district and down to its grids, along areas and PART_OF links that hold on $as_of.
// An area counts only where everything above it holds too, so the same area gives the same rows under every root.
// Leaves one row per community in scope: depth (of $area: 0 district, 1 street, 2 community, 3 grid), district,
// street, community (null where the street has none), grids (those in scope).
MATCH lineage = (root:Entity {id: $area}) (()-[up:PART_OF WHERE (up.since IS NULL OR up.since <= $as_of) AND (up.until IS NULL OR up.until > $as_of)]->()){0,3} (district:District)
WHERE (district.since IS NULL OR district.since <= $as_of) AND (district.until IS NULL OR district.until > $as_of)
WITH district, nodes(lineage) AS above, length(lineage) AS depth
MATCH (district)<-[i:PART_OF]-(street:Street)
WHERE (depth < 1 OR street IN above)
  AND (i.since IS NULL OR i.since <= $as_of) AND (i.until IS NULL OR i.until > $as_of)
  AND (street.since IS NULL OR street.since <= $as_of) AND (street.until IS NULL OR street.until > $as_of)
OPTIONAL MATCH (street)<-[j:PART_OF]-(community:Community)
WHERE (depth < 2 OR community IN above)
  AND (j.since IS NULL OR j.since <= $as_of) AND (j.until IS NULL OR j.until > $as_of)
  AND (community.since IS NULL OR community.since <= $as_of) AND (community.until IS NULL OR community.until > $as_of)
OPTIONAL MATCH (community)<-[k:PART_OF]-(grid:Grid)
WHERE (depth < 3 OR grid IN above)
  AND (k.since IS NULL OR k.since <= $as_of) AND (k.until IS NULL OR k.until > $as_of)
  AND (grid.since IS NULL OR grid.since <= $as_of) AND (grid.until IS NULL OR grid.until > $as_of)
WITH depth, district, street, community, collect(grid) AS grids
// end: areas
// part: places
// Flattens what part areas left. Leaves one row per area in scope: depth, district, place, level (0 district, 1 street,
// 2 community, 3 grid).
WITH depth, district, street, collect(CASE WHEN community IS NOT NULL THEN {community: community, grids: grids} END) AS parts
WITH depth, district, collect({street: street, parts: parts}) AS streets
UNWIND CASE WHEN depth < 1 THEN [[district, 0]] ELSE [] END + reduce(all = [], s IN streets | all
  + CASE WHEN depth < 2 THEN [[s.street, 1]] ELSE [] END
  + reduce(inside = [], p IN s.parts | inside + CASE WHEN depth < 3 THEN [[p.community, 2]] ELSE [] END + [g IN p.grids | [g, 3]])) AS pair
WITH depth, district, pair[0] AS place, pair[1] AS level
// end: places
MATCH (place)<-[r:RAISED_BY]-(need:Need)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of) AND ($need IS NULL OR need.id = $need)
WITH DISTINCT place, need
WITH place, need, COLLECT {
  MATCH (need)-[f:FOR]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  WITH DISTINCT service
  RETURN service ORDER BY service.id
} AS asked, COLLECT {
  MATCH (need)-[met:MET_BY]->(by)
  WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
    AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  RETURN [by, met] ORDER BY by.id, met.id
} AS helps, COLLECT { MATCH (need)-[ever:MET_BY]->() RETURN coalesce(ever.since > $as_of, false) } AS later, COLLECT {
  MATCH (need)<-[o:RESPONSIBLE_FOR]-(body:Organization)
  WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
    AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  WITH DISTINCT body
  RETURN body ORDER BY body.id
} AS bodies
WITH place, need AS wish, asked, helps, bodies, CASE
    WHEN need.state = 'withdrawn' AND NOT coalesce(need.withdrawn_on > $as_of, false) THEN 'withdrawn'
    WHEN size(helps) > 0 THEN 'met'
    WHEN need.state <> 'met' OR need.withdrawn_on > $as_of OR true IN later THEN 'open'
    WHEN size(later) > 0 THEN 'lapsed' ELSE 'met' END AS state
WITH place, wish, asked, helps, bodies, state, state IN ['open', 'lapsed'] AND coalesce(wish.due_on < $as_of, false) AS overdue
WHERE ($state IS NULL OR state = $state) AND ($overdue IS NULL OR overdue = $overdue)
  AND ($service IS NULL OR any(s IN asked WHERE s.id = $service)) AND ($owner IS NULL OR any(b IN bodies WHERE b.id = $owner))
// answer
RETURN {id: wish.id, label: 'Need', name: wish.name} AS need, {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} AS area,
  [s IN asked | {id: s.id, label: 'Service', name: s.name}] AS services, state, overdue, wish.headcount AS headcount, wish.priority AS priority,
  wish.raised_on AS raised_on, wish.due_on AS due_on, CASE WHEN wish.withdrawn_on <= $as_of THEN wish.withdrawn_on END AS withdrawn_on,
  [h IN helps | {by: {id: h[0].id, label: head([l IN labels(h[0]) WHERE l <> 'Entity']), name: h[0].name, title: h[0].title},
    since: h[1].since, until: h[1].until, source: h[1].source, source_ref: h[1].source_ref}] AS met_by,
  [b IN bodies | {id: b.id, label: 'Organization', name: b.name}] AS owners, wish.source AS source, wish.source_ref AS source_ref
ORDER BY coalesce(wish.priority, 99), wish.due_on, wish.id, place.id SKIP $skip LIMIT $limit
