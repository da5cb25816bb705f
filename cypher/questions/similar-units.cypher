/*
question:
  zh: 哪些单位提供的服务与某单位相似？
  en: Which units offer much the same as a unit?
area: unit
parameters:
  unit: {type: Unit, zh: 单位编号, en: Unit id}
  area: {type: Area, default: home, zh: 只看与该区域结对、位于其中或有资源服务于它的单位, en: "Only units that are paired with, lie in, or have a resource that serves, this area or one in it"}
columns:
  - {name: other, type: entity, zh: 相似的单位, en: Similar unit}
  - {name: similarity, type: float, unit: share of services, zh: "相似度（共同服务占两者全部服务的比例）", en: Services that both give as a share of those that either gives}
  - {name: shared, type: strings, zh: 共同的服务, en: Services that both give}
  - {name: only_unit, type: strings, zh: 仅某单位提供的服务, en: Services that only the unit asked for gives}
  - {name: only_other, type: strings, zh: 仅对方提供的服务, en: Services that only the other gives}
grain: {zh: 每个至少有一项共同服务的单位一行, en: one row per unit that shares a service with it}
expected:
  parameters: {unit: unit-a, as_of: 2026-06-01}
  rows:
    - [{id: unit-e, label: Unit, name: 戊公司}, 0.333, [mediation], [legal-advice], [meals]]
*/
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (asked:Unit {id: $unit})
WHERE (asked.since IS NULL OR asked.since <= $as_of) AND (asked.until IS NULL OR asked.until > $as_of)
CALL (root) {
  MATCH (area:Entity)
  WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
  MATCH (other:Unit)-[r]->(area)
  WHERE type(r) IN ['PAIRED_WITH', 'LOCATED_IN'] AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  RETURN other
  UNION
  MATCH (area:Entity)
  WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
  MATCH (other:Unit)-[r:OFFERS]->(resource:Resource)-[s:SERVES]->(area)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
    AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
  RETURN other
}
WITH asked, collect(DISTINCT other) AS others
UNWIND [asked] + [u IN others WHERE u <> asked AND (u.since IS NULL OR u.since <= $as_of) AND (u.until IS NULL OR u.until > $as_of)] AS unit
WITH asked, unit, COLLECT {
  CALL (unit) {
    MATCH (unit)-[r:PAIRED_WITH]->(area)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (area.since IS NULL OR area.since <= $as_of) AND (area.until IS NULL OR area.until > $as_of)
    UNWIND coalesce(r.services, []) AS code
    RETURN code
    UNION
    MATCH (unit)-[r:OFFERS]->(resource:Resource)-[g:PROVIDES]->(service:Service)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
      AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of) AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN service.code AS code
  }
  RETURN code ORDER BY code
} AS codes
WITH asked, collect({unit: unit, codes: codes}) AS all
WITH asked, head([x IN all WHERE x.unit = asked | x.codes]) AS own, all
UNWIND [x IN all WHERE x.unit <> asked] AS x
WITH x.unit AS other, own, x.codes AS codes, [code IN x.codes WHERE code IN own] AS shared
WHERE size(shared) > 0
WITH other AS unit, shared, [code IN own WHERE NOT code IN shared] AS only_unit, [code IN codes WHERE NOT code IN shared] AS only_other
WITH unit, shared, only_unit, only_other, round(1.0 * size(shared) / (size(shared) + size(only_unit) + size(only_other)), 3) AS similarity
RETURN {id: unit.id, label: 'Unit', name: unit.name} AS other, similarity, shared, only_unit, only_other
ORDER BY similarity DESC, size(shared) DESC, unit.id SKIP $skip LIMIT $limit
