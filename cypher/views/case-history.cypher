/*
view:
  zh: "问题的每一步、由谁、对谁"
  en: "Each step of the case, who took it and to whom it went"
shows: more
*/
// body of: case-history
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
// end of: case-history
WITH number, place, rank, key, [x IN [raised, taken, who, other] WHERE x IS NOT NULL] AS nodes
ORDER BY coalesce(number, 0), place, rank, key SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
