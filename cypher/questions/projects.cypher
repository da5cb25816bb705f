/*
question:
  zh: 项目清单：有哪些民生项目，进展到哪一步，由谁负责，为了哪些需求？
  en: The list of projects - how far is each, who answers for it, and which needs is it for?
area: resources
parameters:
  area: {type: Area, default: null, zh: 只看为某区域的需求而设的, en: 'Only projects for a need of this area, or of what lies in it'}
  project: {type: Project, default: null, zh: 只看一个项目, en: Only one project}
  state: {type: string, default: null, values: [planned, running, done], zh: 只看一种状态, en: Only one state}
  late: {type: boolean, default: null, zh: 只看逾期或未逾期的, en: 'Only those past the day by which they should be finished, or only the others'}
  owner: {type: Entity, default: null, zh: 只看某组织或单位负责的, en: Only those that one organization or unit answers for}
columns:
  - {name: project, type: entity, zh: 项目, en: Project}
  - {name: state, type: string, zh: "当日状态（planned 计划，running 在建，done 完成）", en: "On that day: planned, running or done"}
  - {name: late, type: boolean, zh: 是否过了计划完成日期而未完成, en: Whether it is unfinished past the day by which it should be}
  - {name: planned_on, type: date, zh: 列入日期, en: Day on which it was put on the list}
  - {name: started_on, type: date, zh: 开工日期, en: Day on which it was started}
  - {name: due_on, type: date, zh: 计划完成日期, en: Day by which it should be finished}
  - {name: finished_on, type: date, zh: 完成日期, en: Day on which it was finished}
  - {name: services, type: entities, zh: 针对的服务, en: Services it is for}
  - {name: needs, type: entities, zh: 针对的需求, en: Needs it is for}
  - {name: areas, type: entities, zh: 这些需求来自哪些区域, en: Areas that raised these needs}
  - {name: owners, type: entities, zh: 负责的组织与单位, en: Organizations and units that answer for it}
  - {name: source, type: string, zh: 来源编号, en: Source id}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
grain: {zh: 每个项目一行, en: one row per project}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: proj-1, label: Project, name: 柏社区食堂重开}, planned, false, 2026-04-01, null, 2026-09-30, null, [], [{id: need-1, label: Need, name: 柏一网格老人助餐}], [{id: '990101001002001', label: Grid, name: 柏一网格}], [{id: unit-e, label: Unit, name: 戊公司}], src-needs, row 7]
    - [{id: proj-2, label: Project, name: 梅社区议事亭修缮}, done, false, 2025-12-01, 2026-01-05, null, 2026-01-30, [{id: svc-mediation, label: Service, name: 调解}], [], [], [], src-needs, row 8]
*/
MATCH (project:Project)
WHERE (project.since IS NULL OR project.since <= $as_of) AND (project.until IS NULL OR project.until > $as_of)
  AND (project.planned_on IS NULL OR project.planned_on <= $as_of) AND ($project IS NULL OR project.id = $project)
WITH project, COLLECT {
  MATCH (project)-[f:FOR]->(service:Service)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
  WITH DISTINCT service
  RETURN service ORDER BY service.id
} AS given, COLLECT {
  MATCH (project)-[f:FOR]->(need:Need)
  WHERE (f.since IS NULL OR f.since <= $as_of) AND (f.until IS NULL OR f.until > $as_of)
    AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  WITH DISTINCT need
  RETURN need ORDER BY need.id
} AS wishes, COLLECT {
  MATCH (project)<-[o:RESPONSIBLE_FOR]-(body)
  WHERE (o.since IS NULL OR o.since <= $as_of) AND (o.until IS NULL OR o.until > $as_of)
    AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
  WITH DISTINCT body
  RETURN body ORDER BY body.id
} AS bodies, CASE
    WHEN project.finished_on IS NOT NULL AND project.finished_on <= $as_of THEN 'done'
    WHEN project.finished_on IS NULL AND project.state = 'done' THEN 'done'
    WHEN project.started_on IS NOT NULL THEN CASE WHEN project.started_on <= $as_of THEN 'running' ELSE 'planned' END
    WHEN project.state = 'planned' THEN 'planned' ELSE 'running' END AS state
WITH project AS work, given, wishes, bodies, state, state <> 'done' AND coalesce(project.due_on < $as_of, false) AS late, COLLECT {
  UNWIND wishes AS wish
  MATCH (wish)-[r:RAISED_BY]->(place)
  WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  WITH DISTINCT place
  RETURN place ORDER BY place.id
} AS spots
WHERE ($state IS NULL OR state = $state) AND ($late IS NULL OR late = $late) AND ($area IS NULL OR any(p IN spots WHERE p.id STARTS WITH $area))
  AND ($owner IS NULL OR any(b IN bodies WHERE b.id = $owner))
// answer
RETURN {id: work.id, label: 'Project', name: work.name} AS project, state, late, work.planned_on AS planned_on,
  CASE WHEN work.started_on <= $as_of THEN work.started_on END AS started_on, work.due_on AS due_on,
  CASE WHEN work.finished_on <= $as_of THEN work.finished_on END AS finished_on,
  [s IN given | {id: s.id, label: 'Service', name: s.name}] AS services, [n IN wishes | {id: n.id, label: 'Need', name: n.name}] AS needs,
  [p IN spots | {id: p.id, label: head([l IN labels(p) WHERE l <> 'Entity']), name: p.name}] AS areas,
  [b IN bodies | {id: b.id, label: head([l IN labels(b) WHERE l <> 'Entity']), name: b.name}] AS owners, work.source AS source, work.source_ref AS source_ref
ORDER BY work.due_on, work.id SKIP $skip LIMIT $limit
