/*
question:
  zh: 来源中的指标与图谱是否相符？
  en: Do the claims of the sources agree with the graph?
area: provenance
parameters:
  area: {type: Area, default: home, zh: "区域编号：统计其中的记录，台账亦须完整覆盖该区域", en: "Area id: what is recorded in it is counted, and a ledger must be complete for it"}
  verdict: {type: string, default: null, values: [supported, contradicted, untestable], zh: 只看某一结论, en: Only this verdict}
columns:
  - {name: claim, type: entity, zh: 指标, en: Claim}
  - {name: value, type: float, zh: "数值，空表示无数值或不公开", en: Value; null where there is none or it is withheld}
  - {name: bound, type: string, zh: 确数还是下限, en: Exact or lower bound}
  - {name: unit, type: string, zh: 计量单位, en: Unit of the value}
  - {name: counted, type: float, zh: "图谱统计值（与区域无联系的记录不计）", en: "The graph's own count for the area, in the same unit; what no link places there does not count"}
  - {name: records, type: integer, unit: records, zh: 统计所依据的记录数, en: Records behind the count}
  - {name: synthetic, type: integer, unit: records, zh: 其中演示数据的记录数, en: "Of these, generated ones"}
  - {name: verdict, type: state, zh: 结论, en: Verdict}
  - {name: reason, type: string, zh: 依据, en: Reason}
  - {name: ledger, type: string, zh: 检验所需台账种类, en: Kind of ledger that a test needs}
  - {name: remark, type: string, zh: 不可检验的说明, en: Why nothing could test it}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个指标一行, en: one row per claim}
sets: [PLACED, MEMBERSHIP, GATHERING]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: claim-1, label: Claim, name: 示范点2个}, 2.0, exact, grids, 2.0, 2, 0, supported, equal, areas, null, src-article, "5:1"]
    - [{id: claim-2, label: Claim, name: 专职网格员1名}, 1.0, exact, people, 2.0, 2, 2, contradicted, more-counted, workers, null, src-article, "5:20"]
    - [{id: claim-3, label: Claim, name: 食堂3家以上}, 3.0, lower, resources, 1.0, 1, 0, untestable, ledger-missing, resources, null, src-article, "5:40"]
    - [{id: claim-4, label: Claim, name: 居民满意}, null, null, null, null, null, null, untestable, no-metric, null, no record of how content people are, src-article, "5:60"]
    - [{id: claim-5, label: Claim, name: 专职网格员解决问题1件以上}, 1.0, lower, cases, 1.0, 1, 0, supported, at-least-as-many, cases, null, src-article, "5:80"]
    - [{id: claim-6, label: Claim, name: 网格党组织3个}, 3.0, exact, organizations, 3.0, 3, 0, untestable, ledger-missing, party-chain, null, src-article, "5:100"]
    - [{id: claim-7, label: Claim, name: 解决率95.18%}, 95.18, exact, percent, 50.0, 2, 0, untestable, ledger-missing, cases, null, src-article, "5:120"]
*/
// part: recorded
// Finds where records of $area hang, by links that hold on $as_of; what is counted must itself hold, what lies between need not.
// Leaves four lists, everything in them once:
//   areas          $area and all areas whose codes begin with its own. A code costs one look-up where PART_OF costs a walk, and
//                  a case stays where it was raised when its grid is no more.
//   organizations  responsible for one of them or a building in it, serving it or lying there; or part of such a one, up to four steps
//   units          lying there
//   things         what else serves or lies there: resources, some members and activities
MATCH (place:Entity)
WHERE place.id STARTS WITH $area AND (place:District OR place:Street OR place:Community OR place:Grid OR place:Building AND place.id = $area)
WITH collect(place) AS areas
CALL (areas) {
  CALL (areas) {
    UNWIND areas AS place
    RETURN place
    UNION ALL
    UNWIND areas AS area
    MATCH (area)<-[p:PART_OF]-(place:Building)
    WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
    RETURN place
  }
  MATCH (place)<-[r:RESPONSIBLE_FOR|SERVES|LOCATED_IN]-(x)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT x
  RETURN collect(CASE WHEN x:Organization THEN x END) AS near, collect(CASE WHEN x:Unit THEN x END) AS units,
    collect(CASE WHEN NOT x:Organization AND NOT x:Unit THEN x END) AS things
}
// Most parts of an organization that is near are near themselves; only those that are not are followed down.
CALL (near) {
  CALL (near) {
    UNWIND near AS x
    RETURN x, null AS link, 1 AS direct
    UNION ALL
    UNWIND near AS above
    MATCH (above)<-[link:PART_OF]-(x:Organization)
    RETURN x, link, 0 AS direct
  }
  WITH x, max(direct) AS direct, collect(link) AS links
  WHERE direct = 0 AND any(r IN links WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of))
  MATCH (x) (()<-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(:Organization)){0,3} (below)
  RETURN collect(DISTINCT below) AS below
}
CALL (near, below) {
  UNWIND near + below AS x
  RETURN collect(DISTINCT x) AS organizations
}
WITH areas, organizations, units, things
// end: recorded
// What is counted is first grouped by what the metrics tell apart, so that each record is read once.
CALL (areas, organizations, units, things) {
  UNWIND organizations AS o
  WITH o {.kind, .level, .demonstration, .since, .until, .synthetic} AS o
  WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
  WITH o.kind AS kind, o.level AS level, o.demonstration AS flagged, count(*) AS n, count(CASE WHEN o.synthetic THEN 1 END) AS made
  WITH collect({kind: kind, level: level, flagged: flagged, n: n, made: made}) AS groups
  UNWIND [
    ['organizations.task_force', [g IN groups WHERE g.kind = 'task-force']],
    ['organizations.grid_branch', [g IN groups WHERE g.kind = 'grid-party-branch']],
    ['organizations.demonstration', [g IN groups WHERE g.flagged]],
    ['organizations.levels', [g IN groups WHERE g.level IS NOT NULL]]
  ] AS test
  WITH test, reduce(sum = 0, g IN test[1] | sum + g.n) AS records, reduce(sum = 0, g IN test[1] | sum + g.made) AS synthetic
  RETURN test[0] AS metric, CASE test[0] WHEN 'organizations.levels' THEN COUNT { UNWIND test[1] AS g RETURN DISTINCT g.level } ELSE records END AS counted,
    records, synthetic
  UNION ALL
  UNWIND units AS u
  WITH u WHERE u.district_agency AND (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)
  WITH count(*) AS n, count(CASE WHEN u.synthetic THEN 1 END) AS made
  RETURN 'units.district_agency' AS metric, n AS counted, n AS records, made AS synthetic
  UNION ALL
  UNWIND areas AS g
  WITH g WHERE g:Grid AND g.demonstration AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
  WITH count(*) AS n, count(CASE WHEN g.synthetic THEN 1 END) AS made
  RETURN 'grids.demonstration' AS metric, n AS counted, n AS records, made AS synthetic
  UNION ALL
  CALL (areas, organizations, units, things) {
    UNWIND areas AS area
    MATCH (area)<-[r:ASSIGNED_TO]-(m:Member)
    WHERE m.kind IN ['reserve-cadre', 'full-time-grid-worker', 'professional-grid-worker'] AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    RETURN m
    UNION ALL
    UNWIND organizations + units AS body
    MATCH (body)<-[r:MEMBER_OF|SITS_ON]-(m:Member)
    WHERE m.kind IN ['reserve-cadre', 'full-time-grid-worker', 'professional-grid-worker'] AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    RETURN m
    UNION ALL
    UNWIND things AS m
    WITH m WHERE m:Member
    RETURN m
  }
  WITH DISTINCT m
  WITH m, m {.kind, .profession, .since, .until, .synthetic} AS p
  WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of) AND (p.kind IN ['reserve-cadre', 'full-time-grid-worker'] OR p.kind = 'professional-grid-worker' AND EXISTS {
    (m)-[r:ASSIGNED_TO {role: 'professional'} WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
  })
  WITH p.kind AS kind, p.profession AS profession, count(*) AS n, count(CASE WHEN p.synthetic THEN 1 END) AS made
  WITH collect({kind: kind, profession: profession, n: n, made: made}) AS groups
  WITH groups, [g IN groups WHERE g.kind = 'professional-grid-worker'] AS professionals
  UNWIND [
    ['members.reserve', [g IN groups WHERE g.kind = 'reserve-cadre']],
    ['members.full_time', [g IN groups WHERE g.kind = 'full-time-grid-worker']],
    ['members.professional', professionals]
  ] + [p IN ['heating', 'telecom', 'police', 'mediator', 'judge'] | ['members.professional.' + p, [g IN professionals WHERE g.profession = p]]] AS test
  WITH test, reduce(sum = 0, g IN test[1] | sum + g.n) AS records, reduce(sum = 0, g IN test[1] | sum + g.made) AS synthetic
  RETURN test[0] AS metric, records AS counted, records, synthetic
  UNION ALL
  UNWIND units AS u
  WITH u WHERE u.district_agency AND (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)
  MATCH (u)<-[r:MEMBER_OF]-(m:Member)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT m
  WITH m {.party_member, .since, .until, .synthetic} AS m
  WHERE m.party_member AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
  WITH count(*) AS n, count(CASE WHEN m.synthetic THEN 1 END) AS made
  RETURN 'members.of_district_agencies' AS metric, n AS counted, n AS records, made AS synthetic
  UNION ALL
  // the source gives no year: everything up to the day asked for counts
  UNWIND areas AS area
  MATCH (area)<-[r:RAISED_IN]-(c:Case)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT c
  WITH c {.channel, .state, .raised_on, .closed_on, .since, .until, .synthetic} AS c
  WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of) AND (c.raised_on IS NULL OR c.raised_on <= $as_of)
  WITH c.channel AS channel, c.state IN ['solved', 'closed'] AND (c.closed_on IS NULL OR c.closed_on <= $as_of) AS solved, count(*) AS n, count(CASE WHEN c.synthetic THEN 1 END) AS made
  WITH collect({channel: channel, solved: solved, n: n, made: made}) AS groups
  UNWIND [
    ['cases.demonstration.solved', [g IN groups WHERE g.channel = 'demonstration' AND g.solved]],
    ['cases.forum.solved', [g IN groups WHERE g.channel = 'forum' AND g.solved]],
    ['cases.volunteer_team.solved', [g IN groups WHERE g.channel = 'volunteer-team' AND g.solved]],
    ['cases.full_time_worker', [g IN groups WHERE g.channel = 'full-time-worker']],
    ['cases.full_time_worker.solved', [g IN groups WHERE g.channel = 'full-time-worker' AND g.solved]],
    ['cases.full_time_worker.open', [g IN groups WHERE g.channel = 'full-time-worker' AND NOT g.solved]],
    ['rate.full_time_worker.solved', [g IN groups WHERE g.channel = 'full-time-worker']]
  ] AS test
  WITH test, reduce(sum = 0, g IN test[1] | sum + g.n) AS records, reduce(sum = 0, g IN test[1] | sum + g.made) AS synthetic, reduce(sum = 0, g IN test[1] | sum + CASE WHEN g.solved THEN g.n ELSE 0 END) AS met
  RETURN test[0] AS metric, CASE WHEN NOT test[0] STARTS WITH 'rate.' THEN records WHEN records > 0 THEN round(100.0 * met / records, 2) END AS counted,
    records, synthetic
  UNION ALL
  CALL (areas, organizations, units, things) {
    UNWIND areas + organizations + units + things AS at
    MATCH (at)<-[r:HELD_BY|HELD_IN]-(t:Activity)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    RETURN t
    UNION ALL
    UNWIND things AS t
    WITH t WHERE t:Activity
    RETURN t
  }
  WITH DISTINCT t
  WITH t {.kind, .held_on, .attendance, .disputes, .since, .until, .synthetic} AS t
  WHERE (t.since IS NULL OR t.since <= $as_of) AND (t.until IS NULL OR t.until > $as_of) AND (t.held_on IS NULL OR t.held_on <= $as_of)
  WITH t.kind AS kind, sum(t.attendance) AS came, sum(t.disputes) AS settled, count(*) AS n, count(CASE WHEN t.synthetic THEN 1 END) AS made
  WITH collect({kind: kind, came: came, settled: settled, n: n, made: made}) AS groups
  UNWIND [
    ['activities.theme_day', [g IN groups WHERE g.kind = 'theme-day']],
    ['activities.deliberation', [g IN groups WHERE g.kind = 'deliberation']],
    ['activities.deliberation.disputes', [g IN groups WHERE g.kind = 'deliberation']],
    ['activities.visit.attendance', [g IN groups WHERE g.kind = 'visit']],
    ['activities.award.attendance', [g IN groups WHERE g.kind = 'award']]
  ] AS test
  WITH test, reduce(sum = 0, g IN test[1] | sum + g.n) AS records, reduce(sum = 0, g IN test[1] | sum + g.made) AS synthetic
  RETURN test[0] AS metric, CASE WHEN test[0] ENDS WITH '.attendance' THEN reduce(sum = 0, g IN test[1] | sum + g.came)
      WHEN test[0] ENDS WITH '.disputes' THEN reduce(sum = 0, g IN test[1] | sum + g.settled) ELSE records END AS counted,
    records, synthetic
  UNION ALL
  UNWIND things AS s
  WITH s WHERE s:Resource AND s.kind IN ['station', 'canteen'] AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
  WITH s.kind AS kind, count(s) AS n, count(CASE WHEN s.synthetic THEN 1 END) AS made
  WITH collect({kind: kind, n: n, made: made}) AS groups
  UNWIND [['resources.station', [g IN groups WHERE g.kind = 'station']], ['resources.canteen', [g IN groups WHERE g.kind = 'canteen']]] AS test
  WITH test, reduce(sum = 0, g IN test[1] | sum + g.n) AS records, reduce(sum = 0, g IN test[1] | sum + g.made) AS synthetic
  RETURN test[0] AS metric, records AS counted, records, synthetic
  UNION ALL
  UNWIND things AS s
  WITH s WHERE s:Resource AND s.kind = 'parking' AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
  MATCH (s)<-[r:OFFERS]-(o)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
  WITH sum(r.capacity) AS capacity, count(*) AS n, count(CASE WHEN r.synthetic THEN 1 END) AS made
  RETURN 'resources.parking.capacity' AS metric, capacity AS counted, n AS records, made AS synthetic
}
WITH collect({metric: metric, counted: toFloat(counted), records: records, synthetic: synthetic}) AS counts
// an area that is not there has no answer
MATCH (asked:Entity {id: $area})
WHERE asked:District OR asked:Street OR asked:Community OR asked:Grid OR asked:Building
WITH counts, COLLECT {
  // a ledger that is complete for an area above is complete for the area too
  MATCH up = (:Entity {id: $area}) (()-[p:PART_OF WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)]->()){0,3} (:District)
  WHERE all(a IN nodes(up) WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
  UNWIND nodes(up) AS a
  MATCH (a)<-[r:COMPLETE_FOR WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
    (l:Ledger WHERE (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of))
  RETURN DISTINCT l.kind
} AS complete
MATCH (c:Claim WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of))
WITH c, coalesce(c.suppressed, false) AS suppressed, coalesce(c.ledger IN complete, false) AS complete,
  head([x IN counts WHERE x.metric = c.metric]) AS n
WITH c, suppressed, complete, CASE WHEN NOT suppressed THEN n END AS n, CASE WHEN NOT suppressed THEN c.value END AS value
WITH c, n, value, CASE
    WHEN suppressed THEN ['untestable', 'suppressed']
    WHEN n.counted IS NULL OR value IS NULL THEN ['untestable', 'no-metric']
    WHEN c.bound = 'lower' AND n.counted >= value THEN ['supported', 'at-least-as-many']
    WHEN c.bound = 'exact' AND n.counted > value AND NOT c.metric STARTS WITH 'rate.' THEN ['contradicted', 'more-counted']
    WHEN NOT complete THEN ['untestable', 'ledger-missing']
    WHEN n.counted = value THEN ['supported', 'equal']
    WHEN n.counted > value THEN ['contradicted', 'more-counted']
    ELSE ['contradicted', 'fewer-counted']
  END AS judged
WHERE $verdict IS NULL OR judged[0] = $verdict
// answer
RETURN {id: c.id, label: 'Claim', name: c.name} AS claim, value, c.bound AS bound, c.unit AS unit, n.counted AS counted, n.records AS records,
  n.synthetic AS synthetic, judged[0] AS verdict, judged[1] AS reason, c.ledger AS ledger, c.reason AS remark, c.source AS source, c.source_ref AS source_ref
ORDER BY c.id SKIP $skip LIMIT $limit
