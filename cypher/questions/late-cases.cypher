/*
question:
  zh: 哪些问题已超期或被拒办，在谁手上？
  en: Which cases are late or were refused, and with whom do they lie?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  reason: {type: string, default: null, values: [late, refused], zh: 只看一种原因, en: Only one reason}
columns:
  - {name: case, type: entity, zh: 问题, en: Case}
  - {name: kind, type: string, zh: 问题种类, en: Kind of case}
  - {name: area, type: entity, zh: 发生的区域, en: Area where it was raised}
  - {name: reasons, type: strings, zh: 超期、被拒办, en: 'Late: not closed by its due day; refused: by all to whom it went'}
  - {name: raised_on, type: date, zh: 提出日期, en: Day on which it was raised}
  - {name: due_on, type: date, zh: 办结期限, en: Day by which it should be closed}
  - {name: days_late, type: integer, unit: days, zh: 超期天数, en: 'Days past the due day, 0 where it is not late'}
  - {name: holders, type: entities, zh: 承办方, en: 'With whom it lies: dispatched there, neither refused nor closed'}
  - {name: refusals, type: maps, zh: 拒办（方、派单日期、原因）, en: 'Who refused it: by, dispatched_on, refusal'}
grain: {zh: 每个问题一行, en: one row per case}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: case-1, label: Case, name: 楼道堆物}, hazard, {id: '990101001001001', label: Grid, name: 松一网格}, [late], 2026-05-10, 2026-05-20, 12, [{id: unit-a, label: Unit, name: 甲区法院, title: null}], []]
    - [{id: case-2, label: Case, name: 路面破损}, road, {id: '990101001002001', label: Grid, name: 柏一网格}, [refused], 2026-05-12, 2026-06-12, 0, [], [{by: {id: unit-b, label: Unit, name: 乙银行, title: null}, dispatched_on: 2026-05-13, refusal: 不属本单位职责}]]
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
MATCH (place)<-[r:RAISED_IN]-(raised:Case)
WHERE (raised.closed_on > $as_of OR raised.closed_on IS NULL AND NOT raised.state IN ['solved', 'closed'])
  AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH DISTINCT place, raised
WITH place, raised, COLLECT {
  MATCH (raised)-[d:DISPATCHED_TO]->(to)
  WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of)
    AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
  RETURN [to, d] ORDER BY to.id, d.id
} AS dispatches
WITH place, raised, [x IN dispatches WHERE x[1].outcome = 'refused'] AS refusals,
  [x IN dispatches WHERE coalesce(x[1].outcome, 'open') <> 'refused' AND (x[1].closed_on > $as_of OR x[1].closed_on IS NULL AND NOT coalesce(x[1].outcome, 'open') IN ['solved', 'recalled'])] AS holders
WITH place, raised, refusals, holders,
  CASE WHEN raised.due_on < $as_of THEN ['late'] ELSE [] END
  + CASE WHEN size(holders) = 0 AND (raised.state = 'refused' OR size(refusals) > 0) THEN ['refused'] ELSE [] END AS reasons
WHERE size(reasons) > 0 AND ($reason IS NULL OR $reason IN reasons)
WITH place, raised, refusals, holders, reasons, CASE WHEN raised.due_on < $as_of THEN duration.inDays(raised.due_on, $as_of).days ELSE 0 END AS days_late
// answer
RETURN {id: raised.id, label: 'Case', name: raised.name} AS case, raised.kind AS kind,
  {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} AS area, reasons,
  raised.raised_on AS raised_on, raised.due_on AS due_on, days_late,
  [x IN holders | {id: x[0].id, label: head([l IN labels(x[0]) WHERE l <> 'Entity']), name: x[0].name, title: x[0].title}] AS holders,
  [x IN refusals | {by: {id: x[0].id, label: head([l IN labels(x[0]) WHERE l <> 'Entity']), name: x[0].name, title: x[0].title},
    dispatched_on: x[1].dispatched_on, refusal: x[1].refusal}] AS refusals
ORDER BY days_late DESC, raised.id, place.id SKIP $skip LIMIT $limit
