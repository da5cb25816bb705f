/*
question:
  zh: 某编号是什么？
  en: What is the entity of this id?
area: directory
parameters:
  entity: {type: Entity, zh: 实体编号, en: Entity id}
columns:
  - {name: entity, type: entity, zh: 实体, en: Entity}
  - {name: holds, type: boolean, zh: 当日是否有效, en: Whether it holds on the day}
  - {name: properties, type: maps, zh: 属性（属性、值）；内部与敏感属性除外, en: "Properties and their values, without internal and sensitive ones"}
  - {name: relationships, type: maps, zh: 当日有效的关系数（类型、方向）, en: "Relationships that hold on the day, by type and direction"}
grain: {zh: 一个实体一行, en: one row for the entity}
expected:
  parameters: {entity: unit-d, as_of: 2026-06-01}
  rows:
    - - {id: unit-d, label: Unit, name: 丁派出所, title: null}
      - true
      - - {property: district_agency, value: true}
        - {property: id, value: unit-d}
        - {property: kind, value: police}
        - {property: name, value: 丁派出所}
        - {property: name_en, value: Police Station Ding}
        - {property: pairing_capacity, value: 3}
        - {property: party_members, value: 20}
        - {property: source, value: src-pairings}
        - {property: source_ref, value: row 5}
      - - {type: DISPATCHED_TO, direction: in, count: 1}
        - {type: MEMBER_OF, direction: in, count: 1}
        - {type: PAIRED_WITH, direction: out, count: 1}
*/
MATCH (n:Entity {id: $entity})
WITH n, COLLECT {
    UNWIND keys(n) AS name
    MATCH (n)
    // what the schema classes as internal, personal or sensitive stays out
    WHERE NOT name IN ['search', 'change', 'recorded_at', 'author', 'snapshot', 'key', 'options', 'content', 'decided_by', 'decided_at', 'applied_by', 'proposed_at', 'party_member', 'before', 'after', 'description', 'address', 'latitude', 'longitude', 'external', 'why', 'request']
      + CASE WHEN n:Member THEN ['name', 'aliases'] ELSE [] END
    RETURN {property: name, value: n[name]} ORDER BY name
  } AS properties, COLLECT {
    MATCH (n)-[r WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-()
    WHERE type(r) <> 'SUPERSEDED'
    WITH type(r) AS type, CASE WHEN startNode(r) = n THEN 'out' ELSE 'in' END AS direction, count(*) AS count
    ORDER BY type, direction
    RETURN {type: type, direction: direction, count: count}
  } AS relationships
RETURN {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} AS entity, (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of) AS holds, properties, relationships
ORDER BY n.id SKIP $skip LIMIT $limit
