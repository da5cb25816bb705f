/*
view:
  zh: "服务、提供它的资源、资源的提供者与服务的区域"
  en: "Services with the resources that give them, who offers these, and the areas they serve"
shows: rows
*/
// body of: resources-by-service
MATCH (service:Service)
WHERE ($service IS NULL OR service.id = $service)
  AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
MATCH (service)<-[gives:PROVIDES]-(resource:Resource)
WHERE (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)
  AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
WITH DISTINCT service, resource
WITH service, resource, COLLECT {
  MATCH (resource)-[r:SERVES]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (place.since IS NULL OR place.since <= $as_of) AND (place.until IS NULL OR place.until > $as_of)
  WITH DISTINCT place
  RETURN place ORDER BY place.id
} AS places
WHERE $area IS NULL OR EXISTS {
  UNWIND places AS place
  MATCH (place) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (root:Entity {id: $area})
} OR EXISTS {
  UNWIND places AS place
  MATCH (root:Entity {id: $area}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){1,3} (place)
}
WITH service AS offer, resource AS giver, places ORDER BY offer.id, giver.id LIMIT $skip + $limit
WITH offer, giver, places, COLLECT {
    MATCH (giver)<-[r:OFFERS]-(by)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
    WITH DISTINCT by
    RETURN by ORDER BY by.id
  } AS holders
// end of: resources-by-service
WITH offer, giver, [offer, giver] + places + holders AS nodes
ORDER BY offer.id, giver.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
