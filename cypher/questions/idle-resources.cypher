/*
question:
  zh: 哪些资源闲置或可能闲置？为什么？
  en: Which resources are idle or may be, and why?
area: resources
parameters:
  area: {type: Area, default: null, zh: 只看位于或服务于某区域的资源, en: 'Only resources that lie in or serve this area, or what lies in it'}
  kind: {type: string, default: null, values: [centre, station, service-point, canteen, forum, park, hall, parking, classroom, shelter, documentary, workshop, base], zh: 只看一种资源, en: Only one kind of resource}
  hour: {type: integer, default: null, minimum: 0, maximum: 23, zh: '只看当日某整点按开放时间开放的（如夜间停车，22）', en: 'Only those that are open by their schedule at a full hour of the day, such as 22 for parking at night'}
  reason: {type: string, default: null, values: [serves-no-area, provides-no-service, capacity-unused], zh: 只看一种原因, en: Only one reason}
columns:
  - {name: resource, type: entity, zh: 资源, en: Resource}
  - {name: kind, type: string, zh: 资源种类, en: Kind of resource}
  - {name: verdict, type: string, zh: '判断（idle 闲置，unknown 因缺少完整台账而未知）', en: 'idle, or unknown for want of a complete ledger'}
  - {name: reasons, type: strings, zh: '已由完整台账证实的原因：未服务任何区域、未提供任何服务、有能力而无需求使用', en: 'What a complete ledger confirms: serves no area, provides no service, or has a capacity on which no recorded need draws'}
  - {name: possible, type: strings, zh: 尚未证实的同类原因, en: 'The same, as far as no complete ledger confirms it'}
  - {name: ledgers, type: strings, zh: 可证实的台账种类, en: Kinds of ledger that would settle what is possible}
  - {name: capacity, type: integer, zh: 服务能力（按其单位）, en: 'Capacity, in the unit that capacity_unit names'}
  - {name: capacity_unit, type: string, zh: 能力单位, en: Unit of the capacity}
  - {name: schedule, type: string, zh: 开放时间, en: When it is open}
  - {name: offered_by, type: entities, zh: 提供者, en: Who offers it}
  - {name: places, type: entities, zh: 所在区域, en: Where it lies}
grain: {zh: 每个资源一行, en: one row per resource}
sets: [SPOT]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: res-parking, label: Resource, name: 乙银行停车场}, parking, unknown, [], [serves-no-area, capacity-unused], [resources, needs], 40, places, '每日 18:00-08:00', [{id: unit-b, label: Unit, name: 乙银行, title: null}], [{id: '990101001001', label: Community, name: 松社区}]]
    - [{id: res-station, label: Resource, name: 松社区服务站}, station, unknown, [], [provides-no-service, capacity-unused], [services, needs], 60, people, '周一至周五 08:30-17:00', [{id: org-community-1, label: Organization, name: 松社区党委, title: null}], [{id: '990101001001', label: Community, name: 松社区}]]
    - [{id: res-canteen-2, label: Resource, name: 梅社区食堂}, canteen, unknown, [], [capacity-unused], [needs], 50, seats, '每日 11:00-13:00', [{id: unit-e, label: Unit, name: 戊公司, title: null}], [{id: '990101002001', label: Community, name: 梅社区}]]
    - [{id: res-centre, label: Resource, name: 东街道党群服务中心}, centre, unknown, [], [capacity-unused], [needs], 200, people, '周一至周日 08:30-17:00', [{id: org-street-1, label: Organization, name: 东街道党工委, title: null}], [{id: '990101001', label: Street, name: 东街道}]]
*/
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [true] ELSE [] END AS everywhere
  MATCH (resource:Resource)
  RETURN resource
  UNION
  MATCH (:Entity {id: $area}) (()<-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]-()){0,4} (place)
  MATCH (place)<-[r:SERVES|LOCATED_IN]-(resource:Resource)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN resource
}
WITH resource, resource.schedule AS schedule
WHERE (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of) AND ($kind IS NULL OR resource.kind = $kind)
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
WITH resource, state
WHERE $hour IS NULL OR state = 'open'
WITH resource, CASE WHEN EXISTS {
    MATCH (resource)-[r:SERVES]->(area)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (area.since IS NULL OR area.since <= $as_of) AND (area.until IS NULL OR area.until > $as_of)
  } THEN [] ELSE ['serves-no-area'] END
  + CASE WHEN EXISTS {
    MATCH (resource)-[r:PROVIDES]->(service:Service)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  } THEN [] ELSE ['provides-no-service'] END
  + CASE WHEN coalesce(resource.capacity, 0) = 0 OR EXISTS {
    MATCH (resource)<-[r:MET_BY]-(need:Need)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  } THEN [] ELSE ['capacity-unused'] END AS absent
WHERE size(absent) > 0 AND ($reason IS NULL OR $reason IN absent)
// a ledger settles what it lists where it is complete for a place of the resource or an area above; read once per place
OPTIONAL MATCH (resource)-[r:LOCATED_IN]->(place)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH place, collect([resource, absent]) AS held
WITH held, CASE WHEN place IS NULL THEN [] ELSE COLLECT {
    MATCH (place) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,4} (above)
    MATCH (above)<-[c:COMPLETE_FOR]-(ledger:Ledger)
    WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
      AND (ledger.since IS NULL OR ledger.since <= $as_of) AND (ledger.until IS NULL OR ledger.until > $as_of)
    RETURN DISTINCT ledger.kind
  } END AS kinds
UNWIND held AS pair
WITH pair[0] AS idle, pair[1] AS absent, collect(kinds) AS lists
WITH idle, absent, reduce(all = [], kinds IN lists | all + kinds) AS complete
WITH idle, absent, complete, [['serves-no-area', 'resources'], ['provides-no-service', 'services'], ['capacity-unused', 'needs']] AS settles
WITH idle, absent, [s IN settles WHERE s[0] IN absent AND s[1] IN complete | s[0]] AS reasons, [s IN settles WHERE s[0] IN absent AND NOT s[1] IN complete] AS open
ORDER BY size(reasons) = 0, CASE WHEN 'serves-no-area' IN absent THEN 0 WHEN 'provides-no-service' IN absent THEN 1 ELSE 2 END, size(absent) DESC, idle.id LIMIT $skip + $limit
WITH idle, absent, reasons, open, COLLECT {
    MATCH (idle)<-[r:OFFERS]-(by)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
    WITH DISTINCT by
    RETURN by ORDER BY by.id
  } AS givers,
  COLLECT {
    MATCH (idle)-[r:LOCATED_IN]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    WITH DISTINCT place
    RETURN place ORDER BY place.id
  } AS spots
// answer
RETURN {id: idle.id, label: 'Resource', name: idle.name} AS resource, idle.kind AS kind,
  CASE WHEN size(reasons) > 0 THEN 'idle' ELSE 'unknown' END AS verdict, reasons, [s IN open | s[0]] AS possible, [s IN open | s[1]] AS ledgers,
  idle.capacity AS capacity, idle.capacity_unit AS capacity_unit, idle.schedule AS schedule,
  [by IN givers | {id: by.id, label: head([l IN labels(by) WHERE l <> 'Entity']), name: by.name, title: by.title}] AS offered_by,
  [place IN spots | {id: place.id, label: head([l IN labels(place) WHERE l <> 'Entity']), name: place.name}] AS places
ORDER BY size(reasons) = 0, CASE WHEN 'serves-no-area' IN absent THEN 0 WHEN 'provides-no-service' IN absent THEN 1 ELSE 2 END, size(absent) DESC, idle.id SKIP $skip LIMIT $limit
