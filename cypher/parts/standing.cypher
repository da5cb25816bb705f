// Judges raised, a case, on $as_of by the steps that were recorded up to that day. Leaves beside what was there: taken (its
// steps in order), state (where no step came yet, that before the first; where none is recorded at all, its state now),
// next_due_on (day by which the next step is due; null where none is awaited).
WITH *, COLLECT { MATCH (raised)<-[:STEP_OF]-(step:CaseStep) RETURN step ORDER BY step.number, step.id } AS taken
WITH *, [x IN taken WHERE x.taken_on IS NULL OR x.taken_on <= $as_of] AS past
WITH *, CASE WHEN size(past) > 0 THEN past[-1].to_state WHEN size(taken) > 0 THEN coalesce(taken[0].from_state, raised.state) ELSE raised.state END AS state
WITH *, CASE WHEN size(past) > 0 THEN past[-1].due_on WHEN raised.closed_on > $as_of OR raised.closed_on IS NULL AND NOT state IN ['solved', 'closed']
    THEN coalesce(CASE WHEN size(taken) = 0 THEN raised.next_due_on END, raised.due_on) END AS next_due_on
