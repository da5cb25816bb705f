/*
question:
  zh: 各渠道收集的问题解决了多少？
  en: How many of the cases of each channel were solved?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 问题发生的区域, en: 'Area where they were raised, with all that lies in it'}
  level: {type: string, default: District, values: [District, Street, Community], zh: 按哪一级区域统计, en: Level of area that they are counted by}
  channel: {type: string, default: null, values: [full-time-worker, demonstration, forum, volunteer-team, resident], zh: 只看一个渠道, en: Only one channel}
  from: {type: date, default: null, zh: 提出的起始日（含）, en: First day on which they were raised}
  to: {type: date, default: null, zh: "提出的终止日（含），空为截至日期", en: Last day on which they were raised; as_of where left out}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: channel, type: string, zh: "渠道（各渠道重叠，不可相加）", en: 'Channel; channels overlap and are never added'}
  - {name: cases, type: integer, unit: cases, zh: 问题数, en: Cases}
  - {name: solved, type: integer, unit: cases, zh: 已解决, en: Of these solved}
  - {name: rate, type: float, unit: percent, zh: 解决率, en: Share solved}
  - {name: timed, type: integer, unit: cases, zh: 已解决且期限与办结日期均有记录的, en: Solved ones whose due day and closing day are known}
  - {name: in_time, type: integer, unit: cases, zh: 其中按期解决的, en: Of these solved in time}
  - {name: synthetic, type: integer, unit: cases, zh: 其中演示数据, en: Generated ones among the cases}
grain: {zh: 每个区域与渠道一行, en: one row per area and channel}
expected:
  parameters: {level: Street, as_of: 2026-06-01}
  rows:
    - [{id: '990101001', label: Street, name: 东街道}, demonstration, 1, 0, 0.0, 0, 0, 0]
    - [{id: '990101001', label: Street, name: 东街道}, full-time-worker, 2, 1, 50.0, 1, 0, 0]
    - [{id: '990101002', label: Street, name: 西镇}, forum, 1, 1, 100.0, 1, 1, 0]
    - [{id: '990101002', label: Street, name: 西镇}, volunteer-team, 1, 0, 0.0, 0, 0, 0]
*/
MATCH (place:Entity)<-[r:RAISED_IN]-(raised:Case)
WHERE place.id STARTS WITH $area AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (raised.since IS NULL OR raised.since <= $as_of) AND (raised.until IS NULL OR raised.until > $as_of) AND ($channel IS NULL OR raised.channel = $channel)
  AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of) AND ($from IS NULL OR raised.raised_on >= $from) AND ($to IS NULL OR raised.raised_on <= $to)
WITH DISTINCT raised, CASE $level WHEN 'District' THEN substring(place.id, 0, 6) WHEN 'Street' THEN substring(place.id, 0, 9) ELSE substring(place.id, 0, 12) END AS code
WITH raised, code, raised.state IN ['solved', 'closed'] AND (raised.closed_on IS NULL OR raised.closed_on <= $as_of) AS ended
WITH raised, code, ended, ended AND raised.due_on IS NOT NULL AND raised.closed_on IS NOT NULL AS known
WITH code, raised.channel AS channel, count(raised) AS cases, count(CASE WHEN ended THEN 1 END) AS solved, count(CASE WHEN known THEN 1 END) AS timed,
  count(CASE WHEN known AND raised.closed_on <= raised.due_on THEN 1 END) AS in_time, count(CASE WHEN raised.synthetic THEN 1 END) AS synthetic
MATCH (region:Entity {id: code})
RETURN {id: region.id, label: head([l IN labels(region) WHERE l <> 'Entity']), name: region.name} AS area, channel, cases, solved,
  round(100.0 * solved / cases, 2) AS rate, timed, in_time, synthetic
ORDER BY region.id, channel SKIP $skip LIMIT $limit
