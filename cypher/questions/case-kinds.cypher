/*
question:
  zh: 问题分哪些种类，各有什么期限，适合谁办？
  en: Which kinds of case are there, with which deadlines, and what fits each?
area: dispatch
columns:
  - {name: kind, type: entity, zh: 问题种类, en: Kind of case}
  - {name: code, type: string, zh: 种类代码, en: Code}
  - {name: name_en, type: string, zh: 英文名称, en: Name in English}
  - {name: group, type: string, zh: 所属大类, en: Group}
  - {name: covers, type: string, zh: 适用情形, en: What belongs to it}
  - {name: dispatch_days, type: integer, unit: working days, zh: 派单期限, en: From raising to dispatch}
  - {name: accept_days, type: integer, unit: working days, zh: 接单期限, en: From dispatch to acceptance}
  - {name: solve_days, type: integer, unit: working days, zh: 办结期限, en: From raising until it should be solved}
  - {name: confirm_days, type: integer, unit: working days, zh: 确认期限, en: From solving to confirmation}
  - {name: chain, type: strings, zh: 逐级上报的层级, en: 'Levels through which it is escalated, lowest first'}
  - {name: professions, type: strings, zh: 适合的职业, en: Professions that fit it}
  - {name: services, type: strings, zh: 适合的服务（代码）, en: 'Services that fit it, by code'}
  - {name: service_names, type: strings, zh: 这些服务的名称, en: 'What these services are called; the code where none is kept'}
grain: {zh: 每个种类一行, en: one row per kind of case}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: kind-hazard, label: CaseKind, name: 安全隐患}, hazard, Safety hazard, safety, null, 1, 1, 5, 3, [Community, Street, District], [police], [safety, policing, repairs], [safety, policing, repairs]]
    - [{id: kind-neighbour-dispute, label: CaseKind, name: 邻里纠纷}, neighbour-dispute, Dispute among neighbours, disputes, null, 2, 2, 15, 5, [Community, Street, District], [mediator, judge, police], [mediation, legal-advice], [调解, 法律咨询]]
    - [{id: kind-road, label: CaseKind, name: 道路破损}, road, Damaged road, infrastructure, null, 1, 2, 10, 5, [Community, Street, District], [], [repairs, environment], [repairs, environment]]
    - [{id: kind-utilities, label: CaseKind, name: 水电气暖}, utilities, Utilities, infrastructure, null, 1, 1, 7, 5, [Community, Street, District], [heating, telecom], [heating, telecom, repairs], [heating, telecom, repairs]]
    - [{id: kind-wall, label: CaseKind, name: 墙体破损}, wall, Damaged wall, infrastructure, 墙体开裂, 1, 2, 8, 5, [Street, District], [], [repairs, safety], [repairs, safety]]
*/
MATCH (kind:CaseKind)
WHERE (kind.since IS NULL OR kind.since <= $as_of) AND (kind.until IS NULL OR kind.until > $as_of)
WITH kind AS named
RETURN {id: named.id, label: 'CaseKind', name: named.name} AS kind, named.code AS code, named.name_en AS name_en, named.group AS group, named.covers AS covers,
  named.dispatch_days AS dispatch_days, named.accept_days AS accept_days, named.solve_days AS solve_days, named.confirm_days AS confirm_days,
  coalesce(named.chain, []) AS chain, coalesce(named.professions, []) AS professions, coalesce(named.services, []) AS services,
  COLLECT {
    UNWIND range(0, size(coalesce(named.services, [])) - 1) AS i
    RETURN coalesce(head(COLLECT {
      MATCH (service:Service)
      WHERE service.code = named.services[i] AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
      RETURN service.name ORDER BY service.id
    }), named.services[i]) ORDER BY i
  } AS service_names
ORDER BY named.code, named.id SKIP $skip LIMIT $limit
