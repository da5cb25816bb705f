/*
question:
  zh: 有过哪些导入、修改与方案，各处于什么状态？
  en: Which imports, edits and plans were there, and what became of them?
area: history
parameters:
  kind: {type: string, default: null, values: [import, edit, proposal], zh: 种类（导入、修改、方案）, en: "Kind: import, edit or proposal"}
  state: {type: string, default: null, values: [open, approved, applied, refused, discarded, undone], zh: 状态, en: State}
columns:
  - {name: plan, type: entity, zh: 方案, en: Plan}
  - {name: kind, type: string, zh: 种类, en: Kind}
  - {name: state, type: string, zh: 状态, en: State}
  - {name: author, type: string, zh: 提出人, en: Who made it}
  - {name: reason, type: string, zh: 理由, en: Why it was made}
  - {name: recorded_at, type: datetime, zh: 记入时刻（UTC）, en: Moment when it was recorded (UTC)}
  - {name: data_version, type: integer, zh: 应用后的数据版本, en: Data version after it was applied}
  - {name: undoes, type: string, zh: 所撤销的方案编号, en: Id of the plan that it took back}
  - {name: source, type: string, zh: 依据的来源编号, en: Id of the source that it rests on}
  - {name: method, type: string, zh: 提出方式（所用的计算或手工）, en: "What proposed it: a kind of result, or hand"}
  - {name: area, type: string, zh: 所涉区域编号, en: Id of the area that it is about}
  - {name: effective_on, type: date, zh: 生效日期, en: Day from which its changes hold}
  - {name: verdict, type: string, zh: 批准、拒绝或放弃的理由, en: "Why it was approved, refused or discarded"}
  - {name: revises, type: string, zh: 所修订的方案编号, en: Id of the plan that it was made from}
grain: {zh: "每个方案一行，最新的在前", en: "one row per plan, newest first"}
expected:
  parameters: {as_of: 2026-09-01}
  rows:
    - [{id: plan-import-1, label: Plan, name: 结对台账.xlsx}, import, undone, local, 七月结对台账, 2026-06-02T08:00:00, 7, null, src-pairings, null, null, null, null, null]
    - [{id: plan-proposal-1, label: Plan, name: 给柏二网格结对}, proposal, approved, local, 柏二网格无人结对, 2026-06-02T08:00:00, null, null, src-pairings, repair, '990101001', 2026-07-01, 同意, null]
    - [{id: plan-undo-1, label: Plan, name: 撤销结对台账.xlsx}, edit, applied, local, 台账有误, 2026-06-02T08:00:00, 9, plan-import-1, src-pairings, null, null, null, null, null]
*/
MATCH (p:Plan)
WHERE p.kind IN ['import', 'edit', 'proposal'] AND ($kind IS NULL OR p.kind = $kind) AND ($state IS NULL OR p.state = $state)
  AND date(p.recorded_at) <= $as_of
RETURN {id: p.id, label: 'Plan', name: p.name} AS plan, p.kind AS kind, p.state AS state, p.author AS author, p.reason AS reason,
  p.recorded_at AS recorded_at, p.data_version AS data_version, p.undoes AS undoes, p.source AS source,
  p.method AS method, p.area AS area, p.effective_on AS effective_on, p.verdict AS verdict, p.revises AS revises
ORDER BY p.recorded_at DESC, p.id SKIP $skip LIMIT $limit
