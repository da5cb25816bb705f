/*
question:
  zh: 某区域有哪些网格？
  en: Which grids lie in an area?
area: directory
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Area id}
  demonstration: {type: boolean, default: null, zh: 是否示范点（未标记视为否）, en: Demonstration points only or all others; unmarked grids are others}
columns:
  - {name: grid, type: entity, zh: 网格, en: Grid}
  - {name: community, type: entity, zh: 社区, en: Community}
  - {name: demonstration, type: boolean, zh: "示范点，空表示未标记", en: Demonstration point; null where unmarked}
  - {name: households, type: integer, unit: households, zh: 户数, en: Households}
  - {name: residents, type: integer, unit: people, zh: 居民人数, en: Residents}
  - {name: residents_over_70, type: integer, unit: people, zh: 70岁以上人数, en: Residents aged 70 and over}
grain: {zh: 每个网格一行, en: one row per grid}
expected:
  parameters: {demonstration: true, as_of: 2026-06-01}
  rows:
    - [{id: "990101001001001", label: Grid, name: 松一网格}, {id: "990101001001", label: Community, name: 松社区}, true, 400, 1200, 160]
    - [{id: "990101001002001", label: Grid, name: 柏一网格}, {id: "990101001002", label: Community, name: 柏社区}, true, 380, 1100, 120]
*/
MATCH (a:Entity {id: $area})
  (()<-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n:Street|Community|Grid WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){0,3}
  (g:Grid WHERE (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of))
WHERE $demonstration IS NULL OR coalesce(g.demonstration, false) = $demonstration
WITH DISTINCT g
RETURN {id: g.id, label: 'Grid', name: g.name} AS grid, head(COLLECT {
    MATCH (g)-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (c:Community WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of))
    WITH c ORDER BY c.id
    RETURN {id: c.id, label: 'Community', name: c.name}
  }) AS community, g.demonstration AS demonstration,
  g.households AS households, g.residents AS residents, g.residents_over_70 AS residents_over_70
ORDER BY g.id SKIP $skip LIMIT $limit
