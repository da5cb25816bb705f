/*
question:
  zh: 某指标出自何处，图谱统计了哪些记录？
  en: Where is a claim stated, and which records does the graph count for it?
area: provenance
parameters:
  claim: {type: Claim, zh: 指标编号, en: Claim id}
  area: {type: Area, default: home, zh: 统计其中记录的区域, en: Area whose records are counted}
columns:
  - {name: claim, type: entity, zh: 指标, en: Claim}
  - {name: source, type: entity, zh: 来源, en: Source}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: phrase, type: string, zh: 原文短语, en: Phrase of the source}
  - {name: metric, type: string, zh: 对应的图谱统计量代码, en: Code of the graph's own count}
  - {name: remark, type: string, zh: 不可检验的说明, en: Why nothing could test it}
  - {name: record, type: entity, zh: "统计到的记录（与区域无联系的不计），空表示没有", en: "Record that counts, which a link places in the area; null where none does"}
  - {name: adds, type: float, zh: "为统计值增加多少，空表示不逐条相加", en: What it adds to the count; null where the count is no sum}
  - {name: link, type: string, zh: 所统计的关系编号, en: Id of the relationship that counts}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
  - {name: record_source, type: string, zh: 记录的来源编号, en: Source id of the record}
  - {name: record_source_ref, type: string, zh: 记录在来源中的位置, en: Place of the record in its source}
grain: {zh: "统计到的每条记录一行；没有记录或不公开时一行", en: "one row per record that counts; one row where none does or the claim is withheld"}
sets: [PLACED, MEMBERSHIP, GATHERING]
expected:
  parameters: {claim: claim-7, as_of: 2026-06-01}
  rows:
    - [{id: claim-7, label: Claim, name: 解决率95.18%}, {id: src-article, label: Source, name: 甲区报道}, '5:120', null, rate.full_time_worker.solved, null, {id: case-1, label: Case, name: 楼道堆物, title: null}, null, null, false, src-cases, row 2]
    - [{id: claim-7, label: Claim, name: 解决率95.18%}, {id: src-article, label: Source, name: 甲区报道}, '5:120', null, rate.full_time_worker.solved, null, {id: case-5, label: Case, name: 供热不足, title: null}, null, null, false, src-cases, row 6]
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
MATCH (c:Claim {id: $claim})
WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
WITH *, CASE WHEN coalesce(c.suppressed, false) THEN '' ELSE coalesce(c.metric, '') END AS metric
WITH c, metric, COLLECT {
  CALL (areas, organizations, units, things, metric) {
    WITH organizations, metric WHERE metric STARTS WITH 'organizations.'
    UNWIND organizations AS x
    WITH metric, x
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
      AND CASE metric WHEN 'organizations.task_force' THEN x.kind = 'task-force' WHEN 'organizations.grid_branch' THEN x.kind = 'grid-party-branch'
        WHEN 'organizations.demonstration' THEN x.demonstration WHEN 'organizations.levels' THEN x.level IS NOT NULL ELSE false END
    RETURN x, x AS fact, CASE WHEN metric <> 'organizations.levels' THEN 1 END AS adds
    UNION ALL
    WITH units, metric WHERE metric = 'units.district_agency'
    UNWIND units AS x
    WITH x
    WHERE x.district_agency AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH areas, metric WHERE metric = 'grids.demonstration'
    UNWIND areas AS x
    WITH x
    WHERE x:Grid AND x.demonstration AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH units, metric WHERE metric = 'members.of_district_agencies'
    UNWIND units AS u
    WITH u WHERE u.district_agency AND (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)
    MATCH (u)<-[r:MEMBER_OF]-(x:Member {party_member: true})
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH *, CASE WHEN metric = 'members.reserve' THEN 'reserve-cadre' WHEN metric = 'members.full_time' THEN 'full-time-grid-worker'
        WHEN metric STARTS WITH 'members.professional' THEN 'professional-grid-worker' END AS kind
    WHERE kind IS NOT NULL
    CALL (areas, organizations, units, things, kind) {
      UNWIND areas AS area
      MATCH (area)<-[r:ASSIGNED_TO]-(x:Member)
      WHERE x.kind = kind AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      RETURN x
      UNION ALL
      UNWIND organizations + units AS body
      MATCH (body)<-[r:MEMBER_OF|SITS_ON]-(x:Member)
      WHERE x.kind = kind AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      RETURN x
      UNION ALL
      UNWIND things AS x
      WITH x, kind WHERE x:Member AND x.kind = kind
      RETURN x
    }
    WITH metric, kind, x
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
      AND (kind <> 'professional-grid-worker' OR (metric = 'members.professional' OR metric = 'members.professional.' + x.profession) AND EXISTS {
      MATCH (x)-[r:ASSIGNED_TO {role: 'professional'}]->(a)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
    })
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    // the source gives no year: everything up to the day asked for counts
    WITH areas, metric, CASE metric WHEN 'cases.demonstration.solved' THEN 'demonstration' WHEN 'cases.forum.solved' THEN 'forum'
        WHEN 'cases.volunteer_team.solved' THEN 'volunteer-team' ELSE 'full-time-worker' END AS channel
    WHERE metric STARTS WITH 'cases.' OR metric = 'rate.full_time_worker.solved'
    UNWIND areas AS area
    MATCH (area)<-[r:RAISED_IN]-(x:Case {channel: channel})
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (x.raised_on IS NULL OR x.raised_on <= $as_of)
    WITH metric, x, x.state IN ['solved', 'closed'] AND (x.closed_on IS NULL OR x.closed_on <= $as_of) AS solved
    WHERE metric IN ['cases.full_time_worker', 'rate.full_time_worker.solved'] OR metric ENDS WITH '.solved' AND solved OR metric = 'cases.full_time_worker.open' AND NOT solved
    RETURN x, x AS fact, CASE WHEN metric STARTS WITH 'cases.' THEN 1 END AS adds
    UNION ALL
    WITH *, CASE metric WHEN 'activities.theme_day' THEN 'theme-day' WHEN 'activities.deliberation' THEN 'deliberation' WHEN 'activities.deliberation.disputes' THEN 'deliberation'
        WHEN 'activities.visit.attendance' THEN 'visit' WHEN 'activities.award.attendance' THEN 'award' END AS kind
    WHERE kind IS NOT NULL
    CALL (areas, organizations, units, things, kind) {
      UNWIND areas + organizations + units + things AS at
      MATCH (at)<-[r:HELD_BY|HELD_IN]-(x:Activity)
      WHERE x.kind = kind AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      RETURN x
      UNION ALL
      UNWIND things AS x
      WITH x, kind WHERE x:Activity AND x.kind = kind
      RETURN x
    }
    WITH metric, x
    WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) AND (x.held_on IS NULL OR x.held_on <= $as_of)
    RETURN x, x AS fact, CASE WHEN metric ENDS WITH '.attendance' THEN coalesce(x.attendance, 0) WHEN metric ENDS WITH '.disputes' THEN coalesce(x.disputes, 0) ELSE 1 END AS adds
    UNION ALL
    WITH things, metric WHERE metric IN ['resources.station', 'resources.canteen']
    UNWIND things AS x
    WITH metric, x
    WHERE x:Resource AND x.kind = split(metric, '.')[1] AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    RETURN x, x AS fact, 1 AS adds
    UNION ALL
    WITH things, metric WHERE metric = 'resources.parking.capacity'
    UNWIND things AS x
    WITH x WHERE x:Resource AND x.kind = 'parking'
    MATCH (x)<-[r:OFFERS]-(o)
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
// Each record once, though several links may lead to it. It is grouped, since rows that are sorted with the lists take the memory
// of the lists once a row.
WITH c, s, phrase, item[0] AS x, item[1] AS fact, max(item[2]) AS adds
// answer
RETURN {id: c.id, label: 'Claim', name: c.name} AS claim, {id: s.id, label: 'Source', name: s.name} AS source, c.source_ref AS source_ref, phrase, c.metric AS metric, c.reason AS remark,
  CASE WHEN x IS NOT NULL THEN {id: x.id, label: head([l IN labels(x) WHERE l <> 'Entity']), name: x.name, title: x.title} END AS record, toFloat(adds) AS adds, CASE WHEN fact.id <> x.id THEN fact.id END AS link,
  CASE WHEN x IS NOT NULL THEN coalesce(fact.synthetic, false) END AS synthetic, fact.source AS record_source, fact.source_ref AS record_source_ref
ORDER BY x.id, fact.id SKIP $skip LIMIT $limit
