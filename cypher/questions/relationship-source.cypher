/*
question:
  zh: 某关系的记录出自何处，先后怎样更正？
  en: Where does a relationship come from, and how was its record corrected?
area: provenance
parameters:
  relationship: {type: string, zh: "关系编号，如 PAIRED_WITH:unit>grid", en: "Relationship id, such as PAIRED_WITH:unit>grid"}
columns:
  - {name: believed, type: boolean, zh: 现在是否仍作此记录, en: Whether the graph still holds it so}
  - {name: type, type: string, zh: 关系类型, en: Relationship type}
  - {name: from, type: entity, zh: 起点, en: Start}
  - {name: to, type: entity, zh: 终点, en: End}
  - {name: holds, type: boolean, zh: 当日是否有效, en: Whether it holds on the day}
  - {name: source, type: entity, zh: 来源, en: Source}
  - {name: source_ref, type: string, zh: 来源中的位置, en: Place in the source}
  - {name: recorded_at, type: datetime, zh: 记入时刻（UTC）, en: When it was recorded (UTC)}
  - {name: superseded_at, type: datetime, zh: 被更正的时刻（UTC）, en: When it was superseded (UTC)}
  - {name: confirmed_on, type: date, zh: 台账最近一次确认它的日期, en: Day of the last ledger that confirmed it}
  - {name: recorded_for, type: string, zh: 记入的理由, en: Why it was recorded}
  - {name: properties, type: maps, zh: 属性（属性、值）, en: Properties and their values}
grain: {zh: "现行与曾有的每个版本各一行，新者在前", en: "one row per version of the record, the present one first, then the latest"}
expected:
  parameters: {relationship: "PAIRED_WITH:unit-c>990101001002001", as_of: 2026-06-01}
  rows:
    - [true, PAIRED_WITH, {id: unit-c, label: Unit, name: 丙医院, title: null}, {id: '990101001002001', label: Grid, name: 柏一网格, title: null}, false, {id: src-pairings, label: Source, name: 结对台账}, row 4, 2026-06-02T08:00:00, null, null, test, [{property: capacity_used, value: 1}, {property: programme, value: prog-pairs}, {property: services, value: [haircut]}, {property: since, value: 2025-06-01}, {property: until, value: 2026-04-01}]]
*/
MATCH (a:Entity {id: split(split($relationship, '>')[0], ':')[1]})-[r]->(b)
WHERE r.id = $relationship
OPTIONAL MATCH (s:Source {id: r.source})
OPTIONAL MATCH (p:Plan {id: r.change})
WITH a, r, b, s, p, type(r) <> 'SUPERSEDED' AS believed, COLLECT {
  UNWIND keys(r) AS name
  WITH name, r[name] AS value
  WHERE NOT name IN ['id', 'was', 'change', 'source', 'source_ref', 'recorded_at', 'superseded_at', 'superseded_by', 'confirmed_on']
  RETURN {property: name, value: value} ORDER BY name
} AS properties
// answer
RETURN believed, coalesce(r.was, type(r)) AS type, {id: a.id, label: head([l IN labels(a) WHERE l <> 'Entity']), name: a.name, title: a.title} AS from,
  {id: b.id, label: coalesce(b.was, head([l IN labels(b) WHERE l <> 'Entity'])), name: b.name, title: b.title} AS to,
  (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) AS holds, {id: s.id, label: 'Source', name: s.name} AS source, r.source_ref AS source_ref, r.recorded_at AS recorded_at, r.superseded_at AS superseded_at,
  r.confirmed_on AS confirmed_on, p.reason AS recorded_for, properties
ORDER BY believed DESC, superseded_at DESC, recorded_at DESC SKIP $skip LIMIT $limit
