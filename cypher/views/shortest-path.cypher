/*
view:
  zh: "两个实体之间的全部最短路径"
  en: "All shortest paths between the two entities"
shows: rows
*/
// body of: shortest-path
MATCH (a:Entity {id: $from} WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
MATCH (b:Entity {id: $to} WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
WHERE a <> b
// Rings around both ends, the smaller one widened in turn until they meet. They are widened by hand, because one engine
// tests a condition on shortestPath() only after it has chosen the path, and then misses a longer one that holds.
WITH reduce(rings = {near: [{nodes: [a]}], far: [{nodes: [b]}]}, k IN range(1, $max_hops) | CASE
  WHEN any(n IN rings.near[-1].nodes WHERE n IN rings.far[-1].nodes) THEN rings
  WHEN size(rings.near[-1].nodes) <= size(rings.far[-1].nodes) THEN {far: rings.far, near: rings.near + [{nodes: COLLECT {
    UNWIND rings.near[-1].nodes AS x
    MATCH (x)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
    RETURN DISTINCT n
  }}]}
  ELSE {near: rings.near, far: rings.far + [{nodes: COLLECT {
    UNWIND rings.far[-1].nodes AS x
    MATCH (x)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
    RETURN DISTINCT n
  }}]}
END) AS rings
WITH rings, [n IN rings.near[-1].nodes WHERE n IN rings.far[-1].nodes | {stops: [n], links: []}] AS middle
// from where they meet back to the start, ring by ring, and on to the end
WITH rings, reduce(walks = middle, k IN range(2, size(rings.near)) | COLLECT {
  UNWIND walks AS walk
  UNWIND walk.stops[..1] AS x
  MATCH (x)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(n)
  WHERE n IN rings.near[-k].nodes
  RETURN {stops: [n] + walk.stops, links: [r] + walk.links}
}) AS halves
UNWIND reduce(walks = halves, k IN range(2, size(rings.far)) | COLLECT {
  UNWIND walks AS walk
  UNWIND walk.stops[-1..] AS x
  MATCH (x)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-(n)
  WHERE n IN rings.far[-k].nodes
  RETURN {stops: walk.stops + [n], links: walk.links + [r]}
}) AS walk
WITH walk.stops AS stops, walk.links AS links
// end of: shortest-path
RETURN stops AS nodes, links
ORDER BY [r IN links | r.id] SKIP $skip LIMIT $limit
