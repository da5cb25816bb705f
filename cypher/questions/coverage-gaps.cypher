/*
question:
  zh: 哪些区域没有达到哪项要求？缺失是确定的，还是台账不全而未知？
  en: Which areas miss which requirement, and is the gap certain or unknown for want of a ledger?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: "Id of the area whose gaps are asked for, with all that lies in it"}
  state: {type: string, default: null, values: [uncovered, unknown], zh: 只看一种状态, en: Only one state}
  requirement: {type: Requirement, default: null, zh: 只看一项要求, en: Only one requirement}
  ledger: {type: string, default: null, values: [areas, party-chain, pairings, units, members, workers, reserves, resources, services, cases, activities, needs], zh: 只看某种台账能判定的要求, en: Only requirements that this kind of ledger settles}
  q: {type: string, default: null, zh: "只看名称含此文字的：区域、所在社区或街道、要求", en: 'Only where the name of the area, of the community or street it lies in, or of the requirement holds this text, or the area''s id is it'}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: level, type: string, zh: 区域层级, en: Level of the area}
  - {name: community, type: entity, zh: 所在社区, en: Community it lies in}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: requirement, type: entity, zh: 要求, en: Requirement}
  - {name: state, type: state, zh: 状态, en: State}
  - {name: have, type: integer, unit: providers, zh: 现有提供方数, en: Distinct providers it has}
  - {name: minimum, type: integer, unit: providers, zh: 至少需要, en: Providers it needs}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
  - {name: standard, type: string, zh: 依据的标准, en: Standard}
grain: {zh: 每个区域与要求一行, en: one row per area and requirement}
sets: [EVIDENCE]
expected:
  parameters: {area: '990101001002', as_of: 2026-06-01}
  rows:
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-chain, label: Requirement, name: 网格有党支部}, uncovered, 0, 1, party-chain, 1, 五级组织链]
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-worker, label: Requirement, name: 网格有专职网格员}, uncovered, 0, 1, workers, 1, 一格一员]
    - [{id: '990101001002', label: Community, name: 柏社区}, Community, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-community-mediator, label: Requirement, name: 社区有调解员}, uncovered, 0, 1, workers, 2, 调解办法]
    - [{id: '990101001002001', label: Grid, name: 柏一网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-point-pairing, label: Requirement, name: 示范点有结对单位}, uncovered, 0, 1, pairings, 2, 示范点标准]
    - [{id: '990101001002', label: Community, name: 柏社区}, Community, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-community-station, label: Requirement, name: 社区有服务站}, unknown, 0, 1, resources, 2, 服务标准]
    - [{id: '990101001002001', label: Grid, name: 柏一网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, unknown, 0, 1, services, 2, 服务标准]
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-mediation, label: Requirement, name: 网格有调解服务}, unknown, 0, 1, services, 2, 服务标准]
    - [{id: '990101001002001', label: Grid, name: 柏一网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-pairing, label: Requirement, name: 网格有两个结对单位}, uncovered, 0, 2, pairings, 3, 结对办法]
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, Grid, {id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: req-grid-pairing, label: Requirement, name: 网格有两个结对单位}, uncovered, 0, 2, pairings, 3, 结对办法]
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
WITH area AS target, places[2] AS community, places[1] AS street, requirement AS need, size(providers) AS have, state
WHERE state <> 'covered' AND ($state IS NULL OR state = $state) AND ($requirement IS NULL OR need.id = $requirement)
  AND ($ledger IS NULL OR need.ledger = $ledger)
  AND ($q IS NULL OR $q IN [target.id, community.id, street.id]
    OR any(word IN [target.name, community.name, street.name, need.name, need.name_en] WHERE toLower(word) CONTAINS toLower($q)))
RETURN target, community, street, need, have, state
}
// answer
RETURN {id: target.id, label: need.level, name: target.name} AS area, need.level AS level,
  CASE WHEN community IS NOT NULL THEN {id: community.id, label: 'Community', name: community.name} END AS community,
  {id: street.id, label: 'Street', name: street.name} AS street,
  {id: need.id, label: 'Requirement', name: need.name} AS requirement,
  state, have, need.minimum AS minimum, need.ledger AS ledger, need.priority AS priority, need.standard AS standard
ORDER BY need.priority, state, target.id, need.id SKIP $skip LIMIT $limit
