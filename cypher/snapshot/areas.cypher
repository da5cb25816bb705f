// The areas of the district that $area lies in, on $as_of: one row per area and area directly above it.
// Rows: id, label, name, name_en, parent, demonstration, households, residents, residents_over_70.
MATCH (root:Entity {id: $area}) (()-[up:PART_OF WHERE (up.since IS NULL OR up.since <= $as_of) AND (up.until IS NULL OR up.until > $as_of)]->()){0,3} (district:District)
WHERE (district.since IS NULL OR district.since <= $as_of) AND (district.until IS NULL OR district.until > $as_of)
WITH DISTINCT district ORDER BY district.id LIMIT 1
RETURN [[district.id, 'District', district.name, district.name_en, null, null, district.households, district.residents, district.residents_over_70]] + COLLECT {
    MATCH (district)<-[i:PART_OF]-(street:Street)
    WHERE (i.since IS NULL OR i.since <= $as_of) AND (i.until IS NULL OR i.until > $as_of) AND (street.since IS NULL OR street.since <= $as_of) AND (street.until IS NULL OR street.until > $as_of)
    RETURN [street.id, 'Street', street.name, street.name_en, district.id, null, street.households, street.residents, street.residents_over_70]
  } + COLLECT {
    MATCH (district)<-[i:PART_OF]-(street:Street)<-[j:PART_OF]-(community:Community)
    WHERE (i.since IS NULL OR i.since <= $as_of) AND (i.until IS NULL OR i.until > $as_of) AND (street.since IS NULL OR street.since <= $as_of) AND (street.until IS NULL OR street.until > $as_of)
      AND (j.since IS NULL OR j.since <= $as_of) AND (j.until IS NULL OR j.until > $as_of) AND (community.since IS NULL OR community.since <= $as_of) AND (community.until IS NULL OR community.until > $as_of)
    RETURN [community.id, 'Community', community.name, community.name_en, street.id, null, community.households, community.residents, community.residents_over_70]
  } + COLLECT {
    MATCH (district)<-[i:PART_OF]-(street:Street)<-[j:PART_OF]-(community:Community)<-[k:PART_OF]-(grid:Grid)
    WHERE (i.since IS NULL OR i.since <= $as_of) AND (i.until IS NULL OR i.until > $as_of) AND (street.since IS NULL OR street.since <= $as_of) AND (street.until IS NULL OR street.until > $as_of)
      AND (j.since IS NULL OR j.since <= $as_of) AND (j.until IS NULL OR j.until > $as_of) AND (community.since IS NULL OR community.since <= $as_of) AND (community.until IS NULL OR community.until > $as_of)
      AND (k.since IS NULL OR k.since <= $as_of) AND (k.until IS NULL OR k.until > $as_of) AND (grid.since IS NULL OR grid.since <= $as_of) AND (grid.until IS NULL OR grid.until > $as_of)
    RETURN [grid.id, 'Grid', grid.name, grid.name_en, community.id, grid.demonstration, grid.households, grid.residents, grid.residents_over_70]
  } AS areas
