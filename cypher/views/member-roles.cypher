/*
view:
  zh: "该成员与其任职的组织、单位、区域"
  en: "The member with the bodies and areas where roles are held"
shows: rows
*/
// body of: member-roles
MATCH (m:Member {id: $member})-[r:MEMBER_OF|SITS_ON|ASSIGNED_TO WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]->
  (b WHERE (b.since IS NULL OR b.since <= $as_of) AND (b.until IS NULL OR b.until > $as_of))
// end of: member-roles
RETURN [m, b] AS nodes, [r] AS links
ORDER BY type(r), b.id, r.id SKIP $skip LIMIT $limit
