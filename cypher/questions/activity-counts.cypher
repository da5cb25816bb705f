/*
question:
  zh: 各区域、各时段举办了多少次各类活动，多少人次参加，调处多少纠纷？
  en: How many activities of each kind were held, by area and period, with how many attending and how many disputes handled?
area: directory
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Area in which they were held}
  level: {type: string, default: District, values: [District, Street, Community], zh: 按哪一级区域统计, en: Level of area that they are counted by}
  period: {type: string, default: all, values: [all, year, quarter, month], zh: 按什么时段统计, en: Period that they are counted by}
  kind: {type: string, default: null, values: [theme-day, deliberation, joint-meeting, training, visit, contest, award, tour, care, outreach], zh: 只看一种活动, en: Only one kind}
  from: {type: date, default: null, zh: 起始日（含）, en: First day}
  to: {type: date, default: null, zh: "终止日（含），空为截至日期", en: Last day; as_of where left out}
columns:
  - {name: kind, type: string, zh: 活动种类, en: Kind of activity}
  - {name: area, type: entity, zh: "区域（所在区域高于所选级别的，按其本身）", en: 'Area; one that is above the level asked for stands for itself'}
  - {name: period, type: string, zh: "时段，空为不分时段或日期不详", en: 'Period, such as 2026, 2026-Q1 or 2026-03; null for all, or where no day is known'}
  - {name: held, type: integer, unit: activities, zh: 次数, en: Activities held}
  - {name: attendance, type: integer, unit: visits, zh: "参加人次（已知部分之和）", en: 'Attendances, where known; a person who came twice counts twice'}
  - {name: uncounted, type: integer, unit: activities, zh: 其中未记人数的次数, en: Of these without an attendance}
  - {name: disputes, type: integer, unit: disputes, zh: 调处的矛盾纠纷件数, en: Disputes handled at them}
  - {name: synthetic, type: integer, unit: activities, zh: 其中演示数据, en: 'Of these, generated ones'}
grain: {zh: "每类活动、区域与时段一行；在几个区域举办的，各计一次，所以各区域之数不可相加", en: 'one row per kind, area and period; one held in several areas counts in each, so areas are not added'}
expected:
  parameters: {level: Street, period: quarter, as_of: 2026-06-01}
  rows:
    - [deliberation, {id: '990101002', label: Street, name: 西镇}, 2026-Q2, 1, 12, 0, 2, 0]
    - [joint-meeting, {id: '990101001', label: Street, name: 东街道}, 2026-Q1, 1, 9, 0, 0, 0]
    - [theme-day, {id: '990101001', label: Street, name: 东街道}, 2026-Q1, 1, 6, 0, 0, 0]
    - [training, {id: '990101', label: District, name: 甲区}, 2026-Q2, 1, 2, 0, 0, 0]
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
UNWIND found AS place
WITH met, place WHERE place.id STARTS WITH $area
WITH DISTINCT met, CASE $level WHEN 'District' THEN substring(place.id, 0, 6) WHEN 'Street' THEN substring(place.id, 0, 9) ELSE substring(place.id, 0, 12) END AS code, CASE $period WHEN 'year' THEN toString(met.held_on.year)
  WHEN 'quarter' THEN toString(met.held_on.year) + '-Q' + toString(toInteger((met.held_on.month + 2) / 3)) WHEN 'month' THEN substring(toString(met.held_on), 0, 7) END AS span
WITH met.kind AS kind, code, span, count(met) AS held, sum(coalesce(met.attendance, 0)) AS attendance, count(CASE WHEN met.attendance IS NULL THEN 1 END) AS uncounted,
  sum(coalesce(met.disputes, 0)) AS disputes, count(CASE WHEN met.synthetic THEN 1 END) AS synthetic
MATCH (region:Entity {id: code})
RETURN kind, {id: region.id, label: head([l IN labels(region) WHERE l <> 'Entity']), name: region.name} AS area, span AS period, held, attendance, uncounted, disputes, synthetic
ORDER BY kind, period, region.id SKIP $skip LIMIT $limit
