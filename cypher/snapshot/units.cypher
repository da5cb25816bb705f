// Units with where they lie, what they pair with on $as_of or later, and which services they are known to be able to give.
// Rows: id, name, name_en, kind, district_agency, pairing_capacity, party_members; unit, area; pairing, unit, area, services,
// capacity_used, since, until, programme; unit, service code.
MATCH (u:Unit)
WHERE (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)
WITH u, COLLECT {
  MATCH (u)-[r:LOCATED_IN]->(a)
  WHERE (a:District OR a:Street OR a:Community OR a:Grid) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
  RETURN DISTINCT [u.id, a.id]
} AS located, COLLECT {
  MATCH (u)-[r:PAIRED_WITH]->(a)
  WHERE (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
  RETURN [r.id, u.id, a.id, r.services, r.capacity_used, r.since, r.until, r.programme]
} AS pairings
WHERE size(located) = 0 OR any(x IN located WHERE x[1] IN $areas) OR any(x IN pairings WHERE x[2] IN $areas)
WITH u, located, pairings, COLLECT {
  CALL (u) {
    // what it once undertook it can do, so an ended pairing tells it too
    MATCH (u)-[r:PAIRED_WITH]->(a)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
    UNWIND coalesce(r.services, []) AS code
    RETURN code
    UNION
    MATCH (u)-[r:OFFERS]->(resource:Resource)-[g:PROVIDES]->(service:Service)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
      AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN service.code AS code
    UNION
    MATCH (u)<-[r:MEMBER_OF]-(m:Member)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
    UNWIND coalesce(m.skills, []) AS code
    RETURN code
  }
  RETURN [u.id, code]
} AS able
WITH collect([u.id, u.name, u.name_en, u.kind, u.district_agency, u.pairing_capacity, u.party_members]) AS units,
  collect(located) AS located, collect(pairings) AS pairings, collect(able) AS able
RETURN units, reduce(all = [], x IN located | all + x) AS located, reduce(all = [], x IN pairings | all + x) AS pairings,
  reduce(all = [], x IN able | all + x) AS able
