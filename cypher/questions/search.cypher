/*
question:
  zh: 哪些实体的编号、名称、别名、拼音或首字母含有某文字？
  en: Which entities have a text in their id, name, alias, pinyin or initials?
area: directory
parameters:
  q: {type: search, zh: 要找的文字（编号、名称、别名、拼音或首字母）, en: "Text to look for in ids, names, aliases, pinyin and initials"}
  label: {type: string, default: null, values: [District, Street, Community, Grid, Building, Organization, Unit, Member, Resource, Service, Need, Project, Case, Activity, Programme, Source, Claim, Ledger, Requirement], zh: 只找某一种类, en: Only this label}
columns:
  - {name: entity, type: entity, zh: 实体, en: Entity}
  - {name: match, type: string, zh: "匹配方式（exact 全等，prefix 开头，within 其中）", en: "How an id, name, alias or its pinyin matches: exact, prefix or within"}
grain: {zh: 每个实体一行；成员只按角色名称查找, en: one row per entity; members are found by their title only}
expected:
  parameters: {q: 松社区, as_of: 2026-06-01}
  rows:
    - [{id: "990101001001", label: Community, name: 松社区, title: null}, exact]
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, prefix]
    - [{id: need-3, label: Need, name: 松社区夜间停车, title: null}, prefix]
    - [{id: org-community-1, label: Organization, name: 松社区党委, title: null}, prefix]
    - [{id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, prefix]
    - [{id: res-station, label: Resource, name: 松社区服务站, title: null}, prefix]
*/
MATCH (n:Entity)
WHERE n.search CONTAINS toLower(trim($q)) AND ($label IS NULL OR $label IN labels(n))
// read as a map, in one pass over the properties; what may be searched stands between bars: id, names, aliases, pinyin, initials
WITH n, n {.id, .search, .since, .until} AS found, '|' + toLower(trim($q)) AS wanted
WHERE (found.since IS NULL OR found.since <= $as_of) AND (found.until IS NULL OR found.until > $as_of)
WITH n, found.id AS id, CASE WHEN NOT '|' + found.search CONTAINS wanted THEN 3 WHEN '|' + found.search + '|' CONTAINS wanted + '|' THEN 1 ELSE 2 END AS rank
RETURN {id: id, label: head([l IN labels(n) WHERE l <> 'Entity']), name: n.name, title: n.title} AS entity, CASE rank WHEN 1 THEN 'exact' WHEN 2 THEN 'prefix' ELSE 'within' END AS match
ORDER BY rank, id SKIP $skip LIMIT $limit
