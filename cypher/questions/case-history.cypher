/*
question:
  zh: 某问题是怎样一步步办的？
  en: Which steps were taken with a case, by whom, when and why?
area: dispatch
parameters:
  case: {type: Case, zh: 问题编号, en: Case id}
columns:
  - {name: number, type: integer, zh: "第几步，空表示由台账得知", en: "Which step it was; null where a ledger tells of it"}
  - {name: step, type: string, zh: 步骤, en: Step}
  - {name: day, type: date, zh: 日期, en: Day}
  - {name: from_state, type: string, zh: 之前的状态, en: State before}
  - {name: to_state, type: string, zh: 之后的状态, en: State after}
  - {name: actor, type: entity, zh: 由谁, en: Who took it}
  - {name: target, type: entity, zh: 对象, en: "To whom the case went, or with whom it lay"}
  - {name: detail, type: string, zh: "内容（新种类、新层级）", en: 'What it set: a kind, a level'}
  - {name: reason, type: string, zh: 理由或说明, en: "Why, or what was done"}
  - {name: author, type: string, zh: 操作人, en: Who recorded it}
  - {name: due_on, type: date, zh: 下一步期限, en: Day by which the step after it was due}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: "每一步一行，先后为序", en: 'one row per step, in their order'}
expected:
  parameters: {case: case-4, as_of: 2026-06-01}
  rows:
    - [1, raise, 2026-05-28, null, raised, {id: member-09, label: Member, name: 梅一网格志愿者, title: 梅一网格志愿者}, null, wall, null, tester, 2026-05-29, src-cases, row 5]
    - [2, whistle, 2026-05-29, raised, whistled, null, null, null, 请住建部门看, tester, 2026-05-29, src-cases, row 5]
*/
// Steps that were recorded as such, and before them those that the days of a ledger tell of. A ledger keeps no day of a refusal.
MATCH (raised:Case {id: $case})
CALL (raised) {
  MATCH (raised)<-[:STEP_OF]-(s:CaseStep)
  WHERE s.taken_on IS NULL OR s.taken_on <= $as_of
  RETURN s.number AS number, s.step AS step, s.taken_on AS day, s.from_state AS from_state, s.to_state AS to_state, coalesce(s.actor, '') AS by, coalesce(s.target, '') AS at,
    s.detail AS detail, s.why AS reason, s.author AS author, s.due_on AS due_on, s AS fact, s AS taken, s.taken_on AS place, 0 AS rank, s.id AS key
  UNION ALL
  WITH raised
  WHERE raised.raised_on <= $as_of AND NOT EXISTS { MATCH (raised)<-[:STEP_OF]-(:CaseStep {step: 'raise'}) }
  RETURN null AS number, 'raise' AS step, raised.raised_on AS day, null AS from_state, 'raised' AS to_state, '' AS by, '' AS at,
    null AS detail, null AS reason, null AS author, null AS due_on, raised AS fact, null AS taken, raised.raised_on AS place, 0 AS rank, raised.id AS key
  UNION ALL
  MATCH (raised)-[d:DISPATCHED_TO]->(to)
  UNWIND [
    {step: 'dispatch', day: d.dispatched_on, state: 'dispatched', told: d.dispatched_on IS NOT NULL, rank: 1},
    {step: 'accept', day: d.accepted_on, state: 'accepted', told: d.accepted_on IS NOT NULL, rank: 2},
    {step: 'refuse', day: null, state: 'refused', told: d.outcome = 'refused', rank: 3},
    {step: 'recall', day: d.closed_on, state: 'raised', told: d.outcome = 'recalled', rank: 4},
    {step: 'done', day: d.closed_on, state: 'solved', told: coalesce(d.outcome, 'open') IN ['solved', 'open'] AND d.closed_on IS NOT NULL, rank: 5}] AS x
  WITH raised, d, to, x
  WHERE x.told AND coalesce(x.day, d.dispatched_on, $as_of) <= $as_of AND NOT EXISTS {
    MATCH (raised)<-[:STEP_OF]-(s:CaseStep)
    WHERE s.step = x.step AND s.target = to.id AND (s.taken_on = x.day OR x.day IS NULL)
  }
  RETURN null AS number, x.step AS step, x.day AS day, null AS from_state, x.state AS to_state, CASE WHEN x.rank IN [2, 3, 5] THEN to.id ELSE '' END AS by, to.id AS at,
    null AS detail, CASE x.step WHEN 'refuse' THEN d.refusal END AS reason, null AS author, null AS due_on, d AS fact, null AS taken, coalesce(x.day, d.dispatched_on) AS place,
    x.rank AS rank, d.id AS key
}
OPTIONAL MATCH (who:Entity {id: by})
OPTIONAL MATCH (other:Entity {id: at})
// answer
RETURN number, step, day, from_state, to_state, CASE WHEN who IS NOT NULL THEN {id: who.id, label: head([l IN labels(who) WHERE l <> 'Entity']), name: who.name, title: who.title} END AS actor,
  CASE WHEN other IS NOT NULL THEN {id: other.id, label: head([l IN labels(other) WHERE l <> 'Entity']), name: other.name, title: other.title} END AS target,
  detail, reason, author, due_on, fact.source AS source, fact.source_ref AS source_ref
ORDER BY coalesce(number, 0), place, rank, key SKIP $skip LIMIT $limit
