/*
question:
  zh: 这个问题应由谁来办？
  en: Who should answer this case?
area: dispatch
parameters:
  case: {type: Case, zh: 问题编号, en: Case id}
  hour: {type: integer, default: null, minimum: 0, maximum: 23, zh: "整点（0至23），空为当日任何时刻", en: "Full hour, 0 to 23, at which a resource has to be open; any time of the day where left out"}
  full: {type: integer, default: 10, minimum: 1, maximum: 10000, zh: 在办问题达到几件即视为满负荷, en: Open cases from which on a candidate counts as full and comes after those who are not}
columns:
  - {name: candidate, type: entity, zh: 候选承办方, en: Candidate}
  - {name: reason, type: string, zh: 最近的理由, en: 'Nearest reason: paired with the area, assigned to it with a matching ability, seated on its joint committee, or offering a resource that serves it'}
  - {name: reasons, type: strings, zh: 全部理由, en: All reasons}
  - {name: matches, type: strings, zh: 与问题相符的职业或服务, en: Professions and services that fit the case}
  - {name: load, type: integer, unit: cases, zh: 在办问题数, en: Open cases that it holds}
  - {name: open, type: string, zh: "资源届时是否开放（open 开放，closed 不开放，unknown 无法判读），空为不经资源", en: "Whether its resource is open then: open, closed, or unknown where the schedule cannot be read; null where it needs no resource"}
  - {name: refused, type: boolean, zh: 是否已拒办此问题, en: Whether it refused this case}
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops from the case}
  - {name: path, type: path, zh: 从问题到候选方的路径, en: Path from the case to the candidate}
grain: {zh: "每个候选方一行，宜者在前", en: 'one row per candidate, the most suitable first'}
expected:
  parameters: {case: case-1, as_of: 2026-06-01}
  rows:
    - [{id: unit-a, label: Unit, name: 甲区法院, title: null}, paired, [paired], [], 1, null, false, 2, {nodes: [{id: case-1, label: Case, name: 楼道堆物, title: null}, {id: '990101001001001', label: Grid, name: 松一网格, title: null}, {id: unit-a, label: Unit, name: 甲区法院, title: null}], steps: [{id: 'RAISED_IN:case-1>990101001001001', type: RAISED_IN, from: case-1, to: '990101001001001', role: null, programme: null, since: null, until: null, source: src-cases, source_ref: 'row 2'}, {id: 'PAIRED_WITH:unit-a>990101001001001', type: PAIRED_WITH, from: unit-a, to: '990101001001001', role: null, programme: prog-pairs, since: 2026-01-01, until: null, source: src-pairings, source_ref: 'row 2'}]}]
    - [{id: member-04, label: Member, name: 社区民警, title: 社区民警}, assigned, [assigned], [police], 0, null, false, 2, {nodes: [{id: case-1, label: Case, name: 楼道堆物, title: null}, {id: '990101001001001', label: Grid, name: 松一网格, title: null}, {id: member-04, label: Member, name: 社区民警, title: 社区民警}], steps: [{id: 'RAISED_IN:case-1>990101001001001', type: RAISED_IN, from: case-1, to: '990101001001001', role: null, programme: null, since: null, until: null, source: src-cases, source_ref: 'row 2'}, {id: 'ASSIGNED_TO:member-04>990101001001001', type: ASSIGNED_TO, from: member-04, to: '990101001001001', role: professional, programme: null, since: 2026-01-01, until: null, source: src-workers, source_ref: 'row 5'}]}]
    - [{id: unit-b, label: Unit, name: 乙银行, title: null}, seated, [seated], [], 0, null, false, 4, {nodes: [{id: case-1, label: Case, name: 楼道堆物, title: null}, {id: '990101001001001', label: Grid, name: 松一网格, title: null}, {id: '990101001001', label: Community, name: 松社区, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, {id: unit-b, label: Unit, name: 乙银行, title: null}], steps: [{id: 'RAISED_IN:case-1>990101001001001', type: RAISED_IN, from: case-1, to: '990101001001001', role: null, programme: null, since: null, until: null, source: src-cases, source_ref: 'row 2'}, {id: 'PART_OF:990101001001001>990101001001', type: PART_OF, from: '990101001001001', to: '990101001001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 9'}, {id: 'RESPONSIBLE_FOR:org-joint-1>990101001001', type: RESPONSIBLE_FOR, from: org-joint-1, to: '990101001001', role: null, programme: null, since: 2026-01-01, until: null, source: src-chain, source_ref: 'row 15'}, {id: 'SITS_ON:unit-b>org-joint-1', type: SITS_ON, from: unit-b, to: org-joint-1, role: joint-party-committee-member, programme: null, since: 2026-01-01, until: null, source: src-pairings, source_ref: 'row 3'}]}]
*/
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
// answer
RETURN {id: able.id, label: head([l IN labels(able) WHERE l <> 'Entity']), name: able.name, title: able.title} AS candidate,
  reason, reasons, matches, load, open, refused, size(links) AS hops,
// part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
// end: path
ORDER BY refused, load >= $full, coalesce(open, 'open') = 'closed', rank, hops, size(matches) DESC, load, able.id SKIP $skip LIMIT $limit
