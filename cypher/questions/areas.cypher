/*
question:
  zh: 某区域下有哪些区域？
  en: Which areas lie in an area?
area: directory
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: Area id}
  level: {type: string, default: null, values: [Street, Community, Grid, Building], zh: "层级，空为直接下级", en: Level; those directly below where left out}
columns:
  - {name: area, type: entity, zh: 区域, en: Area}
  - {name: kind, type: string, zh: 种类, en: Kind}
  - {name: parts, type: integer, unit: areas, zh: 直接下级数, en: Areas directly in it}
  - {name: households, type: integer, unit: households, zh: 户数, en: Households}
  - {name: residents, type: integer, unit: people, zh: 居民人数, en: Residents}
  - {name: residents_over_70, type: integer, unit: people, zh: 70岁以上人数, en: Residents aged 70 and over}
grain: {zh: 每个区域一行, en: one row per area}
expected:
  parameters: {area: "990101001", level: Grid, as_of: 2026-06-01}
  rows:
    - [{id: "990101001001001", label: Grid, name: 松一网格, title: null}, null, 1, 400, 1200, 160]
    - [{id: "990101001001002", label: Grid, name: 松二网格, title: null}, null, 0, 350, 1000, 140]
    - [{id: "990101001002001", label: Grid, name: 柏一网格, title: null}, null, 1, 380, 1100, 120]
    - [{id: "990101001002002", label: Grid, name: 柏二网格, title: null}, null, 0, 360, 1050, 120]
*/
// What lies in an area of the wanted level is not looked for: a level lies in none of its own.
MATCH p = (a:Entity {id: $area})
  ((m WHERE CASE WHEN $level IS NULL THEN m.id = $area ELSE NOT $level IN labels(m) OR m.id = $area END)<-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
   (n:Street|Community|Grid|Building WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){1,4} (x)
WHERE ($level IS NULL AND length(p) = 1) OR $level IN labels(x)
WITH DISTINCT x
RETURN {id: x.id, label: head([l IN labels(x) WHERE l <> 'Entity']), name: x.name, title: x.title} AS area, x.kind AS kind, COUNT {
    (x)<-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
    (n:Street|Community|Grid|Building WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
  } AS parts, x.households AS households, x.residents AS residents, x.residents_over_70 AS residents_over_70
ORDER BY x.id SKIP $skip LIMIT $limit
