// Generated from the schema by `govnet render`; do not edit.

// create District
UNWIND $rows AS row
CREATE (:Entity:District {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, code: row[1].code, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change District
UNWIND $rows AS row
MATCH (n:District {id: row[0]})
SET n = row[1];

// create Street
UNWIND $rows AS row
CREATE (:Entity:Street {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, code: row[1].code, kind: row[1].kind, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Street
UNWIND $rows AS row
MATCH (n:Street {id: row[0]})
SET n = row[1];

// create Community
UNWIND $rows AS row
CREATE (:Entity:Community {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, code: row[1].code, kind: row[1].kind, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Community
UNWIND $rows AS row
MATCH (n:Community {id: row[0]})
SET n = row[1];

// create Grid
UNWIND $rows AS row
CREATE (:Entity:Grid {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, code: row[1].code, code_scheme: row[1].code_scheme, demonstration: row[1].demonstration, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Grid
UNWIND $rows AS row
MATCH (n:Grid {id: row[0]})
SET n = row[1];

// create Building
UNWIND $rows AS row
CREATE (:Entity:Building {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, households: row[1].households});

// change Building
UNWIND $rows AS row
MATCH (n:Building {id: row[0]})
SET n = row[1];

// create Organization
UNWIND $rows AS row
CREATE (:Entity:Organization {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, level: row[1].level, demonstration: row[1].demonstration});

// change Organization
UNWIND $rows AS row
MATCH (n:Organization {id: row[0]})
SET n = row[1];

// create Unit
UNWIND $rows AS row
CREATE (:Entity:Unit {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, credit_code: row[1].credit_code, district_agency: row[1].district_agency, pairing_capacity: row[1].pairing_capacity, party_members: row[1].party_members});

// change Unit
UNWIND $rows AS row
MATCH (n:Unit {id: row[0]})
SET n = row[1];

// create Member
UNWIND $rows AS row
CREATE (:Entity:Member {id: row[1].id, name: row[1].name, title: row[1].title, aliases: row[1].aliases, search: row[1].search, kind: row[1].kind, profession: row[1].profession, party_member: row[1].party_member, skills: row[1].skills, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change});

// change Member
UNWIND $rows AS row
MATCH (n:Member {id: row[0]})
SET n = row[1];

// create Resource
UNWIND $rows AS row
CREATE (:Entity:Resource {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, capacity: row[1].capacity, capacity_unit: row[1].capacity_unit, capacity_bound: row[1].capacity_bound, schedule: row[1].schedule, terms: row[1].terms, open_to_public: row[1].open_to_public});

// change Resource
UNWIND $rows AS row
MATCH (n:Resource {id: row[0]})
SET n = row[1];

// create Service
UNWIND $rows AS row
CREATE (:Entity:Service {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, code: row[1].code, group: row[1].group});

// change Service
UNWIND $rows AS row
MATCH (n:Service {id: row[0]})
SET n = row[1];

// create Need
UNWIND $rows AS row
CREATE (:Entity:Need {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, state: row[1].state, headcount: row[1].headcount, priority: row[1].priority, raised_on: row[1].raised_on});

// change Need
UNWIND $rows AS row
MATCH (n:Need {id: row[0]})
SET n = row[1];

// create Project
UNWIND $rows AS row
CREATE (:Entity:Project {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, state: row[1].state});

// change Project
UNWIND $rows AS row
MATCH (n:Project {id: row[0]})
SET n = row[1];

// create Case
UNWIND $rows AS row
CREATE (:Entity:Case {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, state: row[1].state, channel: row[1].channel, raised_on: row[1].raised_on, due_on: row[1].due_on, closed_on: row[1].closed_on});

// change Case
UNWIND $rows AS row
MATCH (n:Case {id: row[0]})
SET n = row[1];

// create Activity
UNWIND $rows AS row
CREATE (:Entity:Activity {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, held_on: row[1].held_on, attendance: row[1].attendance});

// change Activity
UNWIND $rows AS row
MATCH (n:Activity {id: row[0]})
SET n = row[1];

// create Programme
UNWIND $rows AS row
CREATE (:Entity:Programme {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind});

// change Programme
UNWIND $rows AS row
MATCH (n:Programme {id: row[0]})
SET n = row[1];

// create Source
UNWIND $rows AS row
CREATE (:Entity:Source {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, sha256: row[1].sha256, licence: row[1].licence, published_on: row[1].published_on});

// change Source
UNWIND $rows AS row
MATCH (n:Source {id: row[0]})
SET n = row[1];

// create Claim
UNWIND $rows AS row
CREATE (:Entity:Claim {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, metric: row[1].metric, value: row[1].value, bound: row[1].bound, unit: row[1].unit, period: row[1].period, fact: row[1].fact, ledger: row[1].ledger, reason: row[1].reason, group: row[1].group, suppressed: row[1].suppressed});

// change Claim
UNWIND $rows AS row
MATCH (n:Claim {id: row[0]})
SET n = row[1];

// create Ledger
UNWIND $rows AS row
CREATE (:Entity:Ledger {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, keeper: row[1].keeper});

// change Ledger
UNWIND $rows AS row
MATCH (n:Ledger {id: row[0]})
SET n = row[1];

// create Requirement
UNWIND $rows AS row
CREATE (:Entity:Requirement {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, level: row[1].level, evidence: row[1].evidence, scope: row[1].scope, minimum: row[1].minimum, applies: row[1].applies, group: row[1].group, ledger: row[1].ledger, standard: row[1].standard, priority: row[1].priority});

// change Requirement
UNWIND $rows AS row
MATCH (n:Requirement {id: row[0]})
SET n = row[1];

// create Plan
UNWIND $rows AS row
CREATE (:Entity:Plan {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, kind: row[1].kind, state: row[1].state, author: row[1].author, reason: row[1].reason, snapshot: row[1].snapshot, data_version: row[1].data_version});

// change Plan
UNWIND $rows AS row
MATCH (n:Plan {id: row[0]})
SET n = row[1];

// create Change
UNWIND $rows AS row
CREATE (:Entity:Change {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, operation: row[1].operation, entity: row[1].entity, before: row[1].before, after: row[1].after});

// change Change
UNWIND $rows AS row
MATCH (n:Change {id: row[0]})
SET n = row[1];

// create PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PART_OF {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PART_OF {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RESPONSIBLE_FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RESPONSIBLE_FOR {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:MEMBER_OF {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, role: row[2].role}]->(b);

// change MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MEMBER_OF {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SITS_ON {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, role: row[2].role}]->(b);

// change SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SITS_ON {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ASSIGNED_TO {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, role: row[2].role, profession: row[2].profession}]->(b);

// change ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ASSIGNED_TO {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PAIRED_WITH {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, programme: row[2].programme, services: row[2].services, capacity_used: row[2].capacity_used}]->(b);

// change PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PAIRED_WITH {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:OFFERS {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, capacity: row[2].capacity, schedule: row[2].schedule, terms: row[2].terms}]->(b);

// change OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:OFFERS {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PROVIDES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PROVIDES {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SERVES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, group: row[2].group}]->(b);

// change SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SERVES {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:LOCATED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:LOCATED_IN {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RAISED_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_BY {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:FOR {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:MET_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MET_BY {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RAISED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_IN {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:DISPATCHED_TO {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, dispatched_on: row[2].dispatched_on, accepted_on: row[2].accepted_on, closed_on: row[2].closed_on, outcome: row[2].outcome, refusal: row[2].refusal}]->(b);

// change DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:DISPATCHED_TO {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:HELD_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_BY {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:HELD_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_IN {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ATTENDED_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ATTENDED_BY {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:STATED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, fact: row[2].fact, phrase: row[2].phrase}]->(b);

// change STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STATED_IN {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ABOUT {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change}]->(b);

// change ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ABOUT {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:COMPLETE_FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until}]->(b);

// change COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:COMPLETE_FOR {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:CHANGES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change}]->(b);

// change CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:CHANGES {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];

// create SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at}]->(b);

// change SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SUPERSEDED {id: row[1]}]->(b)
CREATE (a)-[old:SUPERSEDED]->(b)
SET old = row[3]
SET r = row[2];
