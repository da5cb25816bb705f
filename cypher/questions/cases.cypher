/*
question:
  zh: 某区域有哪些问题，各到了哪一步？
  en: Which cases does an area have, and how far is each?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  state: {type: string, default: null, values: [raised, whistled, dispatched, accepted, refused, solved, closed], zh: 只看一种状态, en: Only one state}
  open: {type: boolean, default: null, zh: 只看未办结的或已办结的, en: "Only those that wait to be solved, or only the others"}
  late: {type: boolean, default: null, zh: 只看超期的或未超期的, en: "Only those that are late, or only the others"}
  kind: {type: string, default: null, zh: 只看一个种类（代码）, en: "Only one kind, by its code"}
  channel: {type: string, default: null, values: [full-time-worker, demonstration, forum, volunteer-team, resident], zh: 只看一个渠道, en: Only one channel}
  holder: {type: Entity, default: null, zh: 只看在某承办方手上的, en: "Only those that lie with one unit, organization or member"}
columns:
  - {name: case, type: entity, zh: 问题, en: Case}
  - {name: kind, type: string, zh: 问题种类, en: Kind of case}
  - {name: state, type: string, zh: 状态, en: State}
  - {name: late, type: boolean, zh: "是否超期（下一步或办结已过期限）", en: 'Whether it is late: the next step, or solving it, is overdue'}
  - {name: area, type: entity, zh: 发生的区域, en: Area where it was raised}
  - {name: channel, type: string, zh: 渠道, en: Channel}
  - {name: raised_on, type: date, zh: 提出日期, en: Day on which it was raised}
  - {name: due_on, type: date, zh: 办结期限, en: Day by which it should be solved}
  - {name: next_due_on, type: date, zh: 下一步期限, en: Day by which the next step is due}
  - {name: holders, type: entities, zh: 承办方, en: With whom it lies}
  - {name: steps, type: integer, unit: steps, zh: "已记录的步数，0 表示只见于台账", en: "Steps recorded so far; 0 for a case that only a ledger tells of"}
grain: {zh: "每个问题一行，下一步期限近者在前", en: 'one row per case, the nearest deadline first'}
expected:
  parameters: {open: true, as_of: 2026-06-01}
  rows:
    - [{id: case-1, label: Case, name: 楼道堆物}, hazard, dispatched, true, {id: '990101001001001', label: Grid, name: 松一网格}, full-time-worker, 2026-05-10, 2026-05-20, 2026-05-20, [{id: unit-a, label: Unit, name: 甲区法院, title: null}], 0]
    - [{id: case-4, label: Case, name: 围墙开裂}, wall, whistled, true, {id: '990101002002001', label: Grid, name: 竹一网格}, volunteer-team, 2026-05-28, 2026-06-10, 2026-05-29, [], 2]
    - [{id: case-2, label: Case, name: 路面破损}, road, refused, false, {id: '990101001002001', label: Grid, name: 柏一网格}, demonstration, 2026-05-12, 2026-06-12, 2026-06-12, [], 0]
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
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH DISTINCT place, raised
// read as a map, in one pass over the properties: half the time of one after another
WITH place, raised, raised {.id, .kind, .channel, .state, .raised_on, .closed_on, .due_on, .next_due_on} AS told
WHERE (told.raised_on IS NULL OR told.raised_on <= $as_of) AND ($kind IS NULL OR told.kind = $kind) AND ($channel IS NULL OR told.channel = $channel)
// part: standing
// Judges raised, a case, on $as_of by the steps that were recorded up to that day; told has its state, closed_on, due_on and
// next_due_on, read at once. Leaves beside what was there: taken (its steps in order), state (where no step came yet, that
// before the first; where none is recorded at all, its state now), next_due_on (day by which the next step is due; null
// where none is awaited).
WITH *, CASE WHEN COUNT { (raised)<-[:STEP_OF]-() } = 0 THEN []
  ELSE COLLECT { MATCH (raised)<-[:STEP_OF]-(step:CaseStep) RETURN step ORDER BY step.number, step.id } END AS taken
WITH *, [x IN taken WHERE x.taken_on IS NULL OR x.taken_on <= $as_of] AS past
WITH *, CASE WHEN size(past) > 0 THEN past[-1].to_state WHEN size(taken) > 0 THEN coalesce(taken[0].from_state, told.state) ELSE told.state END AS state
WITH *, CASE WHEN size(past) > 0 THEN past[-1].due_on WHEN told.closed_on > $as_of OR told.closed_on IS NULL AND NOT state IN ['solved', 'closed']
    THEN coalesce(CASE WHEN size(taken) = 0 THEN told.next_due_on END, told.due_on) END AS next_due_on
// end: standing
WITH place, raised, told, state, next_due_on, size(past) AS steps,
  coalesce(next_due_on < $as_of, false) OR NOT state IN ['solved', 'closed'] AND (told.closed_on IS NULL OR told.closed_on > $as_of)
    AND coalesce(told.due_on < $as_of, false) AS late
WHERE ($state IS NULL OR state = $state) AND ($late IS NULL OR late = $late) AND ($open IS NULL OR NOT state IN ['solved', 'closed'] = $open)
  AND ($holder IS NULL OR EXISTS {
    MATCH (raised)-[d:DISPATCHED_TO]->(to)
    WHERE to.id = $holder AND (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of)
    AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
    AND coalesce(d.outcome, 'open') <> 'refused' AND (d.closed_on > $as_of OR d.closed_on IS NULL AND NOT coalesce(d.outcome, 'open') IN ['solved', 'recalled'])
  })
// The holders of the page alone are looked up.
WITH place, raised, told, state, next_due_on, steps, late
ORDER BY next_due_on, told.id, place.id LIMIT $skip + $limit
WITH place, raised, told, state, next_due_on, steps, late, COLLECT {
  MATCH (raised)-[d:DISPATCHED_TO]->(to)
  WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of)
    AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
    AND coalesce(d.outcome, 'open') <> 'refused' AND (d.closed_on > $as_of OR d.closed_on IS NULL AND NOT coalesce(d.outcome, 'open') IN ['solved', 'recalled'])
  WITH DISTINCT to
  RETURN to ORDER BY to.id
} AS holders
// answer
RETURN {id: told.id, label: 'Case', name: raised.name} AS case, told.kind AS kind, state, late,
  {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} AS area, told.channel AS channel,
  told.raised_on AS raised_on, told.due_on AS due_on, next_due_on,
  [x IN holders | {id: x.id, label: head([l IN labels(x) WHERE l <> 'Entity']), name: x.name, title: x.title}] AS holders, steps
ORDER BY next_due_on, told.id, place.id SKIP $skip LIMIT $limit
