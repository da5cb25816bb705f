// Resources that serve or lie in one of $areas on $as_of, what they provide and who offers them.
// Rows: id, name, kind, capacity, capacity_unit, capacity_bound, schedule, open_to_public; resource, service code; resource, area,
// group; resource, area; giver, resource, capacity, schedule.
UNWIND $areas AS id
MATCH (area:Entity {id: id})<-[r:SERVES|LOCATED_IN]-(resource:Resource)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
WITH DISTINCT resource
WITH resource, COLLECT {
  MATCH (resource)-[g:PROVIDES]->(service:Service)
  WHERE (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  RETURN DISTINCT [resource.id, service.code]
} AS provides, COLLECT {
  MATCH (resource)-[r:SERVES]->(a)
  WHERE (a:District OR a:Street OR a:Community OR a:Grid) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
  RETURN DISTINCT [resource.id, a.id, r.group]
} AS serves, COLLECT {
  MATCH (resource)-[r:LOCATED_IN]->(a)
  WHERE (a:District OR a:Street OR a:Community OR a:Grid) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
  RETURN DISTINCT [resource.id, a.id]
} AS located, COLLECT {
  MATCH (resource)<-[r:OFFERS]-(giver)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (giver.since IS NULL OR giver.since <= $as_of) AND (giver.until IS NULL OR giver.until > $as_of)
  RETURN [giver.id, resource.id, r.capacity, r.schedule]
} AS offers
WITH collect([resource.id, resource.name, resource.kind, resource.capacity, resource.capacity_unit, resource.capacity_bound, resource.schedule,
  resource.open_to_public]) AS resources, collect(provides) AS provides, collect(serves) AS serves, collect(located) AS located, collect(offers) AS offers
RETURN resources, reduce(all = [], x IN provides | all + x) AS provides, reduce(all = [], x IN serves | all + x) AS serves,
  reduce(all = [], x IN located | all + x) AS located, reduce(all = [], x IN offers | all + x) AS offers
