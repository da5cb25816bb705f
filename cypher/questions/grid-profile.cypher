/*
question:
  zh: 某网格的基本情况如何？
  en: What is the profile of a grid?
area: grid
parameters:
  grid: {type: Grid, zh: 网格编号, en: Grid id}
columns:
  - {name: grid, type: entity, zh: 网格, en: Grid}
  - {name: areas, type: entities, zh: 所属社区、街道、区, en: 'Areas that it lies in, nearest first'}
  - {name: demonstration, type: boolean, zh: 是否示范点, en: Whether it is a demonstration point}
  - {name: residents, type: integer, unit: people, zh: 居民人数, en: Residents}
  - {name: chain, type: maps, zh: 五级组织链（层级、组织）, en: 'Five-level chain: level and organization'}
  - {name: workers, type: maps, zh: 网格员（成员、角色、职业、所在区域）, en: 'Workers of the grid and its community: member, role, profession, place'}
  - {name: units, type: maps, zh: 结对单位（单位、服务、所在区域）, en: 'Paired units of the grid and its community: unit, services, place'}
  - {name: services, type: entities, zh: 抵达本网格的服务, en: 'Services that reach it, by resources or pairings'}
  - {name: cases, type: entities, zh: 未办结的问题, en: Open cases}
  - {name: needs, type: entities, zh: 本网格和所在社区的未满足需求, en: Open needs of the grid and its community}
grain: {zh: 一行, en: one row}
expected:
  parameters: {grid: '990101001001001', as_of: 2026-06-01}
  rows:
    - [{id: '990101001001001', label: Grid, name: 松一网格}, [{id: '990101001001', label: Community, name: 松社区}, {id: '990101001', label: Street, name: 东街道}, {id: '990101', label: District, name: 甲区}], true, 1200, [{level: 1, organization: {id: org-street-1, label: Organization, name: 东街道党工委}}, {level: 2, organization: {id: org-community-1, label: Organization, name: 松社区党委}}, {level: 3, organization: {id: org-branch-1, label: Organization, name: 松一网格党支部}}, {level: 4, organization: {id: org-group-1, label: Organization, name: 松一网格楼栋党小组}}, {level: 5, organization: {id: org-household-1, label: Organization, name: 松一网格党员中心户}}], [{member: {id: member-02, label: Member, name: 松一网格专职网格员, title: 松一网格专职网格员}, role: full-time, profession: null, place: {id: '990101001001001', label: Grid, name: 松一网格}}, {member: {id: member-04, label: Member, name: 社区民警, title: 社区民警}, role: professional, profession: police, place: {id: '990101001001001', label: Grid, name: 松一网格}}], [{unit: {id: unit-a, label: Unit, name: 甲区法院}, services: [mediation, legal-advice], place: {id: '990101001001001', label: Grid, name: 松一网格}}, {unit: {id: unit-a, label: Unit, name: 甲区法院}, services: [], place: {id: '990101001001', label: Community, name: 松社区}}], [{id: svc-legal-advice, label: Service, name: 法律咨询}, {id: svc-mediation, label: Service, name: 调解}], [{id: case-1, label: Case, name: 楼道堆物}], [{id: need-3, label: Need, name: 松社区夜间停车}]]
*/
MATCH (grid:Grid {id: $grid})
WITH grid, COLLECT {
  MATCH way = (grid) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (:District)
  WHERE all(n IN nodes(way) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
  RETURN nodes(way)
} AS ways
WITH grid, coalesce(head(ways), []) AS areas
WITH grid, areas, [a IN areas WHERE a:Grid OR a:Community] AS near
WITH grid, areas, near,
  COLLECT {
    CALL (grid, areas) {
      UNWIND areas AS area
      MATCH (body:Organization)-[r:RESPONSIBLE_FOR]->(area)
      WHERE body.level IS NOT NULL AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      RETURN body
      UNION
      MATCH (grid)<-[r:RESPONSIBLE_FOR]-(branch:Organization)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      MATCH below = (branch) (()<-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]-()){1,2} (body:Organization)
      WHERE body.level IS NOT NULL
        AND all(n IN nodes(below) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
      RETURN body
      UNION
      MATCH (grid)<-[h:PART_OF]-(building:Building)<-[r:RESPONSIBLE_FOR]-(body:Organization)
      WHERE body.level IS NOT NULL AND (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
        AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (building.since IS NULL OR building.since <= $as_of) AND (building.until IS NULL OR building.until > $as_of)
      RETURN body
    }
    WITH DISTINCT body
    WHERE (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
    RETURN body ORDER BY body.level, body.id
  } AS bodies,
  COLLECT {
    UNWIND near AS place
    MATCH (member:Member)-[r:ASSIGNED_TO]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of)
    RETURN [member, r, place] ORDER BY place.id DESC, r.role, member.id, r.id
  } AS posts,
  COLLECT {
    UNWIND near AS place
    MATCH (unit:Unit)-[r:PAIRED_WITH]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN [unit, r, place] ORDER BY place.id DESC, unit.id, r.id
  } AS pairs,
  COLLECT {
    CALL (areas) {
      UNWIND areas AS place
      MATCH (place)<-[r:SERVES]-(resource:Resource)-[g:PROVIDES]->(service:Service)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
        AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
      RETURN service
      UNION
      UNWIND areas AS place
      MATCH (place)<-[r:PAIRED_WITH]-(unit:Unit)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
      UNWIND coalesce(r.services, []) AS code
      MATCH (service:Service {code: code})
      RETURN service
    }
    WITH DISTINCT service
    WHERE (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN service ORDER BY service.id
  } AS given,
  COLLECT {
    MATCH (grid)<-[r:RAISED_IN]-(raised:Case)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of)
      AND (raised.closed_on > $as_of OR raised.closed_on IS NULL AND NOT raised.state IN ['solved', 'closed'])
    WITH DISTINCT raised
    RETURN raised ORDER BY raised.id
  } AS open,
  COLLECT {
    UNWIND near AS place
    MATCH (place)<-[r:RAISED_BY]-(need:Need)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
// part: unmet
  // raised by the day, not withdrawn by it, and met by nothing that holds on it (what was met later was still unmet)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.state = 'open' OR need.withdrawn_on > $as_of OR need.state = 'met' AND EXISTS {
    MATCH (need)-[later:MET_BY]->()
    WHERE later.since > $as_of
  })
  AND NOT EXISTS {
    MATCH (need)-[met:MET_BY]->(by)
    WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  }
// end: unmet
    WITH DISTINCT need
    RETURN need ORDER BY need.id
  } AS wishes
// answer
RETURN {id: grid.id, label: 'Grid', name: grid.name} AS grid,
  [a IN areas WHERE a <> grid | {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name}] AS areas,
  coalesce(grid.demonstration, false) AS demonstration, grid.residents AS residents,
  [body IN bodies | {level: body.level, organization: {id: body.id, label: 'Organization', name: body.name}}] AS chain,
  [x IN posts | {member: {id: x[0].id, label: 'Member', name: x[0].name, title: x[0].title}, role: x[1].role, profession: x[1].profession,
    place: {id: x[2].id, label: head([l IN labels(x[2]) WHERE l <> 'Entity']), name: x[2].name}}] AS workers,
  [x IN pairs | {unit: {id: x[0].id, label: 'Unit', name: x[0].name}, services: coalesce(x[1].services, []),
    place: {id: x[2].id, label: head([l IN labels(x[2]) WHERE l <> 'Entity']), name: x[2].name}}] AS units,
  [s IN given | {id: s.id, label: 'Service', name: s.name}] AS services, [c IN open | {id: c.id, label: 'Case', name: c.name}] AS cases,
  [n IN wishes | {id: n.id, label: 'Need', name: n.name}] AS needs
ORDER BY grid.id SKIP $skip LIMIT $limit
