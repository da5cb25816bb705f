/*
question:
  zh: 图谱自某一数据版本（或时刻）起新增、更正、撤回了哪些记录？
  en: What did the graph learn since a data version, or between two moments - created, corrected, withdrawn?
area: history
parameters:
  since: {type: integer, default: 0, minimum: 0, zh: "此数据版本之后的变更；取上次答复所附的数据版本，即可保持副本一致", en: "Data version after which changes count; with the version of the last answer, a copy elsewhere stays right"}
  after: {type: datetime, default: null, zh: 只看此时刻（UTC）之后的, en: Only what was recorded after this moment (UTC)}
  before: {type: datetime, default: null, zh: 只看此时刻（UTC）及以前的, en: Only what was recorded by this moment (UTC)}
columns:
  - {name: at, type: datetime, zh: 记入时刻（UTC）, en: When it was recorded (UTC)}
  - {name: change, type: string, zh: "变化（loaded 整体载入，须重取全部；created 新增，corrected 更正，ended 终止，confirmed 确认，withdrawn 撤回，restored 恢复）", en: "Change: loaded (a whole data set: take everything anew), created, corrected, ended, confirmed, withdrawn, or restored (by taking something else back)"}
  - {name: kind, type: string, zh: 节点类别或关系类型, en: Label or relationship type}
  - {name: id, type: string, zh: 节点或关系编号, en: Id of the node or relationship}
  - {name: entity, type: entity, zh: 实体（关系的起点）, en: "Entity, the start of a relationship"}
  - {name: to, type: entity, zh: 关系的终点, en: End of the relationship}
  - {name: believed, type: boolean, zh: 现在是否仍有此记录, en: Whether the graph holds the record now}
  - {name: holds, type: boolean, zh: 现行记录当日是否有效, en: Whether the present record holds on the day}
  - {name: differences, type: maps, zh: "属性的变化（属性、变更前、变更后）；节点的值为JSON", en: "Properties that changed: property, before, after; values of nodes are JSON"}
  - {name: properties, type: maps, zh: 现行记录的属性（属性、值）；内部与敏感属性除外, en: "Properties of the present record, without internal and sensitive ones"}
  - {name: reason, type: string, zh: 变更组的理由, en: Why the group of changes was made}
grain: {zh: "每个已完成的变更组所涉的每条记录一行，先发生者在前", en: "one row per record that a finished group of changes touched, in the order of the groups"}
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [2026-06-02T08:00:00, corrected, Unit, unit-a, {id: unit-a, label: Unit, name: 甲区法院, title: null}, null, true, true, [{property: name, before: '"甲法院"', after: '"甲区法院"'}], [{property: aliases, value: [区法院]}, {property: district_agency, value: true}, {property: kind, value: court}, {property: name, value: 甲区法院}, {property: name_en, value: Jia District Court}, {property: pairing_capacity, value: 4}, {property: party_members, value: 30}, {property: source, value: src-pairings}, {property: source_ref, value: row 2}], 七月结对台账]
    - [2026-06-02T08:00:00, created, PAIRED_WITH, 'PAIRED_WITH:unit-a>990101001002001', {id: unit-a, label: Unit, name: 甲区法院, title: null}, null, false, null, [], [], 七月结对台账]
    - [2026-06-02T08:00:00, created, PAIRED_WITH, 'PAIRED_WITH:unit-gone>990101001002001', null, null, false, null, [], [], 七月结对台账]
    - [2026-06-02T08:00:00, loaded, null, null, null, null, null, null, [], [], test]
*/
MATCH (p:Plan)
WHERE p.state IN ['applied', 'undone'] AND p.data_version > $since AND ($after IS NULL OR p.recorded_at > $after) AND ($before IS NULL OR p.recorded_at <= $before)
CALL (p) {
  WITH p WHERE p.kind = 'load'
  RETURN null AS c, 0 AS i
  UNION ALL
  MATCH (p)-[:CHANGES]->(c:Change)
  UNWIND range(0, size(coalesce(c.entities, [c.entity])) - 1) AS i
  RETURN c, i
}
WITH p, c, i ORDER BY p.recorded_at, p.id, coalesce(c.id, ''), i LIMIT $skip + $limit
WITH p, c, i, coalesce(c.entities, [c.entity])[i] AS id, c.starts[i] AS start
OPTIONAL MATCH (n:Entity {id: coalesce(start, id)})
WITH p, c, i, id, start, coalesce(n, head(COLLECT {
  // what was taken back lost its labels
  MATCH (w:Withdrawn {id: coalesce(start, id)})
  RETURN w ORDER BY w.superseded_at DESC, w.superseded_by
})) AS x
WITH p, c, i, id, start, x, COLLECT {
  MATCH (x)-[r]->(b)
  WHERE start IS NOT NULL AND r.id = id
  RETURN {record: r, end: b, live: type(r) <> 'SUPERSEDED'} ORDER BY type(r) = 'SUPERSEDED', r.superseded_at DESC
} AS versions
WITH p, c, i, id, start, x, versions[0] AS newest, head([v IN versions WHERE v.record.superseded_by = p.id | v.record]) AS old,
  coalesce(head([v IN versions WHERE v.record.change = p.id | v.record]), head([v IN versions WHERE v.live | v.record])) AS new,
  // a key of the JSON is what follows `, "` and precedes `": `; within a text quotes are escaped
  [json IN [c.before, c.after] | reduce(made = [], f IN split(substring(json, 2, size(json) - 3), ', "') |
    CASE WHEN f =~ '[a-z_0-9]+": .*' THEN made + [f] ELSE [k IN range(0, size(made) - 2) | made[k]] + [last(made) + ', "' + f] END)] AS texts,
  ['id', 'search', 'change', 'recorded_at', 'confirmed_on', 'superseded_at', 'superseded_by', 'was', 'author', 'snapshot', 'key', 'options', 'content', 'decided_by', 'decided_at', 'applied_by', 'proposed_at', 'before', 'after', 'party_member', 'description', 'address', 'latitude', 'longitude', 'external', 'why', 'request']
    + CASE WHEN c.kind = 'Member' THEN ['name', 'aliases'] ELSE [] END AS hidden
WITH p, c, i, id, start, x, newest, coalesce(CASE WHEN start IS NULL THEN x:Entity ELSE newest.live END, false) AS believed,
  CASE WHEN start IS NULL THEN x ELSE newest.record END AS record, hidden, CASE
    WHEN start IS NOT NULL AND old IS NOT NULL AND new IS NOT NULL THEN [name IN keys(old) + keys(new) | [name, old[name], new[name]]]
    WHEN start IS NULL AND size(texts) = 2 AND c.operation IN ['change', 'end'] THEN [name IN [f IN texts[0] + texts[1] | split(toString(f), '": ')[0]] |
      [name, head([f IN texts[0] WHERE split(toString(f), '": ')[0] = name | substring(toString(f), size(name) + 3)]), head([f IN texts[1] WHERE split(toString(f), '": ')[0] = name | substring(toString(f), size(name) + 3)])]]
    ELSE [] END AS pairs
WITH p, c, i, id, x, newest, believed, record, hidden, COLLECT {
  UNWIND pairs AS d
  WITH DISTINCT d[0] AS property, d[1] AS before, d[2] AS after
  WHERE NOT property IN hidden AND (before IS NULL OR after IS NULL OR before <> after)
  RETURN {property: property, before: before, after: after} ORDER BY property
} AS differences
RETURN p.recorded_at AS at, CASE WHEN c IS NULL THEN 'loaded' WHEN p.undoes IS NOT NULL AND c.operation IN ['change', 'supersede'] THEN 'restored'
    WHEN c.operation = 'withdraw' AND believed THEN 'restored'
    ELSE {create: 'created', change: 'corrected', supersede: 'corrected', end: 'ended', confirm: 'confirmed', withdraw: 'withdrawn'}[c.operation] END AS change,
  c.kind AS kind, id, CASE WHEN x IS NOT NULL THEN {id: x.id, label: coalesce(x.was, head([l IN labels(x) WHERE l <> 'Entity'])), name: x.name, title: x.title} END AS entity,
  CASE WHEN newest IS NOT NULL THEN {id: newest.end.id, label: coalesce(newest.end.was, head([l IN labels(newest.end) WHERE l <> 'Entity'])),
    name: newest.end.name, title: newest.end.title} END AS to, CASE WHEN c IS NOT NULL THEN believed END AS believed,
  CASE WHEN believed THEN (record.since IS NULL OR record.since <= $as_of) AND (record.until IS NULL OR record.until > $as_of) END AS holds, differences,
  CASE WHEN believed THEN COLLECT {
    UNWIND keys(record) AS name
    WITH name, record[name] AS value
    WHERE NOT name IN hidden
    RETURN {property: name, value: value} ORDER BY name
  } ELSE [] END AS properties, p.reason AS reason
ORDER BY p.recorded_at, p.id, coalesce(c.id, ''), i SKIP $skip LIMIT $limit
