/*
question:
  zh: 哪两个组织或单位之间只靠一名成员相连？
  en: Which two bodies does a single member alone link?
area: network
parameters:
  area: {type: Area, default: home, zh: 负责、结对于该区域或其内区域的组织与单位, en: "Area; of the two bodies one is responsible for it, paired with it, or so for an area in it"}
columns:
  - {name: member, type: entity, zh: 唯一的连接人, en: The only member who links them}
  - {name: body, type: entity, zh: 组织或单位, en: Body}
  - {name: other, type: entity, zh: 另一组织或单位, en: Other body}
  - {name: roles, type: maps, zh: 该成员在两者的角色, en: "The member's roles in both: type, role, body"}
grain: {zh: "每两个只由一名成员相连、彼此又无直接关系的组织或单位一行", en: one row per two bodies that exactly one member links and no relationship of their own}
sets: [MEMBERSHIP]
expected:
  parameters: {as_of: 2026-06-01}
  rows:
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, {id: org-community-1, label: Organization, name: 松社区党委, title: null}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, [{type: MEMBER_OF, role: secretary, body: org-community-1}, {type: SITS_ON, role: joint-party-committee-member, body: org-joint-1}]]
    - [{id: member-01, label: Member, name: 松社区党组织书记, title: 松社区党组织书记}, {id: org-joint-1, label: Organization, name: 松社区大党委, title: null}, {id: org-street-1, label: Organization, name: 东街道党工委, title: null}, [{type: SITS_ON, role: joint-party-committee-member, body: org-joint-1}, {type: SITS_ON, role: part-time-committee-member, body: org-street-1}]]
    - [{id: member-06, label: Member, name: 乙银行党员, title: 乙银行党员}, {id: org-household-1, label: Organization, name: 松一网格党员中心户, title: null}, {id: unit-b, label: Unit, name: 乙银行, title: null}, [{type: MEMBER_OF, role: member, body: org-household-1}, {type: MEMBER_OF, role: staff, body: unit-b}]]
*/
MATCH (root:Entity {id: $area})
WHERE root:District OR root:Street OR root:Community OR root:Grid OR root:Building
MATCH (area:Entity)
WHERE area.id STARTS WITH root.id AND (area = root OR NOT area:Building)
MATCH (body)-[link]->(area)
WHERE (body:Organization AND type(link) = 'RESPONSIBLE_FOR' OR body:Unit AND type(link) = 'PAIRED_WITH') AND (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)
  AND (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
WITH DISTINCT body
MATCH (body)<-[r:MEMBER_OF|SITS_ON]-(member:Member)-[s:MEMBER_OF|SITS_ON]->(other)
WHERE other <> body AND (other:Organization OR other:Unit) AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (s.since IS NULL OR s.since <= $as_of) AND (s.until IS NULL OR s.until > $as_of)
  AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of) AND (other.since IS NULL OR other.since <= $as_of) AND (other.until IS NULL OR other.until > $as_of)
WITH CASE WHEN body.id < other.id THEN body ELSE other END AS one, CASE WHEN body.id < other.id THEN other ELSE body END AS two, collect(DISTINCT member) AS members
WHERE size(members) = 1 AND NOT EXISTS {
  MATCH (one)-[x]-(two)
  WHERE type(x) <> 'SUPERSEDED' AND (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
}
WITH one, two, members[0] AS m
// answer
RETURN {id: m.id, label: head([l IN labels(m) WHERE l <> 'Entity']), name: m.name, title: m.title} AS member, {id: one.id, label: head([l IN labels(one) WHERE l <> 'Entity']), name: one.name, title: one.title} AS body, {id: two.id, label: head([l IN labels(two) WHERE l <> 'Entity']), name: two.name, title: two.title} AS other, COLLECT {
    UNWIND [one, two] AS b
    MATCH (m)-[r:MEMBER_OF|SITS_ON]->(b)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
    RETURN {type: type(r), role: r.role, body: b.id} ORDER BY b.id, r.id
  } AS roles
ORDER BY m.id, one.id, two.id SKIP $skip LIMIT $limit
