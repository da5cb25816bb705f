/*
view:
  zh: "只由一个单位联系的社区与网格、该单位及其途径"
  en: "Areas linked to one unit only, that unit, and through whom"
shows: rows
*/
// body of: sole-links
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
WITH depth, street, community, grids
WHERE community IS NOT NULL
WITH depth, street, [place IN [community] + grids | [place, COLLECT {
  CALL (place) {
    MATCH (place)<-[r:PAIRED_WITH]-(unit:Unit)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'pairing' AS way, null AS via, r.id AS id
    UNION
    MATCH (place)<-[s:SERVES]-(via:Resource)<-[r:OFFERS]-(unit:Unit)
    WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of) AND (via.since IS NULL OR via.since <= $as_of) AND (via.until IS NULL OR via.until > $as_of)
      AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'resource' AS way, via, r.id AS id
    UNION
    MATCH (place)<-[s:ASSIGNED_TO]-(via:Member)-[r:MEMBER_OF]->(unit:Unit)
    WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of) AND (via.since IS NULL OR via.since <= $as_of) AND (via.until IS NULL OR via.until > $as_of)
      AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'worker' AS way, via, r.id AS id
  }
  RETURN {unit: unit, way: way, via: via, id: id}
}]] AS seen
// a grid shares the links of its community
UNWIND CASE WHEN depth < 3 THEN [seen[0]] ELSE [] END + [s IN seen[1..] | [s[0], s[1] + [x IN seen[0][1] WHERE none(y IN s[1] WHERE y.id = x.id AND y.way = x.way AND coalesce(y.via.id, '') = coalesce(x.via.id, ''))]]] AS pair
WITH street, pair[0] AS area, pair[1] AS links
WHERE ($level IS NULL OR $level = 'Grid' AND area:Grid OR $level = 'Community' AND area:Community)
  AND size(links) > 0 AND all(x IN links WHERE x.unit = links[0].unit)
WITH street, area AS place, links, links[0].unit AS only
// end of: sole-links
WITH place, [place, street, only] + [x IN links WHERE x.via IS NOT NULL | x.via] AS nodes
ORDER BY place.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
