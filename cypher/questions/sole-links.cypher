/*
question:
  zh: 哪些社区、网格只靠一个单位与外界相连，经由谁？
  en: Which communities and grids are linked to a single unit only, and through whom?
area: network
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: 'Id of the area that is looked at, with all that lies in it'}
  level: {type: string, default: null, values: [Community, Grid], zh: 只看一级区域, en: Only one level of area}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: street, type: entity, zh: 所在街道, en: Street it lies in}
  - {name: unit, type: entity, zh: 唯一相连的单位, en: The only unit that it is linked to}
  - {name: ways, type: strings, zh: "途径（pairing 结对，resource 资源，worker 派驻成员）", en: "Ways: pairing, resource (that the unit offers) or worker (who belongs to it)"}
  - {name: via, type: entities, zh: 经由的资源与成员, en: Resources and members on the way}
  - {name: links, type: integer, unit: links, zh: "联系数，1即为单点", en: "Links; with 1 whoever it runs through is a single point of failure"}
grain: {zh: 每个只与一个单位相连的社区或网格一行；网格含其所在社区的联系, en: one row per community or grid that is linked to exactly one unit; a grid shares the links of its community}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, {id: unit-a, label: Unit, name: 甲区法院}, [pairing], [], 1]
    - [{id: '990101001002', label: Community, name: 柏社区}, {id: '990101001', label: Street, name: 东街道}, {id: unit-d, label: Unit, name: 丁派出所}, [worker], [{id: member-04, label: Member, name: 社区民警, title: 社区民警}], 1]
    - [{id: '990101001002001', label: Grid, name: 柏一网格}, {id: '990101001', label: Street, name: 东街道}, {id: unit-d, label: Unit, name: 丁派出所}, [worker], [{id: member-04, label: Member, name: 社区民警, title: 社区民警}], 1]
    - [{id: '990101001002002', label: Grid, name: 柏二网格}, {id: '990101001', label: Street, name: 东街道}, {id: unit-d, label: Unit, name: 丁派出所}, [worker], [{id: member-04, label: Member, name: 社区民警, title: 社区民警}], 1]
    - [{id: '990101002001', label: Community, name: 梅社区}, {id: '990101002', label: Street, name: 西镇}, {id: unit-e, label: Unit, name: 戊公司}, [pairing, resource], [{id: res-canteen-2, label: Resource, name: 梅社区食堂, title: null}], 2]
    - [{id: '990101002001001', label: Grid, name: 梅一网格}, {id: '990101002', label: Street, name: 西镇}, {id: unit-e, label: Unit, name: 戊公司}, [pairing, resource], [{id: res-canteen-2, label: Resource, name: 梅社区食堂, title: null}], 2]
    - [{id: '990101002001002', label: Grid, name: 梅二网格}, {id: '990101002', label: Street, name: 西镇}, {id: unit-e, label: Unit, name: 戊公司}, [pairing, resource], [{id: res-canteen-2, label: Resource, name: 梅社区食堂, title: null}], 2]
    - [{id: '990101002002001', label: Grid, name: 竹一网格}, {id: '990101002', label: Street, name: 西镇}, {id: unit-d, label: Unit, name: 丁派出所}, [pairing], [], 1]
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
WITH depth, street, community, grids
WHERE community IS NOT NULL
WITH depth, street, [place IN [community] + grids | [place, COLLECT {
  CALL (place) {
    MATCH (place)<-[r:PAIRED_WITH]-(unit:Unit)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'pairing' AS way, null AS via, r.id AS id
    UNION
    MATCH (place)<-[s:SERVES]-(via:Resource)<-[r:OFFERS]-(unit:Unit)
    WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of) AND (via.since IS NULL OR via.since <= $as_of) AND (via.until IS NULL OR via.until > $as_of)
      AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'resource' AS way, via, r.id AS id
    UNION
    MATCH (place)<-[s:ASSIGNED_TO]-(via:Member)-[r:MEMBER_OF]->(unit:Unit)
    WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of) AND (via.since IS NULL OR via.since <= $as_of) AND (via.until IS NULL OR via.until > $as_of)
      AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN unit, 'worker' AS way, via, r.id AS id
  }
  RETURN {unit: unit, way: way, via: via, id: id}
}]] AS seen
// a grid shares the links of its community
UNWIND CASE WHEN depth < 3 THEN [seen[0]] ELSE [] END + [s IN seen[1..] | [s[0], s[1] + [x IN seen[0][1] WHERE none(y IN s[1] WHERE y.id = x.id AND y.way = x.way AND coalesce(y.via.id, '') = coalesce(x.via.id, ''))]]] AS pair
WITH street, pair[0] AS area, pair[1] AS links
WHERE ($level IS NULL OR $level = 'Grid' AND area:Grid OR $level = 'Community' AND area:Community)
  AND size(links) > 0 AND all(x IN links WHERE x.unit = links[0].unit)
WITH street, area AS place, links, links[0].unit AS only
// answer
RETURN {id: place.id, label: CASE WHEN place:Grid THEN 'Grid' ELSE 'Community' END, name: place.name} AS area, {id: street.id, label: 'Street', name: street.name} AS street, {id: only.id, label: 'Unit', name: only.name} AS unit,
  COLLECT { UNWIND links AS x WITH DISTINCT x.way AS way RETURN way ORDER BY way } AS ways,
  COLLECT { UNWIND [x IN links WHERE x.via IS NOT NULL | x.via] AS n WITH DISTINCT n RETURN {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} ORDER BY n.id } AS via, size(links) AS links
ORDER BY place.id SKIP $skip LIMIT $limit
