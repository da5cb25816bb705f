/*
question:
  zh: 各网格员手上有多少问题，接了多少、办结了多少？
  en: How many cases lie with each worker, and how many went to each and were solved?
area: dispatch
parameters:
  area: {type: Area, default: home, zh: 派驻的区域, en: 'Area that they are assigned to, or one in it'}
  role: {type: string, default: null, values: [full-time, professional, mediator, volunteer], zh: 只看一种角色, en: Only one role}
  from: {type: date, default: null, zh: 派单的起始日（含）, en: First day of dispatch}
  to: {type: date, default: null, zh: "派单的终止日（含），空为截至日期", en: Last day of dispatch; as_of where left out}
columns:
  - {name: worker, type: entity, zh: 成员, en: Worker}
  - {name: roles, type: strings, zh: 角色, en: Roles in which they are assigned}
  - {name: areas, type: entities, zh: 派驻的区域, en: Areas that they are assigned to}
  - {name: open, type: integer, unit: cases, zh: 当日手上的问题, en: Cases that lie with them that day}
  - {name: dispatched, type: integer, unit: cases, zh: 期内派给的问题, en: Cases that went to them in the period}
  - {name: solved, type: integer, unit: cases, zh: 其中已办结, en: Of these solved}
grain: {zh: 每名派驻的成员一行, en: one row per member who is assigned}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: member-05, label: Member, name: 梅社区调解员, title: 梅社区调解员}, [mediator], [{id: '990101002001', label: Community, name: 梅社区}], 0, 1, 1]
    - [{id: member-02, label: Member, name: 松一网格专职网格员, title: 松一网格专职网格员}, [full-time], [{id: '990101001001001', label: Grid, name: 松一网格}], 0, 0, 0]
    - [{id: member-03, label: Member, name: 柏一网格专职网格员, title: 柏一网格专职网格员}, [full-time], [{id: '990101001002001', label: Grid, name: 柏一网格}], 0, 0, 0]
    - [{id: member-04, label: Member, name: 社区民警, title: 社区民警}, [professional], [{id: '990101001001001', label: Grid, name: 松一网格}, {id: '990101001002', label: Community, name: 柏社区}], 0, 0, 0]
    - [{id: member-09, label: Member, name: 梅一网格志愿者, title: 梅一网格志愿者}, [volunteer], [{id: '990101002001001', label: Grid, name: 梅一网格}], 0, 0, 0]
*/
MATCH (place:Entity)<-[a:ASSIGNED_TO]-(who:Member)
WHERE place.id STARTS WITH $area AND (a.since IS NULL OR a.since <= $as_of) AND (a.until IS NULL OR a.until > $as_of)
  AND (who.since IS NULL OR who.since <= $as_of) AND (who.until IS NULL OR who.until > $as_of) AND ($role IS NULL OR a.role = $role)
WITH who, collect(place) AS at, collect(a.role) AS held
WITH who AS worker_, at, held, COLLECT {
  MATCH (raised:Case)-[d:DISPATCHED_TO]->(who)
  WHERE (d.dispatched_on IS NULL OR d.dispatched_on <= $as_of) AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
  RETURN [raised.id, ($from IS NULL OR coalesce(d.dispatched_on >= $from, false)) AND ($to IS NULL OR coalesce(d.dispatched_on <= $to, false)),
    CASE WHEN d.outcome = 'refused' THEN false WHEN d.closed_on > $as_of THEN true WHEN d.closed_on IS NULL THEN NOT coalesce(d.outcome, 'open') IN ['solved', 'recalled'] ELSE false END,
    coalesce(d.outcome, 'open') IN ['open', 'solved'] AND (coalesce(d.closed_on <= $as_of, false) OR d.closed_on IS NULL AND d.outcome = 'solved')]
} AS sent
WITH worker_, at, held, COUNT { UNWIND sent AS x WITH x WHERE x[2] RETURN DISTINCT x[0] } AS open,
  COUNT { UNWIND sent AS x WITH x WHERE x[1] RETURN DISTINCT x[0] } AS dispatched, COUNT { UNWIND sent AS x WITH x WHERE x[1] AND x[3] RETURN DISTINCT x[0] } AS solved
RETURN {id: worker_.id, label: 'Member', name: worker_.name, title: worker_.title} AS worker, COLLECT { UNWIND held AS role WITH DISTINCT role RETURN role ORDER BY role } AS roles,
  COLLECT { UNWIND at AS p WITH DISTINCT p RETURN {id: p.id, label: head([l IN labels(p) WHERE l <> 'Entity']), name: p.name} ORDER BY p.id } AS areas,
  open, dispatched, solved
ORDER BY open DESC, dispatched DESC, worker_.id SKIP $skip LIMIT $limit
