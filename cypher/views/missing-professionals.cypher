/*
view:
  zh: "缺少某类专业网格员的社区及其街道"
  en: "Communities without a profession, under their street"
shows: rows
*/
// body of: missing-professionals
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
WITH depth, district, street, community, grids
WHERE depth < 3 AND community IS NOT NULL
WITH district, street, community, grids, COLLECT {
  UNWIND [community] + grids AS place
  MATCH (member:Member)-[r:ASSIGNED_TO]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of)
  RETURN DISTINCT r.profession
} AS present
WITH street, community, grids, present, EXISTS {
  UNWIND [community, street, district] AS place
  MATCH (ledger:Ledger {kind: 'workers'})-[r:COMPLETE_FOR]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (ledger.since IS NULL OR ledger.since <= $as_of) AND (ledger.until IS NULL OR ledger.until > $as_of)
} AS complete
UNWIND [p IN ['heating', 'telecom', 'police', 'mediator', 'judge'] WHERE $profession IS NULL OR p = $profession] AS profession
WITH street AS around, community AS lacking, grids AS inside, complete, profession, size([p IN present WHERE p = profession]) AS found
WHERE found = 0
// end of: missing-professionals
WITH lacking, profession, [lacking, around] AS nodes
ORDER BY lacking.id, profession SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
