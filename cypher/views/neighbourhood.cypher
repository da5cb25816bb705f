/*
view:
  zh: "该实体周围的实体与途径"
  en: "The entity with what lies around it"
shows: rows
*/
// body of: neighbourhood
MATCH p = (a:Entity {id: $entity})
  (()-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){1,2} (e)
WHERE length(p) <= $max_hops AND all(n IN nodes(p) WHERE single(x IN nodes(p) WHERE x = n))
WITH e, nodes(p) AS stops, relationships(p) AS links
// end of: neighbourhood
RETURN stops AS nodes, links
ORDER BY size(links), e.id, [r IN links | r.id] SKIP $skip LIMIT $limit
