/*
question:
  zh: 各承办方接单、拒办、办结与超期的情况如何？
  en: How did each of those to whom cases went respond - accepted, refused, solved, late?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 问题发生的区域, en: 'Id of the area where the cases were raised, with all that lies in it'}
columns:
  - {name: responder, type: entity, zh: 承办方, en: To whom cases went}
  - {name: dispatched, type: integer, unit: cases, zh: 派单数, en: Cases dispatched}
  - {name: accepted, type: integer, unit: cases, zh: 已接单, en: Accepted}
  - {name: refused, type: integer, unit: cases, zh: 拒办, en: Refused}
  - {name: recalled, type: integer, unit: cases, zh: 被收回, en: Taken back from it}
  - {name: solved, type: integer, unit: cases, zh: 已办结, en: Solved}
  - {name: open, type: integer, unit: cases, zh: 在办, en: Still with it}
  - {name: late, type: integer, unit: cases, zh: "超期（办结晚于期限，或至当日未办结）", en: "Late: closed after it was due, or due and still open"}
  - {name: days_to_accept, type: float, unit: days, zh: 平均接单天数, en: Mean days from dispatch to acceptance}
  - {name: refusals, type: strings, zh: 拒绝原因, en: Reasons for refusals}
grain: {zh: 每个承办方一行, en: "one row per unit, organization or member to whom a case went"}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: unit-b, label: Unit, name: 乙银行, title: null}, 1, 0, 1, 0, 0, 0, 0, null, [不属本单位职责]]
    - [{id: unit-a, label: Unit, name: 甲区法院, title: null}, 1, 1, 0, 0, 0, 1, 1, 1.0, []]
    - [{id: unit-d, label: Unit, name: 丁派出所, title: null}, 1, 1, 0, 0, 1, 0, 1, 1.0, []]
    - [{id: member-05, label: Member, name: 梅社区调解员, title: 梅社区调解员}, 1, 1, 0, 0, 1, 0, 0, 0.0, []]
*/
// part: areas
// Walks from $area up to its district and down to its grids, along areas and PART_OF links that hold on $as_of.
// An area counts only where everything above it holds too, so the same area gives the same rows under every root.
// Leaves one row per community in scope: depth (of $area: 0 district, 1 street, 2 community, 3 grid), district,
// street, community (null where the street has none), grids (those in scope).
MATCH lineage = (root:Entity {id: $area}) (()-[up:PART_OF WHERE (up.since IS NULL OR up.since <= $as_of) AND (up.until IS NULL OR up.until > $as_of)]->()){0,3} (district:District)
WHERE (district.since IS NULL OR district.since <= $as_of) AND (district.until IS NULL OR district.until > $as_of)
WITH district, nodes(lineage) AS above, length(lineage) AS depth
MATCH (district)<-[i:PART_OF]-(street:Street)
WHERE (depth < 1 OR street IN above)
  AND (i.since IS NULL OR i.since <= $as_of) AND (i.until IS NULL OR i.until > $as_of)
  AND (street.since IS NULL OR street.since <= $as_of) AND (street.until IS NULL OR street.until > $as_of)
OPTIONAL MATCH (street)<-[j:PART_OF]-(community:Community)
WHERE (depth < 2 OR community IN above)
  AND (j.since IS NULL OR j.since <= $as_of) AND (j.until IS NULL OR j.until > $as_of)
  AND (community.since IS NULL OR community.since <= $as_of) AND (community.until IS NULL OR community.until > $as_of)
OPTIONAL MATCH (community)<-[k:PART_OF]-(grid:Grid)
WHERE (depth < 3 OR grid IN above)
  AND (k.since IS NULL OR k.since <= $as_of) AND (k.until IS NULL OR k.until > $as_of)
  AND (grid.since IS NULL OR grid.since <= $as_of) AND (grid.until IS NULL OR grid.until > $as_of)
WITH depth, district, street, community, collect(grid) AS grids
// end: areas
// part: places
// Flattens what part areas left. Leaves one row per area in scope: depth, district, place, level (0 district, 1 street,
// 2 community, 3 grid).
WITH depth, district, street, collect(CASE WHEN community IS NOT NULL THEN {community: community, grids: grids} END) AS parts
WITH depth, district, collect({street: street, parts: parts}) AS streets
UNWIND CASE WHEN depth < 1 THEN [[district, 0]] ELSE [] END + reduce(all = [], s IN streets | all
  + CASE WHEN depth < 2 THEN [[s.street, 1]] ELSE [] END
  + reduce(inside = [], p IN s.parts | inside + CASE WHEN depth < 3 THEN [[p.community, 2]] ELSE [] END + [g IN p.grids | [g, 3]])) AS pair
WITH depth, district, pair[0] AS place, pair[1] AS level
// end: places
MATCH (place)<-[r:RAISED_IN]-(raised:Case)
WHERE (raised.raised_on IS NULL OR raised.raised_on <= $as_of) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH DISTINCT raised, raised.due_on AS due
MATCH (raised)-[d:DISPATCHED_TO]->(to)
// read as a map, in one pass over the properties: half the time of one after another
WITH raised, due, to, d {.dispatched_on, .accepted_on, .closed_on, .outcome, .refusal, .since, .until} AS d
WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
WITH raised, due, d, to, coalesce(d.outcome, 'open') AS outcome, d.accepted_on AS accepting, d.closed_on AS closing
WITH raised, due, d, to, outcome = 'refused' AS no, outcome = 'recalled' AS back, CASE WHEN accepting <= $as_of THEN accepting END AS accepted_on,
  CASE WHEN closing <= $as_of THEN closing END AS closed_on, outcome <> 'refused' AND coalesce(closing <= $as_of, outcome IN ['solved', 'recalled']) AS over
WITH raised, d, to, no, accepted_on, over AND NOT back AS done, over AND back AS gone,
  NOT no AND CASE WHEN over THEN closed_on > due ELSE due < $as_of END AS late
WITH to, count(DISTINCT raised) AS dispatched, count(DISTINCT CASE WHEN accepted_on IS NOT NULL THEN raised END) AS accepted,
  count(DISTINCT CASE WHEN no THEN raised END) AS refused, count(DISTINCT CASE WHEN gone THEN raised END) AS recalled, count(DISTINCT CASE WHEN done THEN raised END) AS solved,
  count(DISTINCT CASE WHEN NOT no AND NOT done AND NOT gone THEN raised END) AS open, count(DISTINCT CASE WHEN late THEN raised END) AS late,
  [x IN collect(CASE WHEN accepted_on IS NOT NULL THEN duration.inDays(d.dispatched_on, accepted_on).days END) WHERE x IS NOT NULL] AS waits,
  collect(DISTINCT CASE WHEN no THEN d.refusal END) AS reasons
RETURN {id: to.id, label: head([l IN labels(to) WHERE l <> 'Entity']), name: to.name, title: to.title} AS responder, dispatched, accepted, refused, recalled, solved, open, late,
  CASE WHEN size(waits) > 0 THEN round(1.0 * reduce(sum = 0, x IN waits | sum + x) / size(waits), 1) END AS days_to_accept,
  COLLECT { UNWIND reasons AS reason RETURN reason ORDER BY reason } AS refusals
ORDER BY refused DESC, late DESC, dispatched DESC, to.id SKIP $skip LIMIT $limit
