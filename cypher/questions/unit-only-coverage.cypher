/*
question:
  zh: 如果某单位退出，哪些区域的哪些要求将不再达到？
  en: What would no longer be covered if this unit left?
area: unit
parameters:
  unit: {type: Unit, zh: 单位编号, en: Unit id}
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: community, type: entity, zh: 所在社区, en: Community it lies in}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: requirement, type: entity, zh: 要求, en: Requirement}
  - {name: have, type: integer, unit: providers, zh: 现有提供方数, en: Distinct providers now}
  - {name: left, type: integer, unit: providers, zh: 退出后的提供方数, en: Providers left without the unit}
  - {name: minimum, type: integer, unit: providers, zh: 至少需要, en: Providers it needs}
  - {name: lost, type: entities, zh: 随之失去的提供方（单位本身或仅由其提供的资源）, en: 'Providers lost: the unit itself, or resources that nobody else offers'}
  - {name: after, type: state, zh: 退出后的状态, en: State without the unit}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
grain: {zh: 每个区域与要求一行, en: one row per area and requirement}
sets: [EVIDENCE]
expected:
  parameters: {unit: unit-e, as_of: 2026-06-01}
  rows:
    - [{id: '990101002', label: Street, name: 西镇}, null, {id: '990101002', label: Street, name: 西镇}, {id: req-street-meals, label: Requirement, name: 街道有助餐服务}, 1, 0, 1, [{id: res-canteen-2, label: Resource, name: 梅社区食堂}], unknown, 1]
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
WITH area, places, requirement, providers, absence, state
WHERE state = 'covered'
WITH collect({area: area, places: places, requirement: requirement, givers: providers, absence: absence}) AS cells
MATCH (unit:Unit {id: $unit})
WITH cells, [unit] + COLLECT {
  MATCH (unit)-[r:OFFERS]->(resource:Resource)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND NOT EXISTS {
      MATCH (other)-[o:OFFERS]->(resource)
      WHERE other <> unit AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
        AND (other.since IS NULL OR other.since <= $as_of) AND (other.until IS NULL OR other.until > $as_of)
    }
  RETURN DISTINCT resource
} AS leaving
UNWIND [c IN cells WHERE any(p IN c.givers WHERE p IN leaving)] AS cell
WITH cell.area AS target, cell.places[2] AS community, cell.places[1] AS street, cell.requirement AS need, cell.absence AS absence,
  size(cell.givers) AS have, [p IN cell.givers WHERE p IN leaving] AS leavers
WITH target, community, street, need, absence, have, leavers, have - size(leavers) AS left
WHERE left < need.minimum
// answer
RETURN {id: target.id, label: need.level, name: target.name} AS area,
  CASE WHEN community IS NOT NULL THEN {id: community.id, label: 'Community', name: community.name} END AS community,
  {id: street.id, label: 'Street', name: street.name} AS street,
  {id: need.id, label: 'Requirement', name: need.name} AS requirement, have, left, need.minimum AS minimum,
  COLLECT { UNWIND leavers AS p RETURN {id: p.id, label: head([l IN labels(p) WHERE l <> 'Entity']), name: p.name} ORDER BY p.id } AS lost,
  absence AS after, need.priority AS priority
ORDER BY need.priority, target.id, need.id SKIP $skip LIMIT $limit
