/*
question:
  zh: 每个区域逐项要求是什么状态（整张矩阵）？
  en: What is the state of each requirement in each area - the whole matrix at once?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
columns:
  - {name: level, type: string, zh: 区域层级, en: Level of the areas}
  - {name: requirements, type: entities, zh: 这些区域共有的要求（按编号）, en: 'Requirements that these areas share, by id'}
  - {name: areas, type: maps, zh: "区域、上级区域编号（within）与状态（states，每项要求一个字符：+ 已覆盖，- 未覆盖，？未知）", en: "Areas: area, id of the one above (within), and states with one character a requirement: + covered, - uncovered, ? unknown"}
grain: {zh: 要求相同的一组区域一行, en: one row per set of requirements that areas of one level share}
sets: [EVIDENCE]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [Street, [{id: req-street-meals, label: Requirement, name: 街道有助餐服务}], [{area: {id: '990101001', label: Street, name: 东街道}, states: '?', within: '990101'}, {area: {id: '990101002', label: Street, name: 西镇}, states: +, within: '990101'}]]
    - [Community, [{id: req-community-mediator, label: Requirement, name: 社区有调解员}, {id: req-community-station, label: Requirement, name: 社区有服务站}], [{area: {id: '990101001001', label: Community, name: 松社区}, states: -+, within: '990101001'}, {area: {id: '990101001002', label: Community, name: 柏社区}, states: '-?', within: '990101001'}, {area: {id: '990101002001', label: Community, name: 梅社区}, states: '+?', within: '990101002'}, {area: {id: '990101002002', label: Community, name: 竹村}, states: '??', within: '990101002'}]]
    - [Grid, [{id: req-grid-chain, label: Requirement, name: 网格有党支部}, {id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, {id: req-grid-pairing, label: Requirement, name: 网格有两个结对单位}, {id: req-grid-worker, label: Requirement, name: 网格有专职网格员}], [{area: {id: '990101001001002', label: Grid, name: 松二网格}, states: '-?+-', within: '990101001001'}, {area: {id: '990101001002002', label: Grid, name: 柏二网格}, states: '-?--', within: '990101001002'}, {area: {id: '990101002001001', label: Grid, name: 梅一网格}, states: '++-?', within: '990101002001'}, {area: {id: '990101002001002', label: Grid, name: 梅二网格}, states: '?+-?', within: '990101002001'}, {area: {id: '990101002002001', label: Grid, name: 竹一网格}, states: '??-?', within: '990101002002'}, {area: {id: '990101002002002', label: Grid, name: 竹二网格}, states: '??-?', within: '990101002002'}]]
    - [Grid, [{id: req-grid-chain, label: Requirement, name: 网格有党支部}, {id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, {id: req-grid-pairing, label: Requirement, name: 网格有两个结对单位}, {id: req-grid-worker, label: Requirement, name: 网格有专职网格员}, {id: req-point-pairing, label: Requirement, name: 示范点有结对单位}], [{area: {id: '990101001001001', label: Grid, name: 松一网格}, states: ++-++, within: '990101001001'}, {area: {id: '990101001002001', label: Grid, name: 柏一网格}, states: '+?-+-', within: '990101001002'}]]
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
// Street by street, so that what was read for one is let go before the next: a whole city's rows at once are more than an engine's heap holds.
WITH depth AS root_depth, district AS root_district, street AS root_street, collect([community, grids]) AS held
CALL (root_depth, root_district, root_street, held) {
UNWIND held AS one
WITH root_depth AS depth, root_district AS district, root_street AS street, one[0] AS community, one[1] AS grids
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
WITH requirement, collect([places, CASE state WHEN 'covered' THEN '+' WHEN 'uncovered' THEN '-' ELSE '?' END]) AS cells
ORDER BY requirement.id
UNWIND cells AS cell
WITH cell[0] AS places, collect(requirement) AS needs, collect(cell[1]) AS letters
WITH size(places) AS rank, needs, last(places) AS area, places[size(places) - 2] AS above, reduce(states = '', letter IN letters | states + letter) AS states
RETURN rank, needs, collect({area: {id: area.id, label: head([l IN labels(area) WHERE l <> 'Entity']), name: area.name}, within: above.id, states: states}) AS some
}
UNWIND some AS told
WITH rank, needs, told
ORDER BY told.area.id
WITH rank, needs, collect(told) AS areas
RETURN CASE rank WHEN 2 THEN 'Street' WHEN 3 THEN 'Community' ELSE 'Grid' END AS level,
  [need IN needs | {id: need.id, label: 'Requirement', name: need.name}] AS requirements, areas
ORDER BY rank, reduce(key = '', need IN needs | key + need.id + ' ') SKIP $skip LIMIT $limit
