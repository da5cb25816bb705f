/*
question:
  zh: 哪些社区、网格当日没有结对单位：从未结对、已经终止还是尚未开始？
  en: Which communities and grids have no paired unit, because none ever was, it ended, or it has not begun?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  level: {type: string, default: null, values: [Community, Grid], zh: 只看一级区域, en: Only one level of area}
  why: {type: string, default: null, values: [never, ended, not-begun], zh: 只看一种情形, en: Only one of the three}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: community, type: entity, zh: 所在社区, en: Community it lies in}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: why, type: string, zh: "情形（never 从未结对，ended 已终止，not-begun 尚未开始）", en: "never, ended or not-begun"}
  - {name: state, type: state, zh: "状态（结对台账完整则为 uncovered，否则为 unknown）", en: "uncovered where a ledger of pairings is complete, else unknown"}
  - {name: ended, type: date, zh: 最近一次结对的终止日, en: Day when the last pairing ended}
  - {name: last, type: entity, zh: 最近一次结对的单位, en: Unit of the last pairing}
  - {name: begins, type: date, zh: 下一次结对的起始日, en: Day when the next pairing begins}
  - {name: next, type: entity, zh: 下一次结对的单位, en: Unit of the next pairing}
  - {name: above, type: entities, zh: 与其所在社区结对的单位, en: Units paired with the community that a grid lies in}
grain: {zh: 每个当日未结对的社区或网格一行, en: one row per community or grid that is not paired itself on the day}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, never, uncovered, null, null, null, null, []]
    - [{id: '990101001002001', label: Grid, name: 柏一网格}, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, ended, uncovered, 2026-04-01, {id: unit-c, label: Unit, name: 丙医院}, null, null, []]
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, not-begun, uncovered, null, null, 2026-09-01, {id: unit-d, label: Unit, name: 丁派出所}, []]
    - [{id: '990101002001001', label: Grid, name: 梅一网格}, {id: '990101002001', label: Community, name: 梅社区}, {id: '990101002', label: Street, name: 西镇}, never, uncovered, null, null, null, null, [{id: unit-e, label: Unit, name: 戊公司}]]
    - [{id: '990101002001002', label: Grid, name: 梅二网格}, {id: '990101002001', label: Community, name: 梅社区}, {id: '990101002', label: Street, name: 西镇}, never, uncovered, null, null, null, null, [{id: unit-e, label: Unit, name: 戊公司}]]
    - [{id: '990101002002', label: Community, name: 竹村}, {id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, never, uncovered, null, null, null, null, []]
    - [{id: '990101002002002', label: Grid, name: 竹二网格}, {id: '990101002002', label: Community, name: 竹村}, {id: '990101002', label: Street, name: 西镇}, ended, uncovered, 2026-06-01, {id: unit-b, label: Unit, name: 乙银行}, null, null, []]
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
// what is known of the community and of what lies above it is found once for its grids
WITH depth, street, community, grids, EXISTS {
    UNWIND [district, street, community] AS kept
    MATCH (kept)<-[c:COMPLETE_FOR]-(l:Ledger)
    WHERE l.kind = 'pairings' AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
      AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
  } AS known, COLLECT {
    MATCH (community)<-[r:PAIRED_WITH]-(unit:Unit)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    WITH DISTINCT unit
    RETURN unit ORDER BY unit.id
  } AS partners
UNWIND CASE WHEN community IS NOT NULL AND depth < 3 THEN [community] ELSE [] END + grids AS area
WITH known, partners, street, community, area
WHERE $level IS NULL OR $level = 'Grid' AND area:Grid OR $level = 'Community' AND area:Community
WITH known, partners, street, community, area, COLLECT {
  MATCH (unit:Unit)-[r:PAIRED_WITH]->(area)
  WITH unit, r, CASE WHEN r.since >= unit.since OR unit.since IS NULL THEN r.since ELSE unit.since END AS begins,
    CASE WHEN r.until <= unit.until OR unit.until IS NULL THEN r.until ELSE unit.until END AS ends
  WHERE begins IS NULL OR ends IS NULL OR begins < ends
  RETURN {unit: unit, begins: begins, ends: ends} ORDER BY unit.id, r.id
} AS pairings
WHERE none(p IN pairings WHERE (p.begins IS NULL OR p.begins <= $as_of) AND (p.ends IS NULL OR p.ends > $as_of))
WITH known, partners, street, community, area, [p IN pairings WHERE p.ends <= $as_of] AS past, [p IN pairings WHERE p.begins > $as_of] AS coming
WITH known, partners, street, community, area, past, coming, reduce(day = null, p IN past | CASE WHEN day IS NULL OR p.ends > day THEN p.ends ELSE day END) AS ended,
  reduce(day = null, p IN coming | CASE WHEN day IS NULL OR p.begins < day THEN p.begins ELSE day END) AS begins
WITH known, partners, street, community, area, ended, begins, head([p IN past WHERE p.ends = ended | p.unit]) AS last, head([p IN coming WHERE p.begins = begins | p.unit]) AS next,
  CASE WHEN ended IS NOT NULL THEN 'ended' WHEN begins IS NOT NULL THEN 'not-begun' ELSE 'never' END AS why
WHERE $why IS NULL OR why = $why
WITH street, community AS parent, area AS place, ended, begins, last AS former, next AS coming, why,
  CASE WHEN area:Grid THEN partners ELSE [] END AS partners, known OR EXISTS {
    MATCH (area)<-[c:COMPLETE_FOR]-(l:Ledger)
    WHERE l.kind = 'pairings' AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
      AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
  } AS complete
// answer
RETURN {id: place.id, label: CASE WHEN place:Grid THEN 'Grid' ELSE 'Community' END, name: place.name} AS area, {id: parent.id, label: 'Community', name: parent.name} AS community,
  {id: street.id, label: 'Street', name: street.name} AS street, why, CASE WHEN complete THEN 'uncovered' ELSE 'unknown' END AS state,
  ended, CASE WHEN former IS NOT NULL THEN {id: former.id, label: 'Unit', name: former.name} END AS last, begins,
  CASE WHEN coming IS NOT NULL THEN {id: coming.id, label: 'Unit', name: coming.name} END AS next,
  [u IN partners | {id: u.id, label: 'Unit', name: u.name}] AS above
ORDER BY place.id SKIP $skip LIMIT $limit
