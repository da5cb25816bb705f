/*
question:
  zh: 哪些问题的下一步已到期或即将到期，该由谁办？
  en: Which cases wait for a step that is overdue or due soon, and who has to take it?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  ahead: {type: integer, default: 0, minimum: 0, maximum: 366, zh: 还看今后几天内到期的, en: Days to look ahead; 0 for what is overdue or due that day}
columns:
  - {name: case, type: entity, zh: 问题, en: Case}
  - {name: kind, type: string, zh: 问题种类, en: Kind of case}
  - {name: state, type: string, zh: 状态, en: State}
  - {name: area, type: entity, zh: 发生的区域, en: Area where it was raised}
  - {name: level, type: string, zh: 目前所在层级（最低为社区）, en: 'Level of area at which it lies, a community at the least'}
  - {name: next_due_on, type: date, zh: 下一步期限, en: Day by which the next step is due}
  - {name: days_late, type: integer, unit: days, zh: "已超期天数，负数为还剩天数", en: "Days past that day; negative for days that are left"}
  - {name: waits_for, type: string, zh: "等谁（dispatcher 派单方，holder 承办方，raiser 提出人）", en: 'Who has to act: dispatcher, holder or raiser'}
  - {name: who, type: entities, zh: "具体是谁，空表示图谱不知道", en: "Who that is: the organizations responsible at its level, those with whom it lies, or who raised it; empty where the graph does not know"}
grain: {zh: "每个问题一行，超期最久者在前", en: 'one row per case, the longest overdue first'}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: case-1, label: Case, name: 楼道堆物}, hazard, dispatched, {id: '990101001001001', label: Grid, name: 松一网格}, Community, 2026-05-20, 12, holder, [{id: unit-a, label: Unit, name: 甲区法院, title: null}]]
    - [{id: case-4, label: Case, name: 围墙开裂}, wall, whistled, {id: '990101002002001', label: Grid, name: 竹一网格}, Community, 2026-05-29, 3, dispatcher, []]
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
WITH place, raised, raised {.id, .state, .raised_on, .closed_on, .due_on, .next_due_on} AS told
WHERE told.raised_on IS NULL OR told.raised_on <= $as_of
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
WITH place, raised, told, past, state, next_due_on, duration.inDays(next_due_on, $as_of).days AS days_late
WHERE days_late >= -$ahead AND state <> 'closed'
// Those of the page alone are looked up.
WITH place, raised, told, past, state, next_due_on, days_late
ORDER BY days_late DESC, told.id, place.id LIMIT $skip + $limit
WITH place, raised, past, state, next_due_on, days_late,
  CASE state WHEN 'dispatched' THEN 'holder' WHEN 'accepted' THEN 'holder' WHEN 'solved' THEN 'raiser' ELSE 'dispatcher' END AS waits_for,
  coalesce([x IN past WHERE x.step = 'escalate' | x.detail][-1], CASE WHEN size(past) = 0 THEN raised.level END, CASE WHEN place:Grid THEN 'Community' ELSE head([l IN labels(place) WHERE l <> 'Entity']) END) AS level,
  head([x IN past WHERE x.step = 'raise' | x.actor]) AS raiser
WITH place, raised, state, next_due_on, days_late, waits_for, level, CASE waits_for
  WHEN 'raiser' THEN COLLECT { MATCH (who:Entity {id: coalesce(raiser, '')}) RETURN who }
  WHEN 'holder' THEN COLLECT {
    MATCH (raised)-[d:DISPATCHED_TO]->(to)
    WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of)
      AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
      AND coalesce(d.outcome, 'open') <> 'refused' AND (d.closed_on > $as_of OR d.closed_on IS NULL AND NOT coalesce(d.outcome, 'open') IN ['solved', 'recalled'])
    WITH DISTINCT to
    RETURN to ORDER BY to.id
  }
  ELSE COLLECT {
    MATCH (place) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (above)
    WHERE level IN labels(above) AND (above.since IS NULL OR above.since <= $as_of) AND (above.until IS NULL OR above.until > $as_of)
    MATCH (above)<-[y:RESPONSIBLE_FOR]-(who:Organization)
    WHERE (y.since IS NULL OR y.since <= $as_of) AND (y.until IS NULL OR y.until > $as_of)
      AND (who.since IS NULL OR who.since <= $as_of) AND (who.until IS NULL OR who.until > $as_of)
    WITH DISTINCT who
    RETURN who ORDER BY who.id
  } END AS people
// answer
RETURN {id: raised.id, label: 'Case', name: raised.name} AS case, raised.kind AS kind, state,
  {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} AS area, level, next_due_on, days_late, waits_for,
  [x IN people | {id: x.id, label: head([l IN labels(x) WHERE l <> 'Entity']), name: x.name, title: x.title}] AS who
ORDER BY days_late DESC, raised.id, place.id SKIP $skip LIMIT $limit
