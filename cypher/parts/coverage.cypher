// Judges every requirement in every area that part areas left. What areas above give is read once per community
// (once per street for requirements of streets) and shared by its grids. Leaves one row per area and requirement:
//   depth, area, places ([district, street, community, grid], as far down as the area), requirement,
//   scope (the areas where evidence counts), providers (distinct, each [node, areas it reaches, links to them]),
//   ledgers (complete for the area or one above, each [node, …]), state, absence (what too few providers would mean).
WITH depth, district, street, collect(CASE WHEN community IS NOT NULL THEN {community: community, grids: grids} END) AS parts
WITH depth, district, street, parts, COLLECT {
  MATCH (q:Requirement)
  WHERE (q.since IS NULL OR q.since <= $as_of) AND (q.until IS NULL OR q.until > $as_of)
  RETURN {node: q, level: q.level, key: q.evidence, ledger: 'ledger:' + q.ledger, within: q.scope = 'within', all: q.applies = 'all', minimum: q.minimum}
} AS rules
UNWIND [{head: [district, street], below: reduce(all = [], p IN parts | all + [p.community] + p.grids),
         Street: CASE WHEN depth < 2 THEN [street] ELSE [] END, Community: [], Grid: []}]
  + [p IN parts | {head: [district, street, p.community], below: p.grids,
         Street: [], Community: CASE WHEN depth < 3 THEN [p.community] ELSE [] END, Grid: p.grids}] AS part
WITH depth, rules, part, COLLECT {
  UNWIND part.head + part.below AS place
  MATCH (provider)-[link:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR]->(place)
  WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)
    AND (provider.since IS NULL OR provider.since <= $as_of) AND (provider.until IS NULL OR provider.until > $as_of)
  UNWIND CASE type(link)
    WHEN 'RESPONSIBLE_FOR' THEN ['chain:' + toString(provider.level)]
    WHEN 'ASSIGNED_TO' THEN ['worker:' + link.profession, CASE link.role WHEN 'full-time' THEN 'worker:full-time' END]
    WHEN 'PAIRED_WITH' THEN ['pairing'] + [code IN coalesce(link.services, []) | 'service:' + code]
    WHEN 'COMPLETE_FOR' THEN ['ledger:' + provider.kind]
    ELSE CASE WHEN provider:Resource THEN ['resource:' + provider.kind] + COLLECT {
      MATCH (provider)-[gives:PROVIDES]->(service:Service)
      WHERE (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)
        AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
      RETURN 'service:' + service.code
    } ELSE [] END
  END AS key
  WITH key, provider, collect(DISTINCT place) AS reached, collect(DISTINCT link) AS links
  WITH key, collect([provider, reached, links]) AS given
  RETURN [key, given]
} AS facts
UNWIND [r IN rules WHERE size(part[r.level]) > 0] AS rule
WITH depth, part, rule, rule.key AS key, rule.ledger AS ledger, facts
WITH depth, part, rule,
  coalesce(head([fact IN facts WHERE fact[0] = key | fact[1]]), []) AS given,
  coalesce(head([fact IN facts WHERE fact[0] = ledger | fact[1]]), []) AS kept
UNWIND [area IN part[rule.level] WHERE rule.all OR area.demonstration] AS area
WITH depth, area, part.head + CASE rule.level WHEN 'Grid' THEN [area] ELSE [] END AS places, rule, given, kept,
  CASE rule.level WHEN 'Grid' THEN [area] ELSE [area] + part.below END AS inside
WITH depth, area, places, rule, CASE WHEN rule.within THEN inside ELSE places END AS scope, given, kept
WITH depth, area, places, rule.node AS requirement, rule.minimum AS minimum, scope,
  [g IN given WHERE any(place IN g[1] WHERE place IN scope)] AS providers,
  [k IN kept WHERE any(place IN k[1] WHERE place IN places)] AS ledgers
WITH depth, area, places, requirement, minimum, scope, providers, ledgers,
  CASE WHEN size(ledgers) > 0 THEN 'uncovered' ELSE 'unknown' END AS absence
WITH depth, area, places, requirement, scope, providers, ledgers, absence,
  CASE WHEN size(providers) >= minimum THEN 'covered' ELSE absence END AS state
