/*
view:
  zh: "帮助抵达该网格的每条途径"
  en: "Every path by which help reaches the grid"
shows: rows
*/
// body of: grid-supporters
MATCH up = (grid:Grid {id: $grid}) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (:District)
WHERE all(n IN nodes(up) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
// records that say twice that an area lies in another are one way up
WITH nodes(up) AS areas, relationships(up) AS steps, [x IN relationships(up) | x.id] AS ids ORDER BY ids
WITH areas, collect(steps)[0] AS steps
UNWIND range(0, size(steps)) AS i
WITH areas[i] AS near, areas[..i + 1] AS road, steps[..i] AS climb
MATCH help = (near) (()<-[r:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|OFFERS|SERVES WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)]-()){1,2} (helper)
WHERE all(n IN nodes(help) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
WITH near, helper, road + tail(nodes(help)) AS stops, climb + relationships(help) AS links, nodes(help)[1] AS giver
WITH near, helper, stops, links, giver, last(links) AS link, [l IN links | l.id] AS ids
// end of: grid-supporters
RETURN stops AS nodes, links
ORDER BY size(links), helper.id, ids SKIP $skip LIMIT $limit
