/*
question:
  zh: 举办了哪些活动，谁主办，谁参加，在哪里？
  en: Which activities were held, by whom, where, and who attended?
area: directory
parameters:
  area: {type: Area, default: home, zh: "举办地（场所所在的区域、主办的区也算）", en: 'Area in which they were held: where the place lies, or the district that held them, counts too'}
  kind: {type: string, default: null, values: [theme-day, deliberation, joint-meeting, training, visit, contest, award, tour, care, outreach], zh: 只看一种活动, en: Only one kind}
  from: {type: date, default: null, zh: 起始日（含）, en: First day}
  to: {type: date, default: null, zh: "终止日（含），空为截至日期", en: Last day; as_of where left out}
  host: {type: Entity, default: null, zh: 只看某主办方的, en: "Only those that one unit, organization or district held"}
columns:
  - {name: activity, type: entity, zh: 活动, en: Activity}
  - {name: kind, type: string, zh: 活动种类, en: Kind of activity}
  - {name: held_on, type: date, zh: 举办日期, en: Day on which it was held}
  - {name: areas, type: entities, zh: 举办的区域, en: Areas in which it was held}
  - {name: hosts, type: entities, zh: 主办方, en: Who held it}
  - {name: attended_by, type: entities, zh: 有记录的参加者, en: 'Who attended, as far as recorded'}
  - {name: attendance, type: integer, unit: people, zh: 参加人数, en: People who attended}
  - {name: disputes, type: integer, unit: disputes, zh: 调处的矛盾纠纷件数, en: Disputes handled at it}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: "每次活动一行，最近的在前", en: 'one row per activity, the latest first'}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: act-4, label: Activity, name: 后备力量培训}, training, 2026-05-15, [{id: '990101', label: District, name: 甲区}], [{id: '990101', label: District, name: 甲区, title: null}], [{id: member-11, label: Member, name: 西镇党工委书记, title: 西镇党工委书记}, {id: member-12, label: Member, name: 储备人员, title: 储备人员}], 2, null, false, src-article, '4:30']
    - [{id: act-3, label: Activity, name: 梅社区议事}, deliberation, 2026-04-02, [{id: '990101002001', label: Community, name: 梅社区}], [{id: org-community-3, label: Organization, name: 梅社区党总支, title: null}], [], 12, 2, false, src-article, '4:20']
    - [{id: act-1, label: Activity, name: 一季度联席会议}, joint-meeting, 2026-03-20, [{id: '990101001001', label: Community, name: 松社区}], [{id: org-joint-1, label: Organization, name: 松社区大党委, title: null}], [{id: member-07, label: Member, name: 大党委委员, title: 大党委委员}, {id: unit-b, label: Unit, name: 乙银行, title: null}], 9, null, false, src-article, '4:1']
    - [{id: act-2, label: Activity, name: 主题党日}, theme-day, 2026-03-10, [{id: '990101001001001', label: Grid, name: 松一网格}], [{id: unit-a, label: Unit, name: 甲区法院, title: null}], [], 6, null, false, src-article, '4:10']
*/
CALL () {
  MATCH (at:Entity)<-[:HELD_IN]-(near:Activity)
  WHERE at.id STARTS WITH $area
  RETURN near
UNION
  MATCH (at:Entity)<-[:LOCATED_IN]-(room:Resource)<-[:HELD_IN]-(near:Activity)
  WHERE at.id STARTS WITH $area
  RETURN near
UNION
  MATCH (at:District)<-[:HELD_BY]-(near:Activity)
  WHERE at.id STARTS WITH $area
  RETURN near
}
WITH near AS met
WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of) AND ($kind IS NULL OR met.kind = $kind)
  AND (met.held_on IS NULL OR met.held_on <= $as_of) AND ($from IS NULL OR met.held_on >= $from) AND ($to IS NULL OR met.held_on <= $to)
WITH met, COLLECT {
  MATCH (met)-[h:HELD_IN]->(at)
  WHERE (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of) AND (at:District OR at:Street OR at:Community OR at:Grid)
  RETURN at
} + COLLECT {
  MATCH (met)-[h:HELD_IN]->(room:Resource)-[l:LOCATED_IN]->(at)
  WHERE (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
    AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of) AND (at:District OR at:Street OR at:Community OR at:Grid)
  RETURN at
} + COLLECT {
  MATCH (met)-[h:HELD_BY]->(at:District)
  WHERE (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
  RETURN at
} AS found
WITH met, COLLECT { UNWIND found AS place WITH DISTINCT place RETURN place ORDER BY place.id } AS places
WHERE any(p IN places WHERE p.id STARTS WITH $area)
WITH met AS held, places, COLLECT {
  MATCH (met)-[h:HELD_BY]->(by)
  WHERE (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
  WITH DISTINCT by
  RETURN by ORDER BY by.id
} AS by
WHERE $host IS NULL OR any(b IN by WHERE b.id = $host)
// answer
RETURN {id: held.id, label: 'Activity', name: held.name} AS activity, held.kind AS kind, held.held_on AS held_on,
  [p IN places | {id: p.id, label: head([l IN labels(p) WHERE l <> 'Entity']), name: p.name}] AS areas,
  [b IN by | {id: b.id, label: head([l IN labels(b) WHERE l <> 'Entity']), name: b.name, title: b.title}] AS hosts,
  COLLECT {
    MATCH (held)-[t:ATTENDED_BY]->(who)
    WHERE (t.since IS NULL OR t.since <= $as_of) AND (t.until IS NULL OR t.until > $as_of)
    WITH DISTINCT who
    RETURN {id: who.id, label: head([l IN labels(who) WHERE l <> 'Entity']), name: who.name, title: who.title} ORDER BY who.id
  } AS attended_by, held.attendance AS attendance, held.disputes AS disputes, coalesce(held.synthetic, false) AS synthetic,
  held.source AS source, held.source_ref AS source_ref
ORDER BY held_on DESC, held.id SKIP $skip LIMIT $limit
