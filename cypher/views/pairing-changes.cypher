/*
view:
  zh: "期间开始或结束的结对"
  en: "Pairings that began or ended in the period"
shows: rows
*/
// body of: pairing-changes
MATCH (a:Entity)<-[r:PAIRED_WITH]-(u:Unit)
WHERE a.id STARTS WITH $area
UNWIND [{change: 'began', day: r.since}, {change: 'ended', day: r.until}] AS event
WITH u, r, a, event WHERE event.day > $from AND event.day <= coalesce($to, $as_of)
// end of: pairing-changes
RETURN [u, a] AS nodes, [r] AS links
ORDER BY event.day, event.change, u.id, a.id, r.id SKIP $skip LIMIT $limit
