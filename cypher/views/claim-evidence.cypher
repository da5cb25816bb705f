/*
view:
  zh: "该指标、出处与图谱计入的每条记录"
  en: "The claim, its source and every record that the graph counts for it"
shows: rows
*/
// body of: claim-evidence
MATCH (c:Claim {id: $claim})
WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
WITH c, CASE WHEN coalesce(c.suppressed, false) THEN '' ELSE coalesce(c.metric, '') END AS metric
WITH c, metric, COLLECT {
  CALL (metric) {
    WITH metric WHERE metric STARTS WITH 'organizations.'
    MATCH (x:Organization)
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
      AND CASE metric WHEN 'organizations.task_force' THEN x.kind = 'task-force' WHEN 'organizations.grid_branch' THEN x.kind = 'grid-party-branch'
        WHEN 'organizations.demonstration' THEN x.demonstration WHEN 'organizations.levels' THEN x.level IS NOT NULL ELSE false END
    RETURN x, x AS fact, CASE WHEN metric <> 'organizations.levels' THEN 1 END AS adds
    UNION ALL
    WITH metric WHERE metric = 'units.district_agency'
    MATCH (x:Unit {district_agency: true})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH metric WHERE metric = 'grids.demonstration'
    MATCH (x:Grid {demonstration: true})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH metric WHERE metric = 'members.of_district_agencies'
    MATCH (u:Unit {district_agency: true})<-[r:MEMBER_OF]-(x:Member {party_member: true})
    WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    WITH DISTINCT x
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH metric WHERE metric IN ['members.reserve', 'members.full_time']
    MATCH (x:Member {kind: CASE metric WHEN 'members.reserve' THEN 'reserve-cadre' ELSE 'full-time-grid-worker' END})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH metric WHERE metric STARTS WITH 'members.professional'
    MATCH (x:Member {kind: 'professional-grid-worker'})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (metric = 'members.professional' OR metric = 'members.professional.' + x.profession) AND EXISTS {
      MATCH (x)-[r:ASSIGNED_TO {role: 'professional'}]->(a)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
    }
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    // the source gives no year: everything up to the day asked for counts
    WITH metric, CASE metric WHEN 'cases.demonstration.solved' THEN 'demonstration' WHEN 'cases.forum.solved' THEN 'forum'
        WHEN 'cases.volunteer_team.solved' THEN 'volunteer-team' ELSE 'full-time-worker' END AS channel
    WHERE metric STARTS WITH 'cases.' OR metric = 'rate.full_time_worker.solved'
    MATCH (x:Case {channel: channel})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (x.raised_on IS NULL OR x.raised_on <= $as_of)
    WITH metric, x, x.state IN ['solved', 'closed'] AND (x.closed_on IS NULL OR x.closed_on <= $as_of) AS solved
    WHERE metric IN ['cases.full_time_worker', 'rate.full_time_worker.solved'] OR metric ENDS WITH '.solved' AND solved OR metric = 'cases.full_time_worker.open' AND NOT solved
    RETURN x, x AS fact, CASE WHEN metric STARTS WITH 'cases.' THEN 1 END AS adds
    UNION ALL
    WITH metric, CASE metric WHEN 'activities.theme_day' THEN 'theme-day' WHEN 'activities.deliberation' THEN 'deliberation' WHEN 'activities.deliberation.disputes' THEN 'deliberation'
        WHEN 'activities.visit.attendance' THEN 'visit' WHEN 'activities.award.attendance' THEN 'award' END AS kind
    WHERE kind IS NOT NULL
    MATCH (x:Activity {kind: kind})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (x.held_on IS NULL OR x.held_on <= $as_of)
    RETURN x, x AS fact, CASE WHEN metric ENDS WITH '.attendance' THEN coalesce(x.attendance, 0) WHEN metric ENDS WITH '.disputes' THEN coalesce(x.disputes, 0) ELSE 1 END AS adds
    UNION ALL
    WITH metric WHERE metric IN ['resources.station', 'resources.canteen']
    MATCH (x:Resource {kind: split(metric, '.')[1]})
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH metric WHERE metric = 'resources.parking.capacity'
    MATCH (x:Resource {kind: 'parking'})<-[r:OFFERS]-(o)
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
    RETURN x, r AS fact, coalesce(r.capacity, 0) AS adds
  }
  RETURN [x, fact, adds]
} AS counted
OPTIONAL MATCH (s:Source {id: c.source})
WITH c, s, metric, counted, head(COLLECT {
  MATCH (c)-[r:STATED_IN]->()
  RETURN r.phrase ORDER BY r.id
}) AS phrase
UNWIND CASE WHEN size(counted) = 0 THEN [[null, null, null]] ELSE counted END AS item
WITH c, s, phrase, item[0] AS x, item[1] AS fact, item[2] AS adds
// end of: claim-evidence
WITH x, fact, [c, s, x] AS nodes
ORDER BY x.id, fact.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
