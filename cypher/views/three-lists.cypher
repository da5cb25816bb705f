/*
view:
  zh: "各项服务与未满足的需求、资源、项目"
  en: "Each service with its unmet needs, resources and projects"
shows: rows
*/
// body of: three-lists
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
WITH collect(place) AS places
CALL (places) {
  UNWIND places AS place
  MATCH (place)<-[r:RAISED_BY]-(need:Need)-[f:FOR]->(service:Service)
  WHERE (need.state <> 'withdrawn' OR need.withdrawn_on > $as_of) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
    AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  RETURN service, need, null AS resource
  UNION ALL
  UNWIND places AS place
  MATCH (place)<-[r:SERVES|LOCATED_IN]-(resource:Resource)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
  WITH DISTINCT resource
  MATCH (resource)-[f:PROVIDES]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
  RETURN service, null AS need, resource
}
WITH service, collect(DISTINCT need) AS wanted, collect(DISTINCT resource) AS resources
WHERE (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
WITH service, wanted, COLLECT { UNWIND resources AS x RETURN x ORDER BY x.id } AS given, COLLECT {
  UNWIND wanted AS need
  WITH need
  WHERE need IS NOT NULL
// part: unmet
  // raised by the day, not withdrawn by it, and met by nothing that holds on it (what was met later was still unmet)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.state = 'open' OR need.withdrawn_on > $as_of OR need.state = 'met' AND EXISTS {
    MATCH (need)-[later:MET_BY]->()
    WHERE later.since > $as_of
  })
  AND NOT EXISTS {
    MATCH (need)-[met:MET_BY]->(by)
    WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  }
// end: unmet
  RETURN need ORDER BY need.id
} AS unmet
WITH service AS kind, unmet AS open, wanted, size(wanted) - size(unmet) AS met, given, CASE WHEN size(unmet) > 0 AND size(given) > 0 THEN 'matchable'
  WHEN size(unmet) > 0 THEN 'need-without-resource' WHEN size(wanted) = 0 THEN 'resource-without-need' ELSE 'met' END AS verdict
WHERE $verdict IS NULL OR verdict = $verdict
// A project for a service alone may be meant for any area; one for needs is meant for where they were raised.
WITH kind, open, met, given, verdict, reduce(sum = 0, n IN open | sum + coalesce(n.headcount, 0)) AS people, COLLECT {
  UNWIND [kind] + open AS target
  MATCH (target)<-[f:FOR]-(project:Project)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (project.since IS NULL OR project.since <= $as_of) AND (project.until IS NULL OR project.until > $as_of)
    AND (target:Need OR EXISTS {
      MATCH (project)-[x:FOR]->(wish)
      WHERE wish IN wanted AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    } OR NOT EXISTS {
      MATCH (project)-[x:FOR]->(:Need)
      WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
    })
  WITH DISTINCT project
  RETURN project ORDER BY project.id
} AS planned
// end of: three-lists
WITH kind, people, size(open) AS many, [kind] + open + given + planned AS nodes
ORDER BY people DESC, many DESC, kind.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
