/*
view:
  zh: "网格、所在区域、五级组织、网格员、结对单位、服务、问题与需求"
  en: "The grid with its areas, chain, workers, paired units, services, cases and needs"
shows: rows
*/
// body of: grid-profile
MATCH (grid:Grid {id: $grid})
WITH grid, COLLECT {
  MATCH way = (grid) (()-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]->()){0,3} (:District)
  WHERE all(n IN nodes(way) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
  RETURN nodes(way)
} AS ways
WITH grid, coalesce(head(ways), []) AS areas
WITH grid, areas, [a IN areas WHERE a:Grid OR a:Community] AS near
WITH grid, areas, near,
  COLLECT {
    CALL (grid, areas) {
      UNWIND areas AS area
      MATCH (body:Organization)-[r:RESPONSIBLE_FOR]->(area)
      WHERE body.level IS NOT NULL AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      RETURN body
      UNION
      MATCH (grid)<-[r:RESPONSIBLE_FOR]-(branch:Organization)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      MATCH below = (branch) (()<-[x:PART_OF WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)]-()){1,2} (body:Organization)
      WHERE body.level IS NOT NULL
        AND all(n IN nodes(below) WHERE (n.since IS NULL OR n.since <= $as_of) AND (n.until IS NULL OR n.until > $as_of))
      RETURN body
      UNION
      MATCH (grid)<-[h:PART_OF]-(building:Building)<-[r:RESPONSIBLE_FOR]-(body:Organization)
      WHERE body.level IS NOT NULL AND (h.since IS NULL OR h.since <= $as_of) AND (h.until IS NULL OR h.until > $as_of)
        AND (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (building.since IS NULL OR building.since <= $as_of) AND (building.until IS NULL OR building.until > $as_of)
      RETURN body
    }
    WITH DISTINCT body
    WHERE (body.since IS NULL OR body.since <= $as_of) AND (body.until IS NULL OR body.until > $as_of)
    RETURN body ORDER BY body.level, body.id
  } AS bodies,
  COLLECT {
    UNWIND near AS place
    MATCH (member:Member)-[r:ASSIGNED_TO]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (member.since IS NULL OR member.since <= $as_of) AND (member.until IS NULL OR member.until > $as_of)
    RETURN [member, r, place] ORDER BY place.id DESC, r.role, member.id, r.id
  } AS posts,
  COLLECT {
    UNWIND near AS place
    MATCH (unit:Unit)-[r:PAIRED_WITH]->(place)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
    RETURN [unit, r, place] ORDER BY place.id DESC, unit.id, r.id
  } AS pairs,
  COLLECT {
    CALL (areas) {
      UNWIND areas AS place
      MATCH (place)<-[r:SERVES]-(resource:Resource)-[g:PROVIDES]->(service:Service)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (resource.since IS NULL OR resource.since <= $as_of) AND (resource.until IS NULL OR resource.until > $as_of)
        AND (g.since IS NULL OR g.since <= $as_of) AND (g.until IS NULL OR g.until > $as_of)
      RETURN service
      UNION
      UNWIND areas AS place
      MATCH (place)<-[r:PAIRED_WITH]-(unit:Unit)
      WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        AND (unit.since IS NULL OR unit.since <= $as_of) AND (unit.until IS NULL OR unit.until > $as_of)
      UNWIND coalesce(r.services, []) AS code
      MATCH (service:Service {code: code})
      RETURN service
    }
    WITH DISTINCT service
    WHERE (service.since IS NULL OR service.since <= $as_of) AND (service.until IS NULL OR service.until > $as_of)
    RETURN service ORDER BY service.id
  } AS given,
  COLLECT {
    MATCH (grid)<-[r:RAISED_IN]-(raised:Case)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
      AND (raised.raised_on IS NULL OR raised.raised_on <= $as_of)
      AND (raised.closed_on > $as_of OR raised.closed_on IS NULL AND NOT raised.state IN ['solved', 'closed'])
    WITH DISTINCT raised
    RETURN raised ORDER BY raised.id
  } AS open,
  COLLECT {
    UNWIND near AS place
    MATCH (place)<-[r:RAISED_BY]-(need:Need)
    WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
// part: unmet
  // raised by the day, not withdrawn by it, and met by nothing that holds on it (what was met later was still unmet)
  AND (need.raised_on IS NULL OR need.raised_on <= $as_of)
  AND (need.since IS NULL OR need.since <= $as_of) AND (need.until IS NULL OR need.until > $as_of)
  AND (need.state = 'open' OR need.withdrawn_on > $as_of OR need.state = 'met' AND EXISTS {
    MATCH (need)-[later:MET_BY]->()
    WHERE later.since > $as_of
  })
  AND NOT EXISTS {
    MATCH (need)-[met:MET_BY]->(by)
    WHERE (met.since IS NULL OR met.since <= $as_of) AND (met.until IS NULL OR met.until > $as_of)
      AND (by.since IS NULL OR by.since <= $as_of) AND (by.until IS NULL OR by.until > $as_of)
  }
// end: unmet
    WITH DISTINCT need
    RETURN need ORDER BY need.id
  } AS wishes
// end of: grid-profile
WITH grid, areas + bodies + [x IN posts | x[0]] + [x IN pairs | x[0]] + given + open + wishes + [grid] AS nodes
ORDER BY grid.id SKIP $skip LIMIT $limit
// part: linked
// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
// end: linked
