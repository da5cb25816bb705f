/*
question:
  zh: 某次导入或某个方案改变了什么？
  en: What did an import or plan change?
area: history
parameters:
  plan: {type: Plan, zh: 方案编号, en: Plan id}
  operation: {type: string, default: null, values: [create, change, end, supersede, confirm, withdraw], zh: 操作, en: Operation}
columns:
  - {name: operation, type: string, zh: "操作（create 新增，change 修改，end 终止，supersede 更正，confirm 确认，withdraw 撤回）", en: "Operation: create, change, end, supersede, confirm or withdraw"}
  - {name: kind, type: string, zh: 节点类别或关系类型, en: Label or relationship type}
  - {name: id, type: string, zh: 节点或关系编号, en: Id of the node or relationship}
  - {name: entity, type: entity, zh: "实体（关系的起点），已撤回则为空", en: "Entity, or the start of the relationship; null where it was taken back"}
  - {name: to, type: entity, zh: "关系的终点，非关系则为空", en: Where the relationship leads; null for a node}
  - {name: position, type: integer, zh: "在方案中的次序，无次序为空", en: Place in its plan; null where there is no order}
  - {name: reason, type: string, zh: 理由（中文）, en: "Why this change, in Chinese"}
  - {name: reason_en, type: string, zh: 理由（英文）, en: "Why this change, in English"}
  - {name: next_best, type: string, zh: 次优选择的单位编号, en: Id of the unit that was the next best choice}
  - {name: cost, type: string, zh: 改用次优选择的代价（中文）, en: "What the next best choice would cost, in Chinese"}
  - {name: cost_en, type: string, zh: 改用次优选择的代价（英文）, en: "What the next best choice would cost, in English"}
  - {name: change, type: map, zh: 变更（前后内容需要姓名权限）, en: Change; what was there before and after needs the right to see names}
grain: {zh: 每个被改变的节点或关系一行, en: one row per node or relationship that was changed}
expected:
  parameters: {plan: plan-import-1, as_of: 2026-09-01}
  rows:
    - [change, Unit, unit-a, {id: unit-a, label: Unit, name: 甲区法院, title: null}, null, null, null, null, null, null, null, {id: chg-1, label: Change}]
    - [create, PAIRED_WITH, "PAIRED_WITH:unit-a>990101001002001", {id: unit-a, label: Unit, name: 甲区法院, title: null}, {id: "990101001002001", label: Grid, name: 柏一网格, title: null}, null, null, null, null, null, null, {id: chg-2, label: Change}]
    - [create, PAIRED_WITH, "PAIRED_WITH:unit-gone>990101001002001", null, {id: "990101001002001", label: Grid, name: 柏一网格, title: null}, null, null, null, null, null, null, {id: chg-2, label: Change}]
*/
MATCH (:Plan {id: $plan})-[:CHANGES]->(c:Change)
WHERE ($operation IS NULL OR c.operation = $operation) AND date(c.recorded_at) <= $as_of
WITH c, coalesce(c.entities, [c.entity]) AS ids, coalesce(c.starts, c.entities, [c.entity]) AS starts
UNWIND range(0, size(ids) - 1) AS at
WITH c, ids[at] AS id, starts[at] AS start ORDER BY coalesce(c.position, 0), c.operation, c.kind, id, c.id LIMIT $skip + $limit
// the id of a relationship names its type and its ends
WITH c, id, start, CASE WHEN c.starts IS NOT NULL THEN split(split(id, '>')[1], '#')[0] END AS target
OPTIONAL MATCH (n:Entity {id: start})
OPTIONAL MATCH (m:Entity {id: target})
// answer
RETURN c.operation AS operation, c.kind AS kind, id,
  CASE WHEN n IS NOT NULL THEN {id: n.id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} END AS entity,
  CASE WHEN m IS NOT NULL THEN {id: m.id, label: head([l IN labels(m) WHERE l <> 'Entity']), name: m.name, title: m.title} END AS to,
  c.position AS position, c.reason AS reason, c.reason_en AS reason_en, c.next_best AS next_best, c.cost AS cost, c.cost_en AS cost_en,
  {id: c.id, label: 'Change', before: c.before, after: c.after} AS change
ORDER BY coalesce(c.position, 0), c.operation, c.kind, id, c.id SKIP $skip LIMIT $limit
