/*
question:
  zh: 三张清单如何对应：各项服务有哪些未满足的需求、资源与项目？
  en: How do the three lists match, service by service - unmet needs, resources and projects?
area: resources
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  verdict: {type: string, default: null, values: [need-without-resource, matchable, resource-without-need, met], zh: 只看一种对应情形, en: Only one verdict}
columns:
  - {name: service, type: entity, zh: 服务, en: Service}
  - {name: verdict, type: string, zh: "情形（need-without-resource 有需求无资源，matchable 可对接，resource-without-need 有资源无需求，met 需求均已满足）", en: "need-without-resource, matchable (unmet needs and resources), resource-without-need, or met"}
  - {name: unmet, type: entities, zh: 未满足的需求, en: Unmet needs}
  - {name: people, type: integer, unit: people, zh: 未满足需求涉及的人数, en: People concerned by unmet needs}
  - {name: met, type: integer, unit: needs, zh: 已满足的需求数, en: Needs that are met}
  - {name: resources, type: entities, zh: 服务于或位于该区域的资源, en: Resources that give the service and serve or lie in the area}
  - {name: projects, type: entities, zh: "针对该区域此项需求的项目，及不针对具体需求而针对该服务的项目", en: "Projects for one of the area's needs for it, or for the service without any need"}
grain: {zh: 每项在该区域有需求或资源的服务一行, en: one row per service for which the area has a need or a resource}
sets: [SPOT]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: svc-parking, label: Service, name: 停车}, matchable, [{id: need-3, label: Need, name: 松社区夜间停车}], 60, 0, [{id: res-parking, label: Resource, name: 乙银行停车场}], []]
    - [{id: svc-meals, label: Service, name: 助餐}, matchable, [{id: need-1, label: Need, name: 柏一网格老人助餐}], 12, 0, [{id: res-canteen-2, label: Resource, name: 梅社区食堂}], [{id: proj-1, label: Project, name: 柏社区食堂重开}]]
    - [{id: svc-haircut, label: Service, name: 理发}, need-without-resource, [{id: need-4, label: Need, name: 竹一网格上门理发}], 9, 0, [], []]
    - [{id: svc-legal-advice, label: Service, name: 法律咨询}, resource-without-need, [], 0, 0, [{id: res-centre, label: Resource, name: 东街道党群服务中心}], []]
    - [{id: svc-mediation, label: Service, name: 调解}, met, [], 0, 1, [{id: res-forum, label: Resource, name: 梅社区议事亭}], [{id: proj-2, label: Project, name: 梅社区议事亭修缮}]]
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
WITH collect(place) AS places
CALL (places) {
  UNWIND places AS place
  MATCH (place)<-[r:RAISED_BY]-(need:Need)-[f:FOR]->(service:Service)
  WHERE (need.state <> 'withdrawn' OR need.withdrawn_on > $as_of) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
    AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  RETURN service, need, null AS resource
  UNION ALL
  UNWIND places AS place
  MATCH (place)<-[r:SERVES|LOCATED_IN]-(resource:Resource)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
  WITH DISTINCT resource
  MATCH (resource)-[f:PROVIDES]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
  RETURN service, null AS need, resource
}
WITH service, collect(DISTINCT need) AS wanted, collect(DISTINCT resource) AS resources
WHERE (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
WITH service, wanted, COLLECT { UNWIND resources AS x RETURN x ORDER BY x.id } AS given, COLLECT {
  UNWIND wanted AS need
  WITH need
  WHERE need IS NOT NULL
// part: unmet
  // raised by the day, not withdrawn by it, and met by nothing that holds on it (what was met later was still unmet)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.state = 'open' OR need.withdrawn_on > $as_of OR need.state = 'met' AND EXISTS {
    MATCH (need)-[later:MET_BY]->()
    WHERE later.since > $as_of
  })
  AND NOT EXISTS {
    MATCH (need)-[met:MET_BY]->(by)
    WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  }
// end: unmet
  RETURN need ORDER BY need.id
} AS unmet
WITH service AS kind, unmet AS open, wanted, size(wanted) - size(unmet) AS met, given, CASE WHEN size(unmet) > 0 AND size(given) > 0 THEN 'matchable'
  WHEN size(unmet) > 0 THEN 'need-without-resource' WHEN size(wanted) = 0 THEN 'resource-without-need' ELSE 'met' END AS verdict
WHERE $verdict IS NULL OR verdict = $verdict
// A project for a service alone may be meant for any area; one for needs is meant for where they were raised.
WITH kind, open, met, given, verdict, reduce(sum = 0, n IN open | sum + coalesce(n.headcount, 0)) AS people, COLLECT {
  UNWIND [kind] + open AS target
  MATCH (target)<-[f:FOR]-(project:Project)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (project.since IS NULL OR project.since <= $as_of) AND (project.until IS NULL OR project.until > $as_of)
    AND (target:Need OR EXISTS {
      MATCH (project)-[x:FOR]->(wish)
      WHERE wish IN wanted AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    } OR NOT EXISTS {
      MATCH (project)-[x:FOR]->(:Need)
      WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    })
  WITH DISTINCT project
  RETURN project ORDER BY project.id
} AS planned
// answer
RETURN {id: kind.id, label: 'Service', name: kind.name} AS service, verdict, [n IN open | {id: n.id, label: 'Need', name: n.name}] AS unmet, people, met,
  [x IN given | {id: x.id, label: 'Resource', name: x.name}] AS resources,
  [p IN planned | {id: p.id, label: 'Project', name: p.name}] AS projects
ORDER BY people DESC, size(open) DESC, kind.id SKIP $skip LIMIT $limit
