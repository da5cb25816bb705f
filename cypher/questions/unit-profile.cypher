/*
question:
  zh: 某单位的概况：结对、成员、资源、席位与覆盖的区域
  en: "What does a unit do: pairings, members, resources, seats and the areas it reaches?"
area: unit
parameters:
  unit: {type: Unit, zh: 单位编号, en: Unit id}
columns:
  - {name: unit, type: entity, zh: 单位, en: Unit}
  - {name: kind, type: string, zh: 单位种类, en: Kind of unit}
  - {name: pairings, type: maps, zh: 结对, en: Pairings}
  - {name: capacity, type: integer, unit: pairings, zh: 最多可结对数, en: Pairing capacity}
  - {name: capacity_used, type: integer, unit: pairings, zh: 已占用的结对能力（未注明的按1计）, en: Pairing capacity used; a pairing that states none counts 1}
  - {name: members, type: integer, unit: people, zh: 图谱中的成员数, en: Members recorded}
  - {name: party_members, type: integer, unit: people, zh: 单位填报的党员人数, en: Party members that the unit states}
  - {name: resources, type: entities, zh: 提供的资源, en: Resources it offers}
  - {name: bodies, type: entities, zh: 有席位的组织, en: Bodies it sits on}
  - {name: areas, type: entities, zh: 结对或以资源服务到的区域, en: Areas it is paired with or serves through a resource}
grain: {zh: 一个单位一行, en: one row for the unit}
sets: [SUPPORT]
expected:
  parameters: {unit: unit-b, as_of: 2026-06-01}
  rows:
    - - {id: unit-b, label: Unit, name: 乙银行}
      - bank
      - [{area: {id: "990101001001002", label: Grid, name: 松二网格, title: null}, programme: prog-pairs, services: [haircut], capacity_used: 1, since: 2026-01-01, until: null, source: src-pairings, source_ref: row 3}]
      - 2
      - 1
      - 1
      - 12
      - [{id: res-parking, label: Resource, name: 乙银行停车场}]
      - [{id: org-joint-1, label: Organization, name: 松社区大党委}]
      - [{id: "990101001001002", label: Grid, name: 松二网格, title: null}]
*/
MATCH (u:Unit {id: $unit})
WITH u,
  COLLECT {
    MATCH (u)-[r:PAIRED_WITH WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (a WHERE (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of))
    WITH r, a ORDER BY a.id, r.id
    RETURN [r, a]
  } AS pairs,
  COUNT {
    MATCH (u)<-[r:MEMBER_OF WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-
      (m:Member WHERE (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of))
    RETURN DISTINCT m
  } AS members,
  COLLECT {
    MATCH (u)-[r:OFFERS WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (s:Resource WHERE (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of))
    WITH DISTINCT s ORDER BY s.id
    RETURN s
  } AS offered,
  COLLECT {
    MATCH (u)-[r:SITS_ON WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (o:Organization WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of))
    WITH DISTINCT o ORDER BY o.id
    RETURN o
  } AS seats,
  COLLECT {
    // one step where the unit is paired with the area, two where a resource that it offers serves it
    MATCH (u) (()-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
      (n WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))){1,2} (a:District|Street|Community|Grid)
    WITH DISTINCT a ORDER BY a.id
    RETURN a
  } AS reached
// answer
RETURN {id: u.id, label: 'Unit', name: u.name} AS unit, u.kind AS kind,
  [p IN pairs | {area: {id: p[1].id, label: head([l IN labels(p[1]) WHERE l <> 'Entity']), name: p[1].name, title: p[1].title}, programme: p[0].programme,
    services: p[0].services, capacity_used: coalesce(p[0].capacity_used, 1), since: p[0].since, until: p[0].until, source: p[0].source,
    source_ref: p[0].source_ref}] AS pairings, u.pairing_capacity AS capacity,
  reduce(used = 0, p IN pairs | used + coalesce(p[0].capacity_used, 1)) AS capacity_used, members, u.party_members AS party_members,
  [s IN offered | {id: s.id, label: 'Resource', name: s.name}] AS resources, [o IN seats | {id: o.id, label: 'Organization', name: o.name}] AS bodies,
  [a IN reached | {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title}] AS areas
ORDER BY u.id SKIP $skip LIMIT $limit
