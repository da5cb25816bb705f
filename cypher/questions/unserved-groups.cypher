/*
question:
  zh: 一老一小一残：哪些社区没有服务抵达哪类人群？
  en: Which communities does no service for elders, children or disabled people reach?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  group: {type: string, default: null, values: [elders, children, disabled], zh: 只看一类人群, en: Only one group}
columns:
  - {name: community, type: entity, zh: 社区, en: Community}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: group, type: string, zh: 服务对象, en: Group of people}
  - {name: state, type: state, zh: "状态（服务台账完整则为 uncovered，否则为 unknown）", en: "uncovered where a ledger of services is complete, else unknown"}
  - {name: grids, type: integer, unit: grids, zh: 所看的网格数, en: Grids looked at}
  - {name: without, type: integer, unit: grids, zh: 其中无此类服务的网格数, en: "Of these, grids that no such service reaches"}
  - {name: partial, type: strings, zh: 仅抵达部分网格的服务, en: Services that reach some of the grids only}
  - {name: people, type: integer, unit: people, zh: "涉及人数（仅老人，70岁以上居民）", en: "People concerned, known for elders only: residents aged 70 and over"}
grain: {zh: 每个社区与未全部抵达的人群一行, en: one row per community and group that services do not reach in all of it}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, elders, unknown, 2, 1, [haircut], 300]
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, elders, unknown, 2, 2, [], 240]
    - [{id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, elders, unknown, 2, 2, [], 90]
    - [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, children, unknown, 2, 2, [], null]
    - [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, disabled, unknown, 2, 2, [], null]
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, children, unknown, 2, 2, [], null]
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, disabled, unknown, 2, 2, [], null]
    - [{id: '990101002001', label: Community, name: 梅社区}, {id: '990101002', label: Street, name: 西镇}, children, unknown, 2, 2, [], null]
    - [{id: '990101002001', label: Community, name: 梅社区}, {id: '990101002', label: Street, name: 西镇}, disabled, unknown, 2, 2, [], null]
    - [{id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, children, unknown, 2, 2, [], null]
    - [{id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, disabled, unknown, 2, 2, [], null]
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
// A grid that does not hold on the day is nowhere; its community is not judged in its place.
// what reaches a street and its district reaches each of its communities
WITH district, street, collect(CASE WHEN community IS NOT NULL AND (depth < 3 OR size(grids) > 0) THEN [community, grids] END) AS parts
WITH district, street, parts, COLLECT {
  UNWIND [district, street] AS place
  MATCH (place)<-[r:SERVES]-(resource:Resource)-[g:PROVIDES]->(service:Service)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
    AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  RETURN [place, service.group, service.code]
} AS above, COLLECT { MATCH (s:Service) WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of) RETURN s } AS services
UNWIND parts AS part
WITH district, street, part[0] AS community, part[1] AS grids, above, services
WITH district, street, community, grids, above + COLLECT {
  CALL (community, grids, services) {
    UNWIND [community] + grids AS place
    MATCH (place)<-[r:SERVES]-(resource:Resource)-[g:PROVIDES]->(service:Service)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
      AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN place, service
    UNION ALL
    UNWIND [community] + grids AS place
    MATCH (place)<-[r:PAIRED_WITH]-(unit:Unit)
    WHERE r.services IS NOT NULL AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    UNWIND [s IN services WHERE s.code IN r.services] AS service
    RETURN place, service
  }
  RETURN [place, service.group, service.code]
} AS reached
UNWIND [g IN ['elders', 'children', 'disabled'] WHERE $group IS NULL OR g = $group] AS group
WITH district, street, community, grids, group, [x IN reached WHERE x[1] = group] AS reached
WHERE none(x IN reached WHERE NOT x[0]:Grid)
WITH district, street, community, grids, group, reached, [grid IN grids WHERE none(x IN reached WHERE x[0] = grid)] AS missed
WHERE size(grids) = 0 OR size(missed) > 0
WITH street, community AS lacking, group, size(grids) AS grids, size(missed) AS without, reached, EXISTS {
  UNWIND [district, street, community] AS kept
  MATCH (kept)<-[c:COMPLETE_FOR]-(l:Ledger)
  WHERE l.kind = 'services' AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
    AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
} AS complete
RETURN {id: lacking.id, label: 'Community', name: lacking.name} AS community, {id: street.id, label: 'Street', name: street.name} AS street, group, CASE WHEN complete THEN 'uncovered' ELSE 'unknown' END AS state, grids, without,
  COLLECT { UNWIND reached AS x WITH DISTINCT x[2] AS code RETURN code ORDER BY code } AS partial, CASE group WHEN 'elders' THEN lacking.residents_over_70 END AS people
ORDER BY coalesce(people, 0) DESC, lacking.id, group SKIP $skip LIMIT $limit
