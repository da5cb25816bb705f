/*
question:
  zh: 某日某时，某区域有哪些向公众开放的资源？
  en: Which resources of an area are open to the public on a day and at a time?
area: resources
parameters:
  area: {type: Area, default: home, zh: 资源服务或所在的区域, en: 'Area that they serve or lie in, or one in it'}
  hour: {type: integer, default: null, minimum: 0, maximum: 23, zh: "整点（0至23），空为当日任何时刻", en: "Full hour, 0 to 23; any time of the day where left out"}
  state: {type: string, default: null, values: [open, closed, unknown], zh: 只看一种状态, en: Only one state}
columns:
  - {name: resource, type: entity, zh: 资源, en: Resource}
  - {name: kind, type: string, zh: 资源种类, en: Kind of resource}
  - {name: state, type: string, zh: "当日（当时）是否开放（open 开放，closed 不开放，unknown 开放时间无法判读或未注明）", en: "open, closed, or unknown where the schedule is absent or cannot be read"}
  - {name: schedule, type: string, zh: 开放时间, en: When it is open}
  - {name: terms, type: string, zh: 使用条件, en: Terms of use}
  - {name: capacity, type: integer, zh: 服务能力（按其单位）, en: 'Capacity, in the unit that capacity_unit names'}
  - {name: capacity_unit, type: string, zh: 能力单位, en: Unit of the capacity}
  - {name: services, type: strings, zh: 提供的服务, en: Services that it gives}
  - {name: offered_by, type: entities, zh: 提供者, en: Who offers it}
  - {name: places, type: entities, zh: 服务或所在的区域, en: Areas that it serves or lies in}
grain: {zh: 每个向公众开放的资源一行, en: one row per resource that is open to the public}
sets: [SPOT]
expected:
  parameters: {hour: 18, as_of: 2026-06-01}
  rows:
    - [{id: res-forum, label: Resource, name: 梅社区议事亭}, forum, unknown, null, null, 30, people, [mediation], [{id: org-community-3, label: Organization, name: 梅社区党总支, title: null}], [{id: '990101002001', label: Community, name: 梅社区, title: null}]]
    - [{id: res-canteen-2, label: Resource, name: 梅社区食堂}, canteen, closed, '每日 11:00-13:00', null, 50, seats, [meals], [{id: unit-e, label: Unit, name: 戊公司, title: null}], [{id: '990101002001', label: Community, name: 梅社区, title: null}]]
    - [{id: res-centre, label: Resource, name: 东街道党群服务中心}, centre, closed, '周一至周日 08:30-17:00', null, 200, people, [legal-advice], [{id: org-street-1, label: Organization, name: 东街道党工委, title: null}], [{id: '990101001', label: Street, name: 东街道, title: null}]]
    - [{id: res-station, label: Resource, name: 松社区服务站}, station, closed, '周一至周五 08:30-17:00', null, 60, people, [], [{id: org-community-1, label: Organization, name: 松社区党委, title: null}], [{id: '990101001001', label: Community, name: 松社区, title: null}]]
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
MATCH (place)<-[r:SERVES|LOCATED_IN]-(resource:Resource)
WHERE resource.open_to_public AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
WITH DISTINCT resource
WITH resource, resource.schedule AS schedule
// part: opening
// Reads a schedule, such as 周一至周五 08:30-17:00. Leaves beside what was there state: open, closed, or unknown where it
// is absent or cannot be read, on $as_of and at $hour (any time of that day where $hour is null).
CALL (schedule) {
  WITH split(schedule, ' ') AS words
  WITH words, CASE words[0] WHEN '每日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周六' THEN [1, 2, 3, 4, 5, 6]
      WHEN '周一至周五' THEN [1, 2, 3, 4, 5] WHEN '工作日' THEN [1, 2, 3, 4, 5] WHEN '周末' THEN [6, 7] WHEN '周六' THEN [6] WHEN '周日' THEN [7] END AS days,
    split(words[1], '-') AS hours
  WITH days, CASE WHEN size(words) = 2 AND size(hours) = 2 AND all(h IN hours WHERE size(h) = 5 AND substring(h, 2, 1) = ':') THEN hours END AS hours,
    CASE WHEN $hour < 10 THEN '0' ELSE '' END + toString($hour) + ':00' AS time
  RETURN CASE WHEN days IS NULL OR hours IS NULL THEN 'unknown' WHEN NOT $as_of.dayOfWeek IN days THEN 'closed' WHEN $hour IS NULL THEN 'open'
      WHEN hours[0] <= hours[1] AND hours[0] <= time AND time < hours[1] THEN 'open'
      WHEN hours[0] > hours[1] AND (hours[0] <= time OR time < hours[1]) THEN 'open' ELSE 'closed' END AS state
}
// end: opening
WITH resource, state
WHERE $state IS NULL OR state = $state
WITH resource AS public, state
RETURN {id: public.id, label: 'Resource', name: public.name} AS resource, public.kind AS kind, state, public.schedule AS schedule, public.terms AS terms, public.capacity AS capacity,
  public.capacity_unit AS capacity_unit,
  COLLECT {
    MATCH (public)-[r:PROVIDES]->(service:Service)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    WITH DISTINCT service
    RETURN service.code ORDER BY service.code
  } AS services,
  COLLECT {
    MATCH (public)<-[r:OFFERS]-(by)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
    WITH DISTINCT by
    RETURN {id: by.id, label: head([l IN labels(by) WHERE l <> 'Entity']), name: by.name, title: by.title} ORDER BY by.id
  } AS offered_by,
  COLLECT {
    MATCH (public)-[r:SERVES|LOCATED_IN]->(spot)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    WITH DISTINCT spot
    RETURN {id: spot.id, label: head([l IN labels(spot) WHERE l <> 'Entity']), name: spot.name, title: spot.title} ORDER BY spot.id
  } AS places
ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, public.id SKIP $skip LIMIT $limit
