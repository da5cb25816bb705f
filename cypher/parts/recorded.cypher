// Finds where records of $area hang, by links that hold on $as_of; what is counted must itself hold, what lies between need not.
// Leaves four lists, everything in them once:
//   areas          $area and all areas whose codes begin with its own. A code costs one look-up where PART_OF costs a walk, and
//                  a case stays where it was raised when its grid is no more.
//   organizations  responsible for one of them or a building in it, serving it or lying there; or part of such a one, up to four steps
//   units          lying there
//   things         what else serves or lies there: resources, some members and activities
MATCH (place:Entity)
WHERE place.id STARTS WITH $area AND (place:District OR place:Street OR place:Community OR place:Grid OR place:Building AND place.id = $area)
WITH collect(place) AS areas
CALL (areas) {
  CALL (areas) {
    UNWIND areas AS place
    RETURN place
    UNION ALL
    UNWIND areas AS area
    MATCH (area)<-[p:PART_OF]-(place:Building)
    WHERE (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
    RETURN place
  }
  MATCH (place)<-[r:RESPONSIBLE_FOR|SERVES|LOCATED_IN]-(x)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT x
  RETURN collect(CASE WHEN x:Organization THEN x END) AS near, collect(CASE WHEN x:Unit THEN x END) AS units,
    collect(CASE WHEN NOT x:Organization AND NOT x:Unit THEN x END) AS things
}
// Most parts of an organization that is near are near themselves; only those that are not are followed down.
CALL (near) {
  CALL (near) {
    UNWIND near AS x
    RETURN x, null AS link, 1 AS direct
    UNION ALL
    UNWIND near AS above
    MATCH (above)<-[link:PART_OF]-(x:Organization)
    RETURN x, link, 0 AS direct
  }
  WITH x, max(direct) AS direct, collect(link) AS links
  WHERE direct = 0 AND any(r IN links WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of))
  MATCH (x) (()<-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(:Organization)){0,3} (below)
  RETURN collect(DISTINCT below) AS below
}
CALL (near, below) {
  UNWIND near + below AS x
  RETURN collect(DISTINCT x) AS organizations
}
WITH areas, organizations, units, things
