/*
question:
  zh: 各承办方从派单到接单、到办结各用了多少天？
  en: How long did each of those to whom cases went take to accept and to solve them?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 问题发生的区域, en: 'Area where the cases were raised, with all that lies in it'}
  label: {type: string, default: null, values: [Unit, Organization, Member], zh: 只看一类承办方, en: Only one kind of responder}
  from: {type: date, default: null, zh: 派单的起始日（含）, en: First day of dispatch}
  to: {type: date, default: null, zh: "派单的终止日（含），空为截至日期", en: Last day of dispatch; as_of where left out}
columns:
  - {name: responder, type: entity, zh: 承办方, en: To whom cases went}
  - {name: dispatched, type: integer, unit: dispatches, zh: 派单次数, en: Dispatches}
  - {name: to_accept, type: maps, zh: "从派单到接单的天数（days 天，dispatches 次）", en: "Days from dispatch to acceptance: days, and how many dispatches took so long"}
  - {name: to_solve, type: maps, zh: "从派单到办结的天数（days 天，dispatches 次）", en: "Days from dispatch to closing: days, and how many dispatches took so long"}
grain: {zh: 每个承办方一行, en: "one row per unit, organization or member to whom a case went"}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: member-05, label: Member, name: 梅社区调解员, title: 梅社区调解员}, 1, [{days: 0, dispatches: 1}], [{days: 8, dispatches: 1}]]
    - [{id: unit-a, label: Unit, name: 甲区法院, title: null}, 1, [{days: 1, dispatches: 1}], []]
    - [{id: unit-b, label: Unit, name: 乙银行, title: null}, 1, [], []]
    - [{id: unit-d, label: Unit, name: 丁派出所, title: null}, 1, [{days: 1, dispatches: 1}], [{days: 32, dispatches: 1}]]
*/
MATCH (place:Entity)<-[r:RAISED_IN]-(raised:Case)
WHERE place.id STARTS WITH $area AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH DISTINCT raised
MATCH (raised)-[d:DISPATCHED_TO]->(to)
// read as a map, in one pass over the properties: half the time of one after another
WITH to, d {.dispatched_on, .accepted_on, .closed_on, .outcome, .since, .until} AS d
WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND ($from IS NULL OR d.dispatched_on >= $from) AND ($to IS NULL OR d.dispatched_on <= $to)
  AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of) AND ($label IS NULL OR $label IN labels(to))
WITH to, CASE WHEN d.dispatched_on IS NOT NULL AND d.accepted_on <= $as_of THEN duration.inDays(d.dispatched_on, d.accepted_on).days END AS wait,
  CASE WHEN d.dispatched_on IS NOT NULL AND coalesce(d.outcome, 'open') IN ['open', 'solved'] AND d.closed_on <= $as_of THEN duration.inDays(d.dispatched_on, d.closed_on).days END AS whole
WITH to, count(*) AS dispatched, collect(wait) AS waits, collect(whole) AS wholes
// The page alone is counted by days.
WITH to, dispatched, waits, wholes ORDER BY to.id LIMIT $skip + $limit
WITH to, dispatched,
  COLLECT { UNWIND waits AS days WITH days, count(*) AS n RETURN {days: days, dispatches: n} ORDER BY days } AS to_accept,
  COLLECT { UNWIND wholes AS days WITH days, count(*) AS n RETURN {days: days, dispatches: n} ORDER BY days } AS to_solve
RETURN {id: to.id, label: head([l IN labels(to) WHERE l <> 'Entity']), name: to.name, title: to.title} AS responder, dispatched, to_accept, to_solve
ORDER BY to.id SKIP $skip LIMIT $limit
