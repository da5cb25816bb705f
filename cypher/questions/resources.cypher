/*
question:
  zh: 有哪些资源？
  en: Which resources are there?
area: directory
parameters:
  kind: {type: string, default: null, values: [centre, station, service-point, canteen, forum, park, hall, parking, classroom, shelter, documentary, workshop, base], zh: 资源种类, en: Kind of resource}
  service: {type: Service, default: null, zh: 提供的服务编号, en: Id of a service that it provides}
  area: {type: Area, default: null, zh: 服务于或位于该区域, en: Serving or located in this area or one in it}
columns:
  - {name: resource, type: entity, zh: 资源, en: Resource}
  - {name: kind, type: string, zh: 资源种类, en: Kind of resource}
  - {name: services, type: strings, zh: 提供的服务, en: Services provided}
  - {name: serves, type: entities, zh: 服务的区域, en: Areas served}
  - {name: offered_by, type: entities, zh: 提供方, en: Offered by}
  - {name: capacity, type: integer, zh: 能力, en: Capacity}
  - {name: capacity_unit, type: string, zh: 能力单位, en: Unit of the capacity}
  - {name: capacity_bound, type: string, zh: 确数还是下限, en: Exact or lower bound}
  - {name: schedule, type: string, zh: 开放时间, en: When it is open}
  - {name: terms, type: string, zh: 使用条件, en: Terms of use}
  - {name: open_to_public, type: boolean, zh: 向公众开放, en: Open to the public}
  - {name: synthetic, type: boolean, zh: 演示数据, en: Generated for demonstration}
grain: {zh: 每个资源一行, en: one row per resource}
sets: [NETWORK]
expected:
  parameters: {service: svc-meals, as_of: 2026-06-01}
  rows:
    - - {id: res-canteen-2, label: Resource, name: 梅社区食堂}
      - canteen
      - [meals]
      - [{id: "990101002001", label: Community, name: 梅社区, title: null}]
      - [{id: unit-e, label: Unit, name: 戊公司, title: null}]
      - 50
      - seats
      - exact
      - 每日 11:00-13:00
      - null
      - true
      - false
*/
MATCH (s:Resource WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of))
WHERE ($kind IS NULL OR s.kind = $kind)
  AND ($service IS NULL OR EXISTS {
    (s)-[r:PROVIDES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->(:Service {id: $service})
  })
  AND ($area IS NULL OR EXISTS {
    (s)-[r:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES|LOCATED_IN WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
    (a WHERE a.id STARTS WITH $area)
  })
WITH s ORDER BY s.id LIMIT $skip + $limit
RETURN {id: s.id, label: 'Resource', name: s.name} AS resource, s.kind AS kind, COLLECT {
    MATCH (s)-[r:PROVIDES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (v:Service WHERE (v.since IS NULL OR v.since <= $as_of) AND (v.until IS NULL OR v.until > $as_of))
    WITH DISTINCT v ORDER BY v.code
    RETURN v.code
  } AS services, COLLECT {
    MATCH (s)-[r:SERVES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
    WITH DISTINCT a ORDER BY a.id
    RETURN {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title}
  } AS serves, COLLECT {
    MATCH (s)<-[r:OFFERS WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
      (o WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of))
    WITH DISTINCT o ORDER BY o.id
    RETURN {id: o.id, label: head([l IN labels(o) WHERE l <> 'Entity']), name: o.name, title: o.title}
  } AS offered_by, s.capacity AS capacity, s.capacity_unit AS capacity_unit, s.capacity_bound AS capacity_bound,
  s.schedule AS schedule, s.terms AS terms, s.open_to_public AS open_to_public, coalesce(s.synthetic, false) AS synthetic
ORDER BY s.id SKIP $skip LIMIT $limit
