/*
view:
  zh: "闲置或可能闲置的资源、提供者与所在区域"
  en: "Idle resources with who offers them and where they are"
shows: rows
*/
// body of: idle-resources
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
// end of: idle-resources
WITH idle, reasons, absent, [idle] + givers + spots AS nodes
ORDER BY size(reasons) = 0, CASE WHEN 'serves-no-area' IN absent THEN 0 WHEN 'provides-no-service' IN absent THEN 1 ELSE 2 END, size(absent) DESC, idle.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
