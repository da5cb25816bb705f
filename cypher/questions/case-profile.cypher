/*
question:
  zh: 某问题目前如何？
  en: How does one case stand?
area: dispatch
parameters:
  case: {type: Case, zh: 问题编号, en: Case id}
columns:
  - {name: case, type: entity, zh: 问题, en: Case}
  - {name: kind, type: string, zh: 问题种类, en: Kind of case}
  - {name: state, type: string, zh: 状态, en: State}
  - {name: late, type: boolean, zh: "是否超期（下一步或办结已过期限）", en: 'Whether it is late: the next step, or solving it, is overdue'}
  - {name: channel, type: string, zh: 渠道, en: Channel}
  - {name: areas, type: entities, zh: 发生的区域, en: Areas where it was raised}
  - {name: level, type: string, zh: 目前所在层级（最低为社区）, en: 'Level of area at which it lies, a community at the least'}
  - {name: raised_on, type: date, zh: 提出日期, en: Day on which it was raised}
  - {name: due_on, type: date, zh: 办结期限, en: Day by which it should be solved}
  - {name: next_due_on, type: date, zh: 下一步期限, en: Day by which the next step is due}
  - {name: due_assumed, type: boolean, zh: "期限所在年度的放假安排尚未公布，为推算", en: 'Whether its days were reckoned before the holiday calendar of the year was published'}
  - {name: closed_on, type: date, zh: 办结日期, en: Day on which it was solved}
  - {name: agreed_on, type: date, zh: 提出人确认日期, en: Day on which who raised it confirmed}
  - {name: reopened, type: integer, unit: times, zh: 被退回重办的次数, en: How often it was reopened}
  - {name: steps, type: integer, unit: steps, zh: 已记录的步数, en: Steps recorded so far}
  - {name: dispatches, type: maps, zh: "派单（给谁、派单日、接单期限、接单日、办结日、结果、拒绝原因）", en: 'Dispatches: to, dispatched_on, answer_by, accepted_on, closed_on, outcome, refusal'}
  - {name: details, type: map, zh: "经过、地址、位置（仅对有权者）", en: 'What happened, address and position, for those who may see names'}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: synthetic, type: boolean, zh: 是否为演示数据, en: Whether it was generated for demonstration}
grain: {zh: 一个问题一行, en: one row for the case}
expected:
  parameters: {case: case-4, as_of: 2026-06-01}
  rows:
    - [{id: case-4, label: Case, name: 围墙开裂}, wall, whistled, true, volunteer-team, [{id: '990101002002001', label: Grid, name: 竹一网格}], Community, 2026-05-28, 2026-06-10, 2026-05-29, false, null, null, 0, 2, [], {}, src-cases, row 5, null]
*/
MATCH (raised:Case {id: $case})
WITH raised, raised {.state, .closed_on, .due_on, .next_due_on} AS told
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
WITH raised, state, next_due_on, past, COLLECT {
  MATCH (raised)-[r:RAISED_IN]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT place
  RETURN {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name} ORDER BY place.id
} AS areas, COLLECT {
  MATCH (raised)-[d:DISPATCHED_TO]->(to)
  WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
  RETURN {to: {id: to.id, label: head([l IN labels(to) WHERE l <> 'Entity']), name: to.name, title: to.title}, dispatched_on: d.dispatched_on, answer_by: d.answer_by,
    accepted_on: CASE WHEN d.accepted_on <= $as_of THEN d.accepted_on END, closed_on: CASE WHEN d.closed_on <= $as_of THEN d.closed_on END,
    outcome: d.outcome, refusal: d.refusal} ORDER BY d.dispatched_on, to.id, d.id
} AS dispatches
WITH raised AS asked, state, next_due_on, past, areas, dispatches,
  coalesce(next_due_on < $as_of, false) OR NOT state IN ['solved', 'closed'] AND (raised.closed_on IS NULL OR raised.closed_on > $as_of)
    AND coalesce(raised.due_on < $as_of, false) AS late
// answer
RETURN {id: asked.id, label: 'Case', name: asked.name} AS case, asked.kind AS kind, state, late, asked.channel AS channel, areas,
  coalesce([x IN past WHERE x.step = 'escalate' | x.detail][-1], CASE WHEN size(past) = 0 THEN asked.level END, CASE areas[0].label WHEN 'Grid' THEN 'Community' ELSE areas[0].label END) AS level,
  asked.raised_on AS raised_on, asked.due_on AS due_on, next_due_on, coalesce(asked.due_assumed, false) AS due_assumed,
  CASE WHEN asked.closed_on <= $as_of THEN asked.closed_on END AS closed_on, CASE WHEN asked.agreed_on <= $as_of THEN asked.agreed_on END AS agreed_on,
  coalesce(asked.reopened, 0) AS reopened, size(past) AS steps, dispatches,
  {description: asked.description, address: asked.address, latitude: asked.latitude, longitude: asked.longitude} AS details,
  asked.source AS source, asked.source_ref AS source_ref, asked.synthetic AS synthetic
ORDER BY asked.id SKIP $skip LIMIT $limit
