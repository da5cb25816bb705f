/*
question:
  zh: 五级组织链在哪里断开？
  en: Where is the five-level chain of party organizations broken?
area: coverage
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  kind: {type: string, default: null, values: [street-without-committee, community-without-organization, grid-without-branch, superior-missing, superior-ended, level-skipped], zh: 只看一种断点, en: Only one kind of break}
columns:
  - {name: kind, type: string, zh: 断点种类, en: Kind of break}
  - {name: level, type: integer, zh: 缺少的或缺少上级的组织层级, en: Level of the organization that is missing or that lacks its superior}
  - {name: area, type: entity, zh: 所在区域（无从确定则为空）, en: Area where it breaks; null where nothing places the organization}
  - {name: organization, type: entity, zh: 缺少上级的组织, en: Organization that lacks its superior; null where an area lacks the organization}
  - {name: superior, type: entity, zh: 现有但不合要求的上级或已终止的上级, en: 'Superior that it has instead of the right one, or that ended'}
  - {name: state, type: state, zh: 状态, en: 'State: uncovered where the chain''s ledger is complete, else unknown'}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
sets: [CHAIN]
grain: {zh: 每个断点一行, en: one row per break}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [community-without-organization, 2, {id: '990101001002', label: Community, name: 柏社区}, null, null, uncovered, party-chain]
    - [community-without-organization, 2, {id: '990101002002', label: Community, name: 竹村}, null, null, unknown, party-chain]
    - [grid-without-branch, 3, {id: '990101001001002', label: Grid, name: 松二网格}, null, null, uncovered, party-chain]
    - [grid-without-branch, 3, {id: '990101001002002', label: Grid, name: 柏二网格}, null, null, uncovered, party-chain]
    - [grid-without-branch, 3, {id: '990101002001002', label: Grid, name: 梅二网格}, null, null, unknown, party-chain]
    - [grid-without-branch, 3, {id: '990101002002001', label: Grid, name: 竹一网格}, null, null, unknown, party-chain]
    - [grid-without-branch, 3, {id: '990101002002002', label: Grid, name: 竹二网格}, null, null, unknown, party-chain]
    - [superior-ended, 3, {id: '990101001002001', label: Grid, name: 柏一网格}, {id: org-branch-3, label: Organization, name: 柏一网格党支部}, {id: org-community-2, label: Organization, name: 柏社区党委}, uncovered, party-chain]
    - [superior-missing, 4, {id: '990101001002001', label: Grid, name: 柏一网格}, {id: org-group-3, label: Organization, name: 柏一网格楼栋党小组}, null, uncovered, party-chain]
    - [level-skipped, 5, {id: '990101002001001', label: Grid, name: 梅一网格}, {id: org-household-5, label: Organization, name: 梅一网格党员中心户}, {id: org-branch-5, label: Organization, name: 梅一网格党支部}, unknown, party-chain]
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
// part: places
// Flattens what part areas left. Leaves one row per area in scope: depth, district, place, level (0 district, 1 street,
// 2 community, 3 grid).
WITH depth, district, street, collect(CASE WHEN community IS NOT NULL THEN {community: community, grids: grids} END) AS parts
WITH depth, district, collect({street: street, parts: parts}) AS streets
UNWIND CASE WHEN depth < 1 THEN [[district, 0]] ELSE [] END + reduce(all = [], s IN streets | all
  + CASE WHEN depth < 2 THEN [[s.street, 1]] ELSE [] END
  + reduce(inside = [], p IN s.parts | inside + CASE WHEN depth < 3 THEN [[p.community, 2]] ELSE [] END + [g IN p.grids | [g, 3]])) AS pair
WITH depth, district, pair[0] AS place, pair[1] AS level
// end: places
// An organization works where it is responsible for an area (or a building in one), else where its nearest superior does.
WITH depth, district, collect([place, level]) AS areas
CALL (depth, areas) {
  UNWIND areas AS pair
  WITH pair[0] AS area, pair[1] AS level
  WHERE level > 0 AND NOT EXISTS {
    MATCH (body:Organization {level: level})-[r:RESPONSIBLE_FOR]->(area)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  }
  RETURN CASE level WHEN 1 THEN 'street-without-committee' WHEN 2 THEN 'community-without-organization' ELSE 'grid-without-branch' END AS kind,
    level, area, null AS organization, null AS superior
  UNION ALL
  // What links lead to from the area, ended ones too; with a district, also what no link places anywhere.
  CALL (depth) {
    MATCH (:Entity {id: $area}) (()<-[:PART_OF|RESPONSIBLE_FOR]-()){0,9} (organization:Organization)
    RETURN DISTINCT organization
    UNION
    WITH depth
    WHERE depth = 0
    MATCH (organization:Organization)
    WHERE organization.level >= 2 AND NOT EXISTS { (organization)-[:RESPONSIBLE_FOR]->() }
      AND NOT EXISTS { (organization)-[:PART_OF]->()-[:RESPONSIBLE_FOR]->() }
      AND NOT EXISTS { (organization)-[:PART_OF]->{2,4}()-[:RESPONSIBLE_FOR]->() }
    RETURN organization
  }
  WITH DISTINCT organization
  WHERE organization.level >= 2
    AND (organization.since IS NULL OR organization.since <= $as_of) AND (organization.until IS NULL OR organization.until > $as_of)
    AND NOT EXISTS {
      MATCH (organization)-[x:PART_OF]->(superior:Organization)
      WHERE superior.level = organization.level - 1
        AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
        AND (superior.since IS NULL OR superior.since <= $as_of) AND (superior.until IS NULL OR superior.until > $as_of)
    }
  // None of its superiors is the right one. The best of them decides: one of another level, the one that ended last, none.
  OPTIONAL MATCH (organization)-[x:PART_OF]->(superior:Organization)
  WITH organization, superior, CASE
      WHEN x.until <= $as_of OR superior.until <= $as_of THEN 'superior-ended'
      WHEN x IS NULL OR x.since > $as_of OR superior.since > $as_of THEN 'superior-missing' ELSE 'level-skipped' END AS kind,
    CASE WHEN x.until < superior.until THEN x.until ELSE coalesce(superior.until, x.until) END AS ended
  WITH organization, kind, CASE kind WHEN 'superior-missing' THEN null ELSE superior END AS superior, ended
  ORDER BY CASE kind WHEN 'level-skipped' THEN 1 WHEN 'superior-ended' THEN 2 ELSE 3 END,
    CASE kind WHEN 'superior-ended' THEN toString(ended) ELSE '' END DESC, superior.id
  WITH organization, collect([kind, superior])[0] AS best
  WITH organization, best, COLLECT {
    MATCH way = (organization) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,4} (placed:Organization)
    MATCH (placed)-[r:RESPONSIBLE_FOR]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    OPTIONAL MATCH (place:Building)-[h:PART_OF]->(around)
    WHERE (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
    WITH length(way) AS far, coalesce(around, place) AS home
    WHERE home:Grid OR home:Community OR home:Street OR home:District
    RETURN home ORDER BY far, home.id LIMIT 1
  } AS homes
  RETURN best[0] AS kind, organization.level AS level, head(homes) AS area, organization, best[1] AS superior
}
WITH depth, district, areas, kind, level, area, organization, superior
WHERE area IS NULL AND depth = 0 OR any(pair IN areas WHERE pair[0] = area)
WITH kind, level, area AS spot, organization AS body, superior AS instead, coalesce(area, district) AS judged
WHERE $kind IS NULL OR kind = $kind
WITH kind, level, spot, body, instead, EXISTS {
  MATCH (judged) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (place)
  MATCH (place)<-[r:COMPLETE_FOR]-(ledger:Ledger {kind: 'party-chain'})
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (ledger.since IS NULL OR ledger.since <= $as_of) AND (ledger.until IS NULL OR ledger.until > $as_of)
} AS complete
// answer
RETURN kind, level,
  CASE WHEN spot IS NOT NULL THEN {id: spot.id, label: head([l IN labels(spot) WHERE l <> 'Entity']), name: spot.name} END AS area,
  CASE WHEN body IS NOT NULL THEN {id: body.id, label: 'Organization', name: body.name} END AS organization,
  CASE WHEN instead IS NOT NULL THEN {id: instead.id, label: 'Organization', name: instead.name} END AS superior,
  CASE WHEN complete THEN 'uncovered' ELSE 'unknown' END AS state, 'party-chain' AS ledger
ORDER BY level, kind, coalesce(spot.id, ''), coalesce(body.id, '') SKIP $skip LIMIT $limit
