  // the areas from those that the nodes in givers reach to the area target, which lies in them or around them
  COLLECT {
    UNWIND givers AS giver
    MATCH (giver)-[gives:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR WHERE (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)]->(place)
    MATCH way = (target) (()-[step:PART_OF WHERE (step.since IS NULL OR step.since <= $as_of) AND (step.until IS NULL OR step.until > $as_of)]->()){0,3} (place)
    UNWIND nodes(way) AS stop
    RETURN DISTINCT stop
  } + COLLECT {
    UNWIND givers AS giver
    MATCH (giver)-[gives:RESPONSIBLE_FOR|ASSIGNED_TO|PAIRED_WITH|SERVES|COMPLETE_FOR WHERE (gives.since IS NULL OR gives.since <= $as_of) AND (gives.until IS NULL OR gives.until > $as_of)]->(place)
    MATCH way = (place) (()-[step:PART_OF WHERE (step.since IS NULL OR step.since <= $as_of) AND (step.until IS NULL OR step.until > $as_of)]->()){0,3} (target)
    UNWIND nodes(way) AS stop
    RETURN DISTINCT stop
  } AS road
