/*
question:
  zh: 哪些资源提供某项服务，服务哪些区域，何时开放？
  en: Which resources give a service, to which areas, and when are they open?
area: resources
parameters:
  service: {type: Service, default: null, zh: 只看一项服务, en: Only one service}
  area: {type: Area, default: null, zh: 只看服务于该区域、其内或其上级区域的资源, en: 'Only resources that serve this area, what lies in it, or an area that it lies in'}
columns:
  - {name: service, type: entity, zh: 服务, en: Service}
  - {name: resource, type: entity, zh: 资源, en: Resource}
  - {name: kind, type: string, zh: 资源种类, en: Kind of resource}
  - {name: serves, type: entities, zh: 服务区域, en: Areas that it serves}
  - {name: offered_by, type: entities, zh: 提供者, en: Who offers it}
  - {name: capacity, type: integer, zh: 服务能力（按其单位）, en: 'Capacity, in the unit that capacity_unit names'}
  - {name: capacity_unit, type: string, zh: 能力单位, en: Unit of the capacity}
  - {name: schedule, type: string, zh: 开放时间, en: When it is open}
  - {name: terms, type: string, zh: 使用条件, en: Terms of use}
  - {name: open_to_public, type: boolean, zh: 是否向公众开放, en: Whether it is open to the public}
grain: {zh: 每项服务与资源一行, en: one row per service and resource}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: svc-legal-advice, label: Service, name: 法律咨询}, {id: res-centre, label: Resource, name: 东街道党群服务中心}, centre, [{id: '990101001', label: Street, name: 东街道}], [{id: org-street-1, label: Organization, name: 东街道党工委, title: null}], 200, people, '周一至周日 08:30-17:00', null, true]
    - [{id: svc-meals, label: Service, name: 助餐}, {id: res-canteen-2, label: Resource, name: 梅社区食堂}, canteen, [{id: '990101002001', label: Community, name: 梅社区}], [{id: unit-e, label: Unit, name: 戊公司, title: null}], 50, seats, '每日 11:00-13:00', null, true]
    - [{id: svc-mediation, label: Service, name: 调解}, {id: res-forum, label: Resource, name: 梅社区议事亭}, forum, [{id: '990101002001', label: Community, name: 梅社区}], [{id: org-community-3, label: Organization, name: 梅社区党总支, title: null}], 30, people, null, null, true]
    - [{id: svc-parking, label: Service, name: 停车}, {id: res-parking, label: Resource, name: 乙银行停车场}, parking, [], [{id: unit-b, label: Unit, name: 乙银行, title: null}], 40, places, '每日 18:00-08:00', null, false]
*/
MATCH (service:Service)
WHERE ($service IS NULL OR service.id = $service)
  AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
MATCH (service)<-[gives:PROVIDES]-(resource:Resource)
WHERE (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)
  AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
WITH DISTINCT service, resource
WITH service, resource, COLLECT {
  MATCH (resource)-[r:SERVES]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    AND (place.since IS NULL OR place.since <= $as_of) AND (place.until IS NULL OR place.until > $as_of)
  WITH DISTINCT place
  RETURN place ORDER BY place.id
} AS places
WHERE $area IS NULL OR EXISTS {
  UNWIND places AS place
  MATCH (place) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (root:Entity {id: $area})
} OR EXISTS {
  UNWIND places AS place
  MATCH (root:Entity {id: $area}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){1,3} (place)
}
WITH service AS offer, resource AS giver, places ORDER BY offer.id, giver.id LIMIT $skip + $limit
WITH offer, giver, places, COLLECT {
    MATCH (giver)<-[r:OFFERS]-(by)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
    WITH DISTINCT by
    RETURN by ORDER BY by.id
  } AS holders
// answer
RETURN {id: offer.id, label: 'Service', name: offer.name} AS service, {id: giver.id, label: 'Resource', name: giver.name} AS resource,
  giver.kind AS kind, [p IN places | {id: p.id, label: head([l IN labels(p) WHERE l <> 'Entity']), name: p.name}] AS serves,
  [by IN holders | {id: by.id, label: head([l IN labels(by) WHERE l <> 'Entity']), name: by.name, title: by.title}] AS offered_by,
  giver.capacity AS capacity, giver.capacity_unit AS capacity_unit, giver.schedule AS schedule, giver.terms AS terms,
  giver.open_to_public AS open_to_public
ORDER BY offer.id, giver.id SKIP $skip LIMIT $limit
