/*
question:
  zh: 哪些记录违反数据质量规则?
  en: Which records break a rule of data quality?
area: provenance
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: "Area id; streets, communities and grids in it, and what is linked to them, count too"}
  rule: {type: string, default: null, values: [ends-before-it-begins, outlives-its-ends, overlaps, source-missing, area-without-parent, name-repeated, case-without-area, need-without-area], zh: 只看一条规则, en: Only one rule}
columns:
  - {name: rule, type: string, zh: "规则(ends-before-it-begins 终止不晚于起始,outlives-its-ends 两端已失效而关系仍有效,overlaps 同一关系的期间重叠,source-missing 无来源,area-without-parent 无上级区域,name-repeated 同一区域内同类重名,case-without-area 问题无区域,need-without-area 需求无区域)", en: "Rule: ends-before-it-begins, outlives-its-ends (holds though one of its ends does not), overlaps (two periods of the same link), source-missing, area-without-parent, name-repeated (same label and name in one area), case-without-area, need-without-area"}
  - {name: entity, type: entity, zh: 实体(关系的起点), en: "Entity, the start of a relationship"}
  - {name: relationship, type: map, zh: "关系,空为实体本身", en: Relationship; null for the entity itself}
  - {name: others, type: strings, zh: 与之冲突的编号, en: Ids that it clashes with}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每条规则与违反它的记录一行, en: one row per rule and record that breaks it}
sets: [MEMBERSHIP]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [outlives-its-ends, {id: member-13, label: Member, name: 丙医院退休职工, title: 丙医院退休职工}, {id: 'MEMBER_OF:member-13>unit-c', type: MEMBER_OF, from: member-13, to: unit-c}, [], src-workers, row 14]
*/
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
WITH root, collect(area) AS areas
// links to the areas, and memberships of the organizations and units at their start
CALL (areas) {
  UNWIND areas AS area
  MATCH (o)-[r]->(area)
  WHERE type(r) <> 'SUPERSEDED'
  RETURN o, r, area AS end
  UNION ALL
  UNWIND areas AS area
  MATCH (body)-[link]->(area)
  WHERE (body:Organization OR body:Unit) AND type(link) <> 'SUPERSEDED'
  WITH DISTINCT body
  MATCH (o)-[r:MEMBER_OF|SITS_ON]->(body)
  RETURN o, r, body AS end
}
WITH root, areas, collect([o, r, end]) AS links, COLLECT { MATCH (s:Source) RETURN s.id } AS sources
CALL (root, areas, links, sources) {
  UNWIND links AS x
  WITH x[0] AS o, x[1] AS r, x[2] AS e, sources
  UNWIND [
    ['ends-before-it-begins', r.until IS NOT NULL AND r.until <= r.since],
    ['source-missing', NOT coalesce(r.source, '') IN sources]
  ] AS test
  WITH o, r, e, test WHERE test[1] AND ($rule IS NULL OR test[0] = $rule)
  RETURN test[0] AS rule, o AS n, r AS fact, {id: r.id, type: type(r), from: o.id, to: e.id} AS link, [] AS others
  UNION ALL
  UNWIND areas + [x IN links | x[0]] AS n
  WITH DISTINCT n, sources
  UNWIND [['ends-before-it-begins', n.until IS NOT NULL AND n.until <= n.since], ['source-missing', NOT coalesce(n.source, '') IN sources]] AS test
  WITH n, test WHERE test[1] AND ($rule IS NULL OR test[0] = $rule)
  RETURN test[0] AS rule, n, n AS fact, null AS link, [] AS others
  UNION ALL
  WITH links WHERE $rule IS NULL OR $rule = 'outlives-its-ends'
  UNWIND links AS x
  WITH x, x[0] AS o
  WITH o, collect(x) AS own
  WHERE o.since > $as_of OR o.until <= $as_of
  UNWIND own AS x
  WITH o, x[1] AS r, x[2] AS e
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN 'outlives-its-ends' AS rule, o AS n, r AS fact, {id: r.id, type: type(r), from: o.id, to: e.id} AS link, [] AS others
  UNION ALL
  WITH links WHERE $rule IS NULL OR $rule = 'outlives-its-ends'
  UNWIND links AS x
  WITH x, x[2] AS e
  WITH e, collect(x) AS own
  WHERE e.since > $as_of OR e.until <= $as_of
  UNWIND own AS x
  WITH x[0] AS o, x[1] AS r, e
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
  RETURN 'outlives-its-ends' AS rule, o AS n, r AS fact, {id: r.id, type: type(r), from: o.id, to: e.id} AS link, [] AS others
  UNION ALL
  WITH links WHERE $rule IS NULL OR $rule = 'overlaps'
  UNWIND links AS x
  WITH x[0] AS o, x[1] AS r, x[2] AS e
  WITH o, e, collect(r) AS between
  WHERE size(between) > 1
  UNWIND between AS r
  WITH o, e, type(r) AS type, coalesce(r.role, r.profession) AS role, collect(r) AS same
  WHERE size(same) > 1
  UNWIND same AS r
  WITH o, e, type, r, [y IN same WHERE y.id <> r.id AND (y.since IS NULL OR r.until IS NULL OR y.since < r.until)
    AND (r.since IS NULL OR y.until IS NULL OR r.since < y.until) | y.id] AS clashing
  WHERE size(clashing) > 0
  RETURN 'overlaps' AS rule, o AS n, r AS fact, {id: r.id, type: type, from: o.id, to: e.id} AS link, COLLECT { UNWIND clashing AS id RETURN id ORDER BY id } AS others
  UNION ALL
  WITH areas WHERE $rule IS NULL OR $rule = 'area-without-parent'
  UNWIND areas AS n
  WITH n
  WHERE NOT n:District AND (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of) AND NOT EXISTS {
    MATCH (n)-[p:PART_OF]->(parent)
    WHERE (parent:District OR parent:Street OR parent:Community OR parent:Grid) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
  }
  RETURN 'area-without-parent' AS rule, n, n AS fact, null AS link, [] AS others
  UNION ALL
  WITH links WHERE $rule IS NULL OR $rule = 'name-repeated'
  UNWIND links AS x
  WITH x[0] AS n, x[2] AS e, type(x[1]) AS type
  WHERE type IN ['PART_OF', 'LOCATED_IN', 'SERVES'] AND NOT n:Member
  WITH e, n.name AS name, collect(DISTINCT n) AS same
  WHERE size(same) > 1
  UNWIND same AS n
  UNWIND [y IN same WHERE y.id <> n.id AND labels(y) = labels(n) | y.id] AS other
  WITH DISTINCT n, other ORDER BY n.id, other
  WITH n, collect(other) AS others
  RETURN 'name-repeated' AS rule, n, n AS fact, null AS link, others
  UNION ALL
  WITH root WHERE root:District AND ($rule IS NULL OR $rule = 'case-without-area')
  MATCH (n:Case)
  WHERE NOT EXISTS { (n)-[:RAISED_IN]->() }
  RETURN 'case-without-area' AS rule, n, n AS fact, null AS link, [] AS others
  UNION ALL
  WITH root WHERE root:District AND ($rule IS NULL OR $rule = 'need-without-area')
  MATCH (n:Need)
  WHERE NOT EXISTS { (n)-[:RAISED_BY]->() }
  RETURN 'need-without-area' AS rule, n, n AS fact, null AS link, [] AS others
}
RETURN rule, {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} AS entity, link AS relationship, others, fact.source AS source, fact.source_ref AS source_ref
ORDER BY rule, n.id, coalesce(link.id, '') SKIP $skip LIMIT $limit
