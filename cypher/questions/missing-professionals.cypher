/*
question:
  zh: 哪些社区（及其网格）缺少哪类专业网格员？
  en: Which communities have nobody of which profession, in themselves or in their grids?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Id of the area whose communities are looked at}
  profession: {type: string, default: null, values: [heating, telecom, police, mediator, judge], zh: 只看一种职业, en: Only one profession}
columns:
  - {name: community, type: entity, zh: 社区, en: Community}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: profession, type: string, zh: 职业, en: Profession}
  - {name: state, type: state, zh: 状态, en: 'State: uncovered, or unknown for want of the ledger of workers'}
  - {name: grids, type: integer, unit: grids, zh: 网格数, en: Grids of the community}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
grain: {zh: 每个社区与职业一行, en: one row per community and profession}
expected:
  parameters: {profession: mediator, as_of: 2026-06-01}
  rows:
    - [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, mediator, uncovered, 2, workers]
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, mediator, uncovered, 2, workers]
    - [{id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, mediator, unknown, 2, workers]
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
WITH depth, district, street, community, grids
WHERE depth < 3 AND community IS NOT NULL
WITH district, street, community, grids, COLLECT {
  UNWIND [community] + grids AS place
  MATCH (member:Member)-[r:ASSIGNED_TO]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of)
  RETURN DISTINCT r.profession
} AS present
WITH street, community, grids, present, EXISTS {
  UNWIND [community, street, district] AS place
  MATCH (ledger:Ledger {kind: 'workers'})-[r:COMPLETE_FOR]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (ledger.since IS NULL OR ledger.since <= $as_of) AND (ledger.until IS NULL OR ledger.until > $as_of)
} AS complete
UNWIND [p IN ['heating', 'telecom', 'police', 'mediator', 'judge'] WHERE $profession IS NULL OR p = $profession] AS profession
WITH street AS around, community AS lacking, grids AS inside, complete, profession, size([p IN present WHERE p = profession]) AS found
WHERE found = 0
// answer
RETURN {id: lacking.id, label: 'Community', name: lacking.name} AS community, {id: around.id, label: 'Street', name: around.name} AS street,
  profession, CASE WHEN complete THEN 'uncovered' ELSE 'unknown' END AS state, size(inside) AS grids, 'workers' AS ledger
ORDER BY lacking.id, profession SKIP $skip LIMIT $limit
