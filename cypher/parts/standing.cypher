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
