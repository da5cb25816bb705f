/*
view:
  zh: "该单位与其成员"
  en: "The unit with its members"
shows: rows
*/
// body of: unit-members
MATCH (u:Unit {id: $unit})<-[r:MEMBER_OF]-(m:Member)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
  AND (m.since IS NULL OR m.since <= $as_of) AND (m.until IS NULL OR m.until > $as_of)
// end of: unit-members
RETURN [u, m] AS nodes, [r] AS links
ORDER BY m.id, r.id SKIP $skip LIMIT $limit
