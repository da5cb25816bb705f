/*
view:
  zh: "从问题到各候选承办方的最近路径"
  en: "The nearest path from the case to each candidate"
shows: rows
*/
// body of: case-candidates
// What fits a kind of case stands in its CaseKind; areas above the case's own count as farther away. Who is full, or whose
// resource is closed, comes after those who are not, whatever else speaks for it; who refused the case comes last.
MATCH (raised:Case {id: $case})-[at:RAISED_IN]->(spot)
WHERE (at.since IS NULL OR at.since <= $as_of) AND (at.until IS NULL OR at.until > $as_of)
WITH raised, at, spot, head(COLLECT {
  MATCH (kind:CaseKind)
  WHERE kind.code = raised.kind AND (kind.since IS NULL OR kind.since <= $as_of) AND (kind.until IS NULL OR kind.until > $as_of)
  RETURN [coalesce(kind.professions, []), coalesce(kind.services, [])] ORDER BY kind.id LIMIT 1
}) AS found
WITH raised, at, spot, coalesce(found, [[], []]) AS wanted
MATCH up = (spot) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (:District)
WHERE all(n IN nodes(up) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
UNWIND range(0, length(up)) AS i
WITH raised, wanted, nodes(up)[i] AS place, [raised] + nodes(up)[..i + 1] AS stops, [at] + relationships(up)[..i] AS steps
CALL (place, wanted) {
  MATCH (place)<-[r:PAIRED_WITH]-(candidate:Unit)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN candidate, 'paired' AS reason, 1 AS rank, [candidate] AS far, [r] AS links, [code IN coalesce(r.services, []) WHERE code IN wanted[1]] AS fits, null AS schedule
  UNION ALL
  MATCH (place)<-[r:ASSIGNED_TO]-(candidate:Member)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (r.profession IN wanted[0] OR any(skill IN coalesce(candidate.skills, []) WHERE skill IN wanted[1]))
  RETURN candidate, 'assigned' AS reason, 2 AS rank, [candidate] AS far, [r] AS links,
    [p IN wanted[0] WHERE p = r.profession] + [skill IN coalesce(candidate.skills, []) WHERE skill IN wanted[1]] AS fits, null AS schedule
  UNION ALL
  MATCH (place)<-[r:RESPONSIBLE_FOR]-(body:Organization)<-[s:SITS_ON]-(candidate:Unit)
  WHERE body.kind IN ['joint-party-committee', 'joint-working-committee']
    AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
    AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  RETURN candidate, 'seated' AS reason, 3 AS rank, [body, candidate] AS far, [r, s] AS links, [] AS fits, null AS schedule
  UNION ALL
  MATCH (place)<-[r:SERVES]-(resource:Resource)<-[o:OFFERS]-(candidate)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
    AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
  MATCH (resource)-[g:PROVIDES]->(service:Service)
  WHERE service.code IN wanted[1] AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
    AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  WITH candidate, resource, r, o, collect(DISTINCT service.code) AS fits
  RETURN candidate, 'offers' AS reason, 4 AS rank, [resource, candidate] AS far, [r, o] AS links, fits, coalesce(o.schedule, resource.schedule) AS schedule
}
WITH raised, wanted, candidate, reason, rank, stops + far AS stops, steps + links AS links, fits, schedule
WHERE (candidate.since IS NULL OR candidate.since <= $as_of) AND (candidate.until IS NULL OR candidate.until > $as_of)
// part: opening
// Reads a schedule, such as 周一至周五 08:30-17:00. Leaves beside what was there state: open, closed, or unknown where it
// is absent or cannot be read, on $as_of and at $hour (any time of that day where $hour is null).
CALL (schedule) {
  WITH split(schedule, ' ') AS words
  WITH words, CASE words[0] WHEN '每日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周六' THEN [1, 2, 3, 4, 5, 6]
      WHEN '周一至周五' THEN [1, 2, 3, 4, 5] WHEN '工作日' THEN [1, 2, 3, 4, 5] WHEN '周末' THEN [6, 7] WHEN '周六' THEN [6] WHEN '周日' THEN [7] END AS days,
    split(words[1], '-') AS hours
  WITH days, CASE WHEN size(words) = 2 AND size(hours) = 2 AND all(h IN hours WHERE size(h) = 5 AND substring(h, 2, 1) = ':') THEN hours END AS hours,
    CASE WHEN $hour < 10 THEN '0' ELSE '' END + toString($hour) + ':00' AS time
  RETURN CASE WHEN days IS NULL OR hours IS NULL THEN 'unknown' WHEN NOT $as_of.dayOfWeek IN days THEN 'closed' WHEN $hour IS NULL THEN 'open'
      WHEN hours[0] <= hours[1] AND hours[0] <= time AND time < hours[1] THEN 'open'
      WHEN hours[0] > hours[1] AND (hours[0] <= time OR time < hours[1]) THEN 'open' ELSE 'closed' END AS state
}
// end: opening
WITH raised, wanted, candidate, reason, rank, stops, links, fits, CASE WHEN reason = 'offers' THEN state END AS state, size(links) AS hops, [l IN links | l.id] AS ids
ORDER BY rank, hops, ids
WITH raised, wanted, candidate, collect({reason: reason, rank: rank, stops: stops, links: links, fits: fits, state: state}) AS ways
WITH candidate AS able, ways[0].reason AS reason, ways[0].rank AS rank, ways[0].stops AS stops, ways[0].links AS links,
  [r IN ['paired', 'assigned', 'seated', 'offers'] WHERE any(w IN ways WHERE w.reason = r)] AS reasons,
  [f IN wanted[0] + [code IN wanted[1] WHERE NOT code IN wanted[0]] WHERE any(w IN ways WHERE f IN w.fits)] AS matches,
  CASE WHEN all(w IN ways WHERE w.reason = 'offers')
    THEN head([x IN ['open', 'unknown', 'closed'] WHERE any(w IN ways WHERE w.state = x)]) END AS open,
  size(COLLECT {
    MATCH (candidate)<-[d:DISPATCHED_TO]-(other:Case)
    WHERE (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
      AND (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND coalesce(d.outcome, 'open') <> 'refused'
      AND (d.closed_on > $as_of OR d.closed_on IS NULL AND NOT coalesce(d.outcome, 'open') IN ['solved', 'recalled'])
      AND (other.closed_on > $as_of OR other.closed_on IS NULL AND NOT other.state IN ['solved', 'closed'])
    RETURN DISTINCT other
  }) AS load,
  EXISTS {
    MATCH (candidate)<-[d:DISPATCHED_TO]-(raised)
    WHERE (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
      AND (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND d.outcome = 'refused'
  } AS refused
// end of: case-candidates
RETURN stops AS nodes, links
ORDER BY refused, load >= $full, coalesce(open, 'open') = 'closed', rank, size(links), size(matches) DESC, load, able.id SKIP $skip LIMIT $limit
