/*
question:
  zh: 哪些需求尚未满足，附近有哪些资源可以满足？
  en: Which needs are unmet, and which resources near by could meet them?
area: resources
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area whose needs are looked at, with all that lies in it'}
  service: {type: Service, default: null, zh: 只看一项服务, en: Only one service}
columns:
  - {name: need, type: entity, zh: 需求, en: Need}
  - {name: area, type: entity, zh: 提出的区域, en: Area that raised it}
  - {name: services, type: entities, zh: 所需服务, en: Services it asks for}
  - {name: headcount, type: integer, unit: people, zh: 涉及人数, en: People concerned}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
  - {name: raised_on, type: date, zh: 提出日期, en: Day on which it was raised}
  - {name: candidates, type: entities, zh: 可用资源（服务或位于该区域、其内或其上级区域）, en: 'Resources that give such a service and serve, or lie in, the area, what lies in it, or an area above it'}
grain: {zh: 每项需求与提出区域一行, en: one row per need and area that raised it}
sets: [SPOT]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: need-1, label: Need, name: 柏一网格老人助餐}, {id: '990101001002001', label: Grid, name: 柏一网格}, [{id: svc-meals, label: Service, name: 助餐}], 12, 1, 2026-03-05, []]
    - [{id: need-4, label: Need, name: 竹一网格上门理发}, {id: '990101002002001', label: Grid, name: 竹一网格}, [{id: svc-haircut, label: Service, name: 理发}], 9, 2, 2026-02-02, []]
    - [{id: need-3, label: Need, name: 松社区夜间停车}, {id: '990101001001', label: Community, name: 松社区}, [{id: svc-parking, label: Service, name: 停车}], 60, 3, 2026-04-12, [{id: res-parking, label: Resource, name: 乙银行停车场}]]
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
WITH DISTINCT place, need
WITH place, need, COLLECT {
  MATCH (need)-[f:FOR]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  WITH DISTINCT service
  RETURN service ORDER BY service.id
} AS asked
WHERE $service IS NULL OR any(s IN asked WHERE s.id = $service)
// What lies near a place is read once for all that is wanted there.
WITH place, collect({need: need, asked: asked}) AS wishes
WITH place, wishes, reduce(all = [], w IN wishes | all + w.asked) AS services, COLLECT {
  MATCH (place) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (near)
  RETURN near
} + COLLECT {
  MATCH (place) (()<-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]-()){1,4} (near)
  RETURN near
} AS around
WITH place, wishes, COLLECT {
  UNWIND around AS spot
  MATCH (spot)<-[at:SERVES|LOCATED_IN]-(resource:Resource)
  WHERE (at.since IS NULL OR at.since <= $as_of) AND (at.until IS NULL OR at.until > $as_of)
    AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
  MATCH (resource)-[g:PROVIDES]->(service)
  WHERE service IN services AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
  RETURN DISTINCT [service, resource]
} AS offers
UNWIND wishes AS w
WITH place, w.need AS wish, w.asked AS asked, COLLECT {
  UNWIND [offer IN offers WHERE offer[0] IN w.asked | offer[1]] AS resource
  WITH DISTINCT resource
  RETURN resource ORDER BY resource.id
} AS able
// answer
RETURN {id: wish.id, label: 'Need', name: wish.name} AS need, {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} AS area,
  [s IN asked | {id: s.id, label: 'Service', name: s.name}] AS services,
  wish.headcount AS headcount, wish.priority AS priority, wish.raised_on AS raised_on,
  [c IN able | {id: c.id, label: 'Resource', name: c.name}] AS candidates
ORDER BY coalesce(wish.priority, 99), coalesce(wish.headcount, 0) DESC, wish.id, place.id SKIP $skip LIMIT $limit
