/*
question:
  zh: 哪些记录违反数据质量规则？
  en: Which records break a rule of data quality?
area: provenance
parameters:
  area: {type: Area, default: home, zh: 区域编号, en: "Area id; streets, communities and grids in it, and what is linked to them, count too"}
  rule: {type: string, default: null, values: [ends-before-it-begins, outlives-its-ends, overlaps, source-missing, area-without-parent, part-of-itself, name-repeated, case-without-area, need-without-area], zh: 只看一条规则, en: Only one rule}
columns:
  - {name: rule, type: string, zh: "规则（ends-before-it-begins 终止不晚于起始，outlives-its-ends 两端已失效而关系仍有效，overlaps 同一关系的期间重叠，source-missing 无来源，area-without-parent 无上级区域，part-of-itself 逐级向上又回到自己，name-repeated 同一区域内同类重名，case-without-area 问题无区域，need-without-area 需求无区域）", en: "Rule: ends-before-it-begins, outlives-its-ends (holds though one of its ends does not), overlaps (two periods of the same link), source-missing, area-without-parent, part-of-itself (its PART_OF lead back to it within six steps), name-repeated (same label and name in one area), case-without-area, need-without-area"}
  - {name: entity, type: entity, zh: 实体（关系的起点）, en: "Entity, the start of a relationship"}
  - {name: relationship, type: map, zh: "关系，空为实体本身", en: Relationship; null for the entity itself}
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
WITH root, COLLECT { MATCH (s:Source) RETURN s.id } AS sources, COLLECT {
  MATCH (area:Entity)
  WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
  RETURN area
} AS areas
// Links to the areas, and memberships of the organizations and units at their start. Every record is read once, here:
// what is suspect is picked out, and the rules below look at that alone. gone: it does not hold on the day.
CALL (areas, sources) {
  CALL (areas) {
    UNWIND areas AS end
    WITH end, end.since > $as_of OR end.until <= $as_of AS gone
    MATCH (o)-[r]->(end)
    WHERE type(r) <> 'SUPERSEDED'
    RETURN o, r, gone
    UNION ALL
    UNWIND areas AS area
    MATCH (end)-[link]->(area)
    WHERE (end:Organization OR end:Unit) AND type(link) <> 'SUPERSEDED'
    WITH DISTINCT end
    WITH end, end.since > $as_of OR end.until <= $as_of AS gone
    MATCH (o)-[r:MEMBER_OF|SITS_ON]->(end)
    RETURN o, r, gone
  }
  WITH sources, o, r, gone, r {.since, .until, .source} AS p
  WITH sources, o, collect(r) AS own, collect(CASE WHEN gone OR p.until <= p.since OR NOT coalesce(p.source, '') IN sources THEN {link: r, gone: gone, p: p} END) AS bad
  WITH sources, o, own, bad, o {.since, .until, .source} AS p
  WHERE size(own) > 1 OR size(bad) > 0 OR p.until <= $as_of OR p.since > $as_of OR p.until <= p.since OR NOT coalesce(p.source, '') IN sources
  RETURN collect({node: o, own: own, bad: bad, gone: coalesce(p.since > $as_of OR p.until <= $as_of, false)}) AS suspects
}
// What is grouped is picked out before: the embedded engine counts all that stands beside it for each group.
CALL (root, areas, sources, suspects) {
  UNWIND suspects AS s
  UNWIND s.bad AS x
  WITH s.node AS n, x.link AS fact, x.p AS p, sources
  UNWIND [['ends-before-it-begins', p.until <= p.since], ['source-missing', NOT coalesce(p.source, '') IN sources]] AS test
  WITH n, fact, test WHERE test[1]
  RETURN test[0] AS rule, n, fact, true AS linked, [] AS others
  UNION ALL
  UNWIND areas + [s IN suspects | s.node] AS n
  WITH DISTINCT n, sources
  UNWIND [['ends-before-it-begins', n.until <= n.since], ['source-missing', NOT coalesce(n.source, '') IN sources]] AS test
  WITH n, test WHERE test[1]
  RETURN test[0] AS rule, n, n AS fact, false AS linked, [] AS others
  UNION ALL
  UNWIND suspects AS s
  WITH s WHERE s.gone
  UNWIND s.own AS r
  WITH s, r WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN 'outlives-its-ends' AS rule, s.node AS n, r AS fact, true AS linked, [] AS others
  UNION ALL
  UNWIND suspects AS s
  WITH s WHERE NOT s.gone
  UNWIND s.bad AS x
  WITH s, x.link AS r WHERE x.gone AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN 'outlives-its-ends' AS rule, s.node AS n, r AS fact, true AS linked, [] AS others
  UNION ALL
  UNWIND suspects AS s
  WITH s WHERE size(s.own) > 1
  UNWIND s.own AS r
  WITH s.node AS n, endNode(r) AS e, r
  WITH n, e, collect(r) AS between
  WHERE size(between) > 1
  UNWIND between AS r
  WITH n, e, type(r) AS type, coalesce(r.role, r.profession) AS role, collect(r) AS same
  WHERE size(same) > 1
  UNWIND same AS r
  WITH n, r, [y IN same WHERE y.id <> r.id AND (y.since IS NULL OR r.until IS NULL OR y.since < r.until)
    AND (r.since IS NULL OR y.until IS NULL OR r.since < y.until) | y.id] AS clashing
  WHERE size(clashing) > 0
  RETURN 'overlaps' AS rule, n, r AS fact, true AS linked, COLLECT { UNWIND clashing AS id RETURN id ORDER BY id } AS others
  UNION ALL
  WITH areas WHERE $rule IS NULL OR $rule = 'area-without-parent'
  UNWIND areas AS n
  WITH n
  WHERE NOT n:District AND (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of) AND NOT EXISTS {
    MATCH (n)-[p:PART_OF]->(parent)
    WHERE (parent:District OR parent:Street OR parent:Community OR parent:Grid) AND (p.since IS NULL OR p.since <= $as_of) AND (p.until IS NULL OR p.until > $as_of)
  }
  RETURN 'area-without-parent' AS rule, n, n AS fact, false AS linked, [] AS others
  UNION ALL
  WITH areas WHERE $rule IS NULL OR $rule = 'part-of-itself'
  CALL (areas) {
    UNWIND areas AS n
    RETURN n
    UNION ALL
    UNWIND areas AS area
    MATCH (area)<-[link]-(n:Organization)
    WHERE type(link) <> 'SUPERSEDED'
    RETURN n
  }
  WITH DISTINCT n
  MATCH (n) (()-[r:PART_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->()){1,6} (n)
  WITH DISTINCT n
  RETURN 'part-of-itself' AS rule, n, n AS fact, false AS linked, [] AS others
  UNION ALL
  WITH areas WHERE $rule IS NULL OR $rule = 'name-repeated'
  UNWIND areas AS e
  MATCH (n)-[r]->(e)
  WHERE type(r) IN ['PART_OF', 'LOCATED_IN', 'SERVES'] AND NOT n:Member
  WITH e, n, n.name AS name
  WITH e, name, collect(DISTINCT n) AS same
  WHERE size(same) > 1
  UNWIND same AS n
  UNWIND [y IN same WHERE y.id <> n.id AND labels(y) = labels(n) | y.id] AS other
  WITH DISTINCT n, other ORDER BY n.id, other
  WITH n, collect(other) AS others
  RETURN 'name-repeated' AS rule, n, n AS fact, false AS linked, others
  UNION ALL
  WITH root WHERE root:District AND ($rule IS NULL OR $rule = 'case-without-area')
  MATCH (n:Case)
  WHERE NOT EXISTS { (n)-[:RAISED_IN]->() }
  RETURN 'case-without-area' AS rule, n, n AS fact, false AS linked, [] AS others
  UNION ALL
  WITH root WHERE root:District AND ($rule IS NULL OR $rule = 'need-without-area')
  MATCH (n:Need)
  WHERE NOT EXISTS { (n)-[:RAISED_BY]->() }
  RETURN 'need-without-area' AS rule, n, n AS fact, false AS linked, [] AS others
}
WITH rule, n, fact, linked, others
WHERE $rule IS NULL OR rule = $rule
RETURN rule, {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} AS entity,
  CASE WHEN linked THEN {id: fact.id, type: type(fact), from: n.id, to: endNode(fact).id} END AS relationship, others, fact.source AS source, fact.source_ref AS source_ref
ORDER BY rule, n.id, coalesce(relationship.id, '') SKIP $skip LIMIT $limit
