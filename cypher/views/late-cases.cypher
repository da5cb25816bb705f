/*
view:
  zh: "逾期或被拒的问题、所在区域、承办方与拒绝方"
  en: "Late and refused cases with their area, who holds them and who refused them"
shows: rows
*/
// body of: late-cases
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
WHERE (raised.closed_on > $as_of OR raised.closed_on IS NULL AND NOT raised.state IN ['solved', 'closed'])
  AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of)
  AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
WITH DISTINCT place, raised
WITH place, raised, COLLECT {
  MATCH (raised)-[d:DISPATCHED_TO]->(to)
  WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of)
    AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
  RETURN [to, d] ORDER BY to.id, d.id
} AS dispatches
WITH place, raised, [x IN dispatches WHERE x[1].outcome = 'refused'] AS refusals,
  [x IN dispatches WHERE coalesce(x[1].outcome, 'open') <> 'refused' AND (x[1].closed_on > $as_of OR x[1].closed_on IS NULL AND NOT coalesce(x[1].outcome, 'open') IN ['solved', 'recalled'])] AS holders
WITH place, raised, refusals, holders,
  CASE WHEN raised.due_on < $as_of THEN ['late'] ELSE [] END
  + CASE WHEN size(holders) = 0 AND (raised.state = 'refused' OR size(refusals) > 0) THEN ['refused'] ELSE [] END AS reasons
WHERE size(reasons) > 0 AND ($reason IS NULL OR $reason IN reasons)
WITH place, raised, refusals, holders, reasons, CASE WHEN raised.due_on < $as_of THEN duration.inDays(raised.due_on, $as_of).days ELSE 0 END AS days_late
// end of: late-cases
WITH place, raised, days_late, [raised, place] + [x IN holders | x[0]] + [x IN refusals | x[0]] AS nodes
ORDER BY days_late DESC, raised.id, place.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
