/*
question:
  zh: 某区域的某项要求为什么算已覆盖、未覆盖或未知？
  en: Why does an area count as covered, uncovered or unknown?
area: coverage
parameters:
  area: {type: Area, zh: 区域编号, en: Id of the area that is judged}
  requirement: {type: Requirement, default: null, zh: 只看一项要求, en: Only one requirement}
columns:
  - {name: requirement, type: entity, zh: 要求, en: Requirement}
  - {name: state, type: state, zh: 状态, en: State}
  - {name: have, type: integer, unit: providers, zh: 现有提供方数, en: Distinct providers it has}
  - {name: minimum, type: integer, unit: providers, zh: 至少需要, en: Providers it needs}
  - {name: provider, type: entity, zh: 提供方（无则为空）, en: Provider; null where there is none}
  - {name: place, type: entity, zh: 提供方抵达的区域, en: Area that the provider reaches}
  - {name: path, type: path, zh: 从提供方到该区域的途径, en: Path from the service or provider to the area}
  - {name: since, type: date, zh: 起始日, en: Since}
  - {name: source, type: string, zh: 来源, en: Source of the link}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
  - {name: ledgers, type: entities, zh: 对该区域完整的台账, en: Ledgers of that kind that are complete for the area}
grain: {zh: 每项要求、提供方与途径一行；无提供方的要求一行, en: 'one row per requirement, provider and path; one row for a requirement without a provider'}
sets: [EVIDENCE]
expected:
  parameters: {area: '990101002001002', as_of: 2026-06-01}
  rows:
    - [{id: req-grid-chain, label: Requirement, name: 网格有党支部}, unknown, 0, 1, null, null, null, null, null, null, party-chain, []]
    - [{id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, covered, 2, 1, {id: res-forum, label: Resource, name: 梅社区议事亭, title: null}, {id: '990101002001', label: Community, name: 梅社区}, {nodes: [{id: svc-mediation, label: Service, name: 调解, title: null}, {id: res-forum, label: Resource, name: 梅社区议事亭, title: null}, {id: '990101002001', label: Community, name: 梅社区, title: null}, {id: '990101002001002', label: Grid, name: 梅二网格, title: null}], steps: [{id: 'PROVIDES:res-forum>svc-mediation', type: PROVIDES, from: res-forum, to: svc-mediation, role: null, programme: null, since: null, until: null, source: src-article, source_ref: '2:92'}, {id: 'SERVES:res-forum>990101002001', type: SERVES, from: res-forum, to: '990101002001', role: null, programme: null, since: null, until: null, source: src-article, source_ref: '2:93'}, {id: 'PART_OF:990101002001002>990101002001', type: PART_OF, from: '990101002001002', to: '990101002001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 14'}]}, null, src-article, '2:93', services, []]
    - [{id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, covered, 2, 1, {id: unit-e, label: Unit, name: 戊公司, title: null}, {id: '990101002001', label: Community, name: 梅社区}, {nodes: [{id: unit-e, label: Unit, name: 戊公司, title: null}, {id: '990101002001', label: Community, name: 梅社区, title: null}, {id: '990101002001002', label: Grid, name: 梅二网格, title: null}], steps: [{id: 'PAIRED_WITH:unit-e>990101002001', type: PAIRED_WITH, from: unit-e, to: '990101002001', role: null, programme: null, since: null, until: null, source: src-pairings, source_ref: 'row 6'}, {id: 'PART_OF:990101002001002>990101002001', type: PART_OF, from: '990101002001002', to: '990101002001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 14'}]}, null, src-pairings, row 6, services, []]
    - [{id: req-grid-pairing, label: Requirement, name: 网格有两个结对单位}, uncovered, 1, 2, {id: unit-e, label: Unit, name: 戊公司, title: null}, {id: '990101002001', label: Community, name: 梅社区}, {nodes: [{id: unit-e, label: Unit, name: 戊公司, title: null}, {id: '990101002001', label: Community, name: 梅社区, title: null}, {id: '990101002001002', label: Grid, name: 梅二网格, title: null}], steps: [{id: 'PAIRED_WITH:unit-e>990101002001', type: PAIRED_WITH, from: unit-e, to: '990101002001', role: null, programme: null, since: null, until: null, source: src-pairings, source_ref: 'row 6'}, {id: 'PART_OF:990101002001002>990101002001', type: PART_OF, from: '990101002001002', to: '990101002001', role: null, programme: null, since: null, until: null, source: src-areas, source_ref: 'row 14'}]}, null, src-pairings, row 6, pairings, [{id: ledger-pairings, label: Ledger, name: 结对台账}]]
    - [{id: req-grid-worker, label: Requirement, name: 网格有专职网格员}, unknown, 0, 1, null, null, null, null, null, null, workers, []]
*/
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
// part: coverage
// Judges every requirement in every area that part areas left. Each link that may be evidence is read once, at the area
// where it ends; what is known of a street and of a community is found once and shared by the areas in it. Leaves one row
// per area and requirement:
//   depth, area, places ([district, street, community, grid], as far down as the area), requirement,
//   providers (distinct nodes), evidence (each [key, provider, its link to an area that counts]),
//   ledgers (complete for the area or one above; one that says so twice stands twice), state,
//   absence (what too few providers would mean).
WITH depth, district, street, collect(CASE WHEN community IS NOT NULL THEN [community] + grids END) AS parts
WITH depth, district, collect([street, parts]) AS streets
WITH depth, district, streets, COLLECT {
  MATCH (q:Requirement)
  WHERE (q.since IS NULL OR q.since <= $as_of) AND (q.until IS NULL OR q.until > $as_of)
  RETURN {node: q, key: q.evidence, ledger: 'ledger:' + q.ledger, within: q.scope = 'within', all: q.applies = 'all', minimum: q.minimum,
    rank: CASE q.level WHEN 'Street' THEN 1 WHEN 'Community' THEN 2 ELSE 3 END, services: COLLECT {
      MATCH (service:Service {code: split(q.evidence, ':')[1]})
      WHERE q.evidence STARTS WITH 'service:'
        AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
      RETURN service
    }}
} AS rules
WITH depth, district, streets, rules, reduce(all = [], r IN rules | all + r.services) AS services
UNWIND streets AS pair
WITH depth, district, pair[0] AS street, pair[1] AS parts, rules, services
WITH depth, [district, street] AS head, rules, [places IN [[district, street]] + parts | [place IN places | [place, COLLECT {
  MATCH (place)<-[link:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR]-(provider)
  WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)
    AND (provider.since IS NULL OR provider.since <= $as_of) AND (provider.until IS NULL OR provider.until > $as_of)
  UNWIND CASE type(link)
    WHEN 'RESPONSIBLE_FOR' THEN ['chain:' + toString(provider.level)]
    WHEN 'ASSIGNED_TO' THEN ['worker:' + link.profession, CASE link.role WHEN 'full-time' THEN 'worker:full-time' END]
    WHEN 'PAIRED_WITH' THEN ['pairing'] + [code IN coalesce(link.services, []) | 'service:' + code]
    WHEN 'COMPLETE_FOR' THEN ['ledger:' + provider.kind]
    ELSE CASE WHEN provider:Resource THEN ['resource:' + provider.kind] + COLLECT {
      MATCH (provider)-[gives:PROVIDES]->(service)
      WHERE service IN services AND (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)
      RETURN 'service:' + service.code
    } ELSE [] END
  END AS key
  WITH key, provider, link
  WHERE key IS NOT NULL
  RETURN [key, provider, link]
}]]] AS seen
WITH depth, head, rules, seen[0][1][1] AS own, seen[0][0][1] + seen[0][1][1] AS above, seen[1..] AS parts
// one row per street, per community and per community's grids
UNWIND [{rank: 1, head: head[..1], areas: [[head[1], []]], shared: above,
         inside: reduce(all = own, part IN parts | reduce(more = all, p IN part | more + p[1]))}]
  + [part IN parts | {rank: 2, head: head, areas: [[part[0][0], []]], shared: above + part[0][1], inside: reduce(all = [], p IN part | all + p[1])}]
  + [part IN parts | {rank: 3, head: head + [part[0][0]], areas: part[1..], shared: above + part[0][1], inside: []}] AS band
WITH depth, band, [r IN rules WHERE r.rank = band.rank] AS rules
WHERE band.rank >= depth AND size(band.areas) > 0
WITH depth, band.head AS head, band.areas AS areas, rules, [f IN band.shared WHERE f[0] STARTS WITH 'ledger:'] AS kept,
  [f IN band.shared WHERE NOT f[0] STARTS WITH 'ledger:'] AS shared, band.inside AS inside
UNWIND rules AS rule
WITH depth, head, areas, rule, rule.key AS key, rule.ledger AS ledger, kept, CASE WHEN rule.within THEN inside ELSE shared END AS facts
WITH depth, head, areas, rule, key, ledger, [f IN facts WHERE f[0] = key] AS found, [f IN kept WHERE f[0] = ledger | f[1]] AS known
UNWIND [a IN areas WHERE rule.all OR a[0].demonstration
  | [a[0], found + [f IN a[1] WHERE f[0] = key], known + [f IN a[1] WHERE f[0] = ledger | f[1]]]] AS cell
WITH depth, cell[0] AS area, head + [cell[0]] AS places, rule.node AS requirement, rule.minimum AS minimum, cell[1] AS evidence, cell[2] AS ledgers
WITH depth, area, places, requirement, minimum, evidence, ledgers, CASE WHEN size(ledgers) > 0 THEN 'uncovered' ELSE 'unknown' END AS absence,
  CASE WHEN size(evidence) < 2 THEN [e IN evidence | e[1]] ELSE reduce(some = [], e IN evidence | CASE WHEN e[1] IN some THEN some ELSE some + [e[1]] END) END AS providers
WITH depth, area, places, requirement, providers, evidence, ledgers, absence,
  CASE WHEN size(providers) >= minimum THEN 'covered' ELSE absence END AS state
// end: coverage
WITH area AS target, requirement AS need, providers, evidence, ledgers AS kept, state
WHERE target.id = $area AND ($requirement IS NULL OR need.id = $requirement)
WITH target, need, state, size(providers) AS have, COLLECT { UNWIND evidence AS e RETURN DISTINCT [e[1], e[2]] } AS pairs,
  COLLECT { UNWIND kept AS ledger RETURN DISTINCT ledger } AS kept
UNWIND CASE WHEN size(pairs) = 0 THEN [[null, null]] ELSE pairs END AS pair
WITH target, need, kept, state, have, pair[0] AS giver, pair[1] AS link, coalesce(endNode(pair[1]), target) AS reached
WITH target, need, kept, state, have, giver, link, reached,
  CASE need.scope WHEN 'within' THEN reached ELSE target END AS lower, CASE need.scope WHEN 'within' THEN target ELSE reached END AS upper
MATCH way = (lower) (()-[up:PART_OF WHERE (up.since IS NULL OR up.since <= $as_of) AND (up.until IS NULL OR up.until > $as_of)]->()){0,3} (upper)
WITH need, kept, state, have, giver, link, reached, coalesce(giver, target) AS from,
  CASE need.scope WHEN 'within' THEN nodes(way) ELSE reverse(nodes(way)) END AS places,
  CASE need.scope WHEN 'within' THEN relationships(way) ELSE reverse(relationships(way)) END AS steps
OPTIONAL MATCH (from)-[gives:PROVIDES]->(service:Service)
WHERE type(link) = 'SERVES' AND need.evidence = 'service:' + service.code
  AND (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)
  AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
WITH need, kept, state, have, giver, link, reached,
  CASE WHEN service IS NULL THEN [giver] ELSE [service, giver] END + places AS stops,
  CASE WHEN gives IS NULL THEN [link] ELSE [gives, link] END + steps AS links
// answer
WITH need, kept, state, have, giver, link, reached, head(links).id AS first,
// part: path
  {
    nodes: [n IN stops | {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title}],
    steps: [r IN links | {id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref}]
  } AS path
// end: path
RETURN {id: need.id, label: 'Requirement', name: need.name} AS requirement, state, have, need.minimum AS minimum,
  CASE WHEN giver IS NOT NULL THEN {id: giver.id, label: head([l IN labels(giver) WHERE l <> 'Entity']), name: giver.name, title: giver.title} END AS provider,
  CASE WHEN link IS NOT NULL THEN {id: reached.id, label: head([l IN labels(reached) WHERE l <> 'Entity']), name: reached.name} END AS place,
  CASE WHEN link IS NOT NULL THEN path END AS path,
  link.since AS since, link.source AS source, link.source_ref AS source_ref, need.ledger AS ledger,
  COLLECT { UNWIND kept AS l RETURN {id: l.id, label: 'Ledger', name: l.name} ORDER BY l.id } AS ledgers
ORDER BY need.id, coalesce(giver.id, ''), coalesce(link.id, ''), coalesce(first, '') SKIP $skip LIMIT $limit
