// Ends a view: every relationship of the set DRAWN between two nodes of the same row that holds on $as_of.
RETURN nodes, COLLECT {
    UNWIND nodes AS one
    MATCH (one)-[link:PART_OF|RESPONSIBLE_FOR|MEMBER_OF|SITS_ON|ASSIGNED_TO|PAIRED_WITH|OFFERS|PROVIDES|SERVES|LOCATED_IN|RAISED_BY|FOR|MET_BY|RAISED_IN|DISPATCHED_TO|STEP_OF|HELD_BY|HELD_IN|ATTENDED_BY|STATED_IN|ABOUT|COMPLETE_FOR WHERE (link.since IS NULL OR link.since <= $as_of) AND (link.until IS NULL OR link.until > $as_of)]->(other)
    WHERE other IN nodes
    RETURN DISTINCT link
  } AS links
