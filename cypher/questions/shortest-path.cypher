/*
question:
  zh: 两个实体之间最短的联系途径是什么？
  en: What are the shortest paths between two entities?
area: network
parameters:
  from: {type: Entity, zh: 起点编号, en: Id of the start}
  to: {type: Entity, zh: 终点编号, en: Id of the end}
  max_hops: {type: integer, default: 8, minimum: 1, maximum: 8, zh: 最多步数, en: Largest number of hops}
columns:
  - {name: hops, type: integer, unit: hops, zh: 步数, en: Hops}
  - {name: reason, type: strings, zh: 途径（关系类型依次）, en: Relationship types along the path}
  - {name: path, type: path, zh: 途径, en: Path}
grain: {zh: 每条最短途径一行；途径上的关系与节点当日均有效, en: one row per shortest path whose relationships and nodes all hold on the day}
sets: [NETWORK]
expected:
  parameters: {from: unit-b, to: "990101002002002", as_of: 2026-06-01}
  rows:
    - - 6
      - [LOCATED_IN, PART_OF, PART_OF, PART_OF, PART_OF, PART_OF]
      - nodes:
          - {id: unit-b, label: Unit, name: 乙银行, title: null}
          - {id: "990101001001", label: Community, name: 松社区, title: null}
          - {id: "990101001", label: Street, name: 东街道, title: null}
          - {id: "990101", label: District, name: 甲区, title: null}
          - {id: "990101002", label: Street, name: 西镇, title: null}
          - {id: "990101002002", label: Community, name: 竹村, title: null}
          - {id: "990101002002002", label: Grid, name: 竹二网格, title: null}
        steps:
          - {id: "LOCATED_IN:unit-b>990101001001", type: LOCATED_IN, from: unit-b, to: "990101001001", role: null, programme: null, since: null, until: null, source: src-pairings, source_ref: row 3}
          - {id: "PART_OF:990101001001>990101001", type: PART_OF, from: "990101001001", to: "990101001", role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 5}
          - {id: "PART_OF:990101001>990101", type: PART_OF, from: "990101001", to: "990101", role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 3}
          - {id: "PART_OF:990101002>990101", type: PART_OF, from: "990101002", to: "990101", role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 4}
          - {id: "PART_OF:990101002002>990101002", type: PART_OF, from: "990101002002", to: "990101002", role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 8}
          - {id: "PART_OF:990101002002002>990101002002", type: PART_OF, from: "990101002002002", to: "990101002002", role: null, programme: null, since: null, until: null, source: src-areas, source_ref: row 16}
*/
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
// answer
RETURN size(links) AS hops, [r IN links | type(r)] AS reason,
  // part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
  // end: path
ORDER BY [r IN links | r.id] SKIP $skip LIMIT $limit
