/*
question:
  zh: 各级区域应配置什么？
  en: What does an area of each level need?
area: directory
parameters:
  level: {type: string, default: null, values: [Grid, Community, Street], zh: 适用的区域层级, en: Level of area that needs it}
  ledger: {type: string, default: null, values: [areas, party-chain, pairings, units, workers, reserves, resources, services, cases, activities, needs], zh: 能判定的台账种类, en: Kind of ledger that settles it}
columns:
  - {name: requirement, type: entity, zh: 要求, en: Requirement}
  - {name: name_en, type: string, zh: 英文名称, en: Name in English}
  - {name: level, type: string, zh: 适用的区域层级, en: Level of area that needs it}
  - {name: evidence, type: string, zh: 证据键, en: 'Evidence key, such as pairing, worker:police, service:meals'}
  - {name: scope, type: string, zh: 证据所在, en: 'Where evidence counts: reach (the area or above it) or within (it or what lies in it)'}
  - {name: minimum, type: integer, unit: providers, zh: 至少需要, en: Providers it needs}
  - {name: applies, type: string, zh: 适用范围, en: Which areas of the level it applies to}
  - {name: group, type: string, zh: 服务对象, en: Group it is for}
  - {name: ledger, type: string, zh: 能判定的台账种类, en: Kind of ledger that settles it}
  - {name: standard, type: string, zh: 依据的标准, en: Standard that it follows}
  - {name: priority, type: integer, zh: 优先级, en: 'Priority, 1 the highest'}
  - {name: source, type: string, zh: 来源, en: Source}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每项要求一行, en: one row per requirement}
expected:
  parameters: {level: Community, as_of: 2026-06-01}
  rows:
    - - {id: req-community-mediator, label: Requirement, name: 社区有调解员}
      - null
      - Community
      - worker:mediator
      - within
      - 1
      - all
      - everyone
      - workers
      - 调解办法
      - 2
      - src-standard
      - row 16
    - - {id: req-community-station, label: Requirement, name: 社区有服务站}
      - null
      - Community
      - resource:station
      - reach
      - 1
      - all
      - everyone
      - resources
      - 服务标准
      - 2
      - src-standard
      - row 15
*/
MATCH (q:Requirement WHERE (q.since IS NULL OR q.since <= $as_of) AND (q.until IS NULL OR q.until > $as_of))
WHERE ($level IS NULL OR q.level = $level) AND ($ledger IS NULL OR q.ledger = $ledger)
RETURN {id: q.id, label: 'Requirement', name: q.name} AS requirement, q.name_en AS name_en, q.level AS level, q.evidence AS evidence, q.scope AS scope,
  q.minimum AS minimum, q.applies AS applies, q.group AS group, q.ledger AS ledger, q.standard AS standard, q.priority AS priority,
  q.source AS source, q.source_ref AS source_ref
ORDER BY priority, q.id SKIP $skip LIMIT $limit
