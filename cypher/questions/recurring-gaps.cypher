/*
question:
  zh: 哪些没有达到的服务要求，当地居民的需求和问题反复印证？
  en: Which service requirements that are not met do recurring needs and cases of the place bear out?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: "Id of the area that is looked at, with all that lies in it"}
  state: {type: string, default: null, values: [uncovered, unknown], zh: 只看一种状态, en: Only one state}
  service: {type: Service, default: null, zh: 只看一项服务, en: Only one service}
  at_least: {type: integer, default: 2, minimum: 1, maximum: 100, zh: "期内至少几项需求，或同一渠道几件问题", en: 'Needs, or cases of one channel, that there must be in the period'}
  from: {type: date, default: null, zh: 提出的起始日（含）, en: First day on which they were raised}
  to: {type: date, default: null, zh: "提出的终止日（含），空为截至日期", en: Last day on which they were raised; as_of where left out}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: requirement, type: entity, zh: 没有达到的要求, en: Requirement that is not met}
  - {name: service, type: entity, zh: 服务, en: Service}
  - {name: state, type: state, zh: 状态, en: State}
  - {name: have, type: integer, unit: providers, zh: 现有提供方数, en: Distinct providers it has}
  - {name: minimum, type: integer, unit: providers, zh: 至少需要, en: Providers it needs}
  - {name: needs, type: integer, unit: needs, zh: 期内提出的同类需求, en: Needs for the service raised there in the period}
  - {name: cases, type: maps, zh: "期内适合该服务的问题，按渠道（各渠道不可相加）", en: "Cases whose kind the service fits, by channel; channels are never added"}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
grain: {zh: 每个区域与要求一行, en: one row per area and requirement}
sets: [EVIDENCE]
expected:
  parameters: {at_least: 1, as_of: 2026-06-01}
  rows:
    - [{id: '990101001', label: Street, name: 东街道}, {id: req-street-meals, label: Requirement, name: 街道有助餐服务}, {id: svc-meals, label: Service, name: 助餐}, unknown, 0, 1, 1, [], services, 1]
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
WITH requirement, area, {area: area, have: size(providers), state: state} AS cell
WHERE requirement.evidence STARTS WITH 'service:' AND cell.state <> 'covered' AND ($state IS NULL OR cell.state = $state)
WITH requirement, collect(cell) AS cells
MATCH (service:Service {code: split(requirement.evidence, ':')[1]})
WHERE (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of) AND ($service IS NULL OR service.id = $service)
WITH requirement, cells, service, COLLECT {
  MATCH (kind:CaseKind)
  WHERE service.code IN kind.services AND (kind.since IS NULL OR kind.since <= $as_of) AND (kind.until IS NULL OR kind.until > $as_of)
  RETURN kind.code
} AS kinds
UNWIND cells AS cell
// What was raised in an area is read once for all that is missing there.
WITH cell.area AS area, collect({requirement: requirement, service: service, kinds: kinds, have: cell.have, state: cell.state}) AS gaps
WITH area, gaps, reduce(all = [], gap IN gaps | all + gap.kinds) AS kinds, COLLECT {
  MATCH (area) (()<-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]-()){0,3} (spot)
  RETURN DISTINCT spot
} AS spots
WITH area, gaps, kinds, COLLECT {
  UNWIND spots AS spot
  MATCH (spot)<-[r:RAISED_BY]-(need:Need)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
    AND (need.state <> 'withdrawn' OR need.withdrawn_on > $as_of)
    AND need.raised_on <= $as_of AND ($from IS NULL OR need.raised_on >= $from) AND ($to IS NULL OR need.raised_on <= $to)
  MATCH (need)-[f:FOR]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
  WITH DISTINCT need, service
  RETURN service
} AS wishes, CASE WHEN size(kinds) = 0 THEN [] ELSE COLLECT {
  UNWIND spots AS spot
  MATCH (spot)<-[r:RAISED_IN]-(raised:Case)
  WHERE raised.kind IN kinds AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (raised.since IS NULL OR raised.since <= $as_of) AND (raised.until IS NULL OR raised.until > $as_of)
    AND raised.raised_on <= $as_of AND ($from IS NULL OR raised.raised_on >= $from) AND ($to IS NULL OR raised.raised_on <= $to)
  WITH DISTINCT raised
  RETURN [raised.kind, raised.channel]
} END AS reports
UNWIND gaps AS gap
WITH area, gap.requirement AS requirement, gap.have AS have, gap.state AS state, gap.service AS service, size([wish IN wishes WHERE wish = gap.service]) AS needs, COLLECT {
  UNWIND [report IN reports WHERE report[0] IN gap.kinds | report[1]] AS channel
  WITH channel, count(*) AS n
  RETURN {channel: channel, cases: n} ORDER BY channel
} AS cases
WHERE needs >= $at_least OR any(c IN cases WHERE c.cases >= $at_least)
WITH area AS at, requirement AS rule, have, state, service AS given, needs, cases
// answer
RETURN {id: at.id, label: head([l IN labels(at) WHERE l <> 'Entity']), name: at.name} AS area, {id: rule.id, label: 'Requirement', name: rule.name} AS requirement,
  {id: given.id, label: 'Service', name: given.name} AS service, state, have, rule.minimum AS minimum, needs, cases, rule.ledger AS ledger, rule.priority AS priority
ORDER BY needs DESC, rule.priority, at.id, rule.id SKIP $skip LIMIT $limit
