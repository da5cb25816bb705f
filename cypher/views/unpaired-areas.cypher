/*
view:
  zh: "没有结对单位的社区与网格、曾经或将要结对的单位"
  en: "Areas without a paired unit, with the units that were or will be paired"
shows: rows
*/
// body of: unpaired-areas
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
// what is known of the community and of what lies above it is found once for its grids
WITH depth, street, community, grids, EXISTS {
    UNWIND [district, street, community] AS kept
    MATCH (kept)<-[c:COMPLETE_FOR]-(l:Ledger)
    WHERE l.kind = 'pairings' AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
      AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
  } AS known, COLLECT {
    MATCH (community)<-[r:PAIRED_WITH]-(unit:Unit)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    WITH DISTINCT unit
    RETURN unit ORDER BY unit.id
  } AS partners
UNWIND CASE WHEN community IS NOT NULL AND depth < 3 THEN [community] ELSE [] END + grids AS area
WITH known, partners, street, community, area
WHERE $level IS NULL OR $level = 'Grid' AND area:Grid OR $level = 'Community' AND area:Community
WITH known, partners, street, community, area, COLLECT {
  MATCH (unit:Unit)-[r:PAIRED_WITH]->(area)
  WITH unit, r, CASE WHEN r.since >= unit.since OR unit.since IS NULL THEN r.since ELSE unit.since END AS begins,
    CASE WHEN r.until <= unit.until OR unit.until IS NULL THEN r.until ELSE unit.until END AS ends
  WHERE begins IS NULL OR ends IS NULL OR begins < ends
  RETURN {unit: unit, begins: begins, ends: ends} ORDER BY unit.id, r.id
} AS pairings
WHERE none(p IN pairings WHERE (p.begins IS NULL OR p.begins <= $as_of) AND (p.ends IS NULL OR p.ends > $as_of))
WITH known, partners, street, community, area, [p IN pairings WHERE p.ends <= $as_of] AS past, [p IN pairings WHERE p.begins > $as_of] AS coming
WITH known, partners, street, community, area, past, coming, reduce(day = null, p IN past | CASE WHEN day IS NULL OR p.ends > day THEN p.ends ELSE day END) AS ended,
  reduce(day = null, p IN coming | CASE WHEN day IS NULL OR p.begins < day THEN p.begins ELSE day END) AS begins
WITH known, partners, street, community, area, ended, begins, head([p IN past WHERE p.ends = ended | p.unit]) AS last, head([p IN coming WHERE p.begins = begins | p.unit]) AS next,
  CASE WHEN ended IS NOT NULL THEN 'ended' WHEN begins IS NOT NULL THEN 'not-begun' ELSE 'never' END AS why
WHERE $why IS NULL OR why = $why
WITH street, community AS parent, area AS place, ended, begins, last AS former, next AS coming, why,
  CASE WHEN area:Grid THEN partners ELSE [] END AS partners, known OR EXISTS {
    MATCH (area)<-[c:COMPLETE_FOR]-(l:Ledger)
    WHERE l.kind = 'pairings' AND (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
      AND (l.since IS NULL OR l.since <= $as_of) AND (l.until IS NULL OR l.until > $as_of)
  } AS complete
// end of: unpaired-areas
WITH place, [place, parent, street, former, coming] + partners AS nodes
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
