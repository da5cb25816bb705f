// Generated from the schema by `govnet render`; do not edit.

// create District
UNWIND $rows AS row
CREATE (:Entity:District {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change District
UNWIND $rows AS row
MATCH (n:District {id: row[0]})
SET n = row[1];

// confirm District
UNWIND $rows AS row
MATCH (n:District {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw District
UNWIND $rows AS row
MATCH (n:District {id: row[0]})
REMOVE n:Entity:District
SET n:Withdrawn
SET n += row[1];

// create Street
UNWIND $rows AS row
CREATE (:Entity:Street {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, kind: row[1].kind, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Street
UNWIND $rows AS row
MATCH (n:Street {id: row[0]})
SET n = row[1];

// confirm Street
UNWIND $rows AS row
MATCH (n:Street {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Street
UNWIND $rows AS row
MATCH (n:Street {id: row[0]})
REMOVE n:Entity:Street
SET n:Withdrawn
SET n += row[1];

// create Community
UNWIND $rows AS row
CREATE (:Entity:Community {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, kind: row[1].kind, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Community
UNWIND $rows AS row
MATCH (n:Community {id: row[0]})
SET n = row[1];

// confirm Community
UNWIND $rows AS row
MATCH (n:Community {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Community
UNWIND $rows AS row
MATCH (n:Community {id: row[0]})
REMOVE n:Entity:Community
SET n:Withdrawn
SET n += row[1];

// create Grid
UNWIND $rows AS row
CREATE (:Entity:Grid {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, code_scheme: row[1].code_scheme, demonstration: row[1].demonstration, households: row[1].households, residents: row[1].residents, residents_over_70: row[1].residents_over_70});

// change Grid
UNWIND $rows AS row
MATCH (n:Grid {id: row[0]})
SET n = row[1];

// confirm Grid
UNWIND $rows AS row
MATCH (n:Grid {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Grid
UNWIND $rows AS row
MATCH (n:Grid {id: row[0]})
REMOVE n:Entity:Grid
SET n:Withdrawn
SET n += row[1];

// create Building
UNWIND $rows AS row
CREATE (:Entity:Building {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, households: row[1].households});

// change Building
UNWIND $rows AS row
MATCH (n:Building {id: row[0]})
SET n = row[1];

// confirm Building
UNWIND $rows AS row
MATCH (n:Building {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Building
UNWIND $rows AS row
MATCH (n:Building {id: row[0]})
REMOVE n:Entity:Building
SET n:Withdrawn
SET n += row[1];

// create Organization
UNWIND $rows AS row
CREATE (:Entity:Organization {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, level: row[1].level, demonstration: row[1].demonstration});

// change Organization
UNWIND $rows AS row
MATCH (n:Organization {id: row[0]})
SET n = row[1];

// confirm Organization
UNWIND $rows AS row
MATCH (n:Organization {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Organization
UNWIND $rows AS row
MATCH (n:Organization {id: row[0]})
REMOVE n:Entity:Organization
SET n:Withdrawn
SET n += row[1];

// create Unit
UNWIND $rows AS row
CREATE (:Entity:Unit {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, credit_code: row[1].credit_code, district_agency: row[1].district_agency, pairing_capacity: row[1].pairing_capacity, party_members: row[1].party_members});

// change Unit
UNWIND $rows AS row
MATCH (n:Unit {id: row[0]})
SET n = row[1];

// confirm Unit
UNWIND $rows AS row
MATCH (n:Unit {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Unit
UNWIND $rows AS row
MATCH (n:Unit {id: row[0]})
REMOVE n:Entity:Unit
SET n:Withdrawn
SET n += row[1];

// create Member
UNWIND $rows AS row
CREATE (:Entity:Member {id: row[1].id, name: row[1].name, title: row[1].title, aliases: row[1].aliases, search: row[1].search, kind: row[1].kind, profession: row[1].profession, party_member: row[1].party_member, skills: row[1].skills, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on});

// change Member
UNWIND $rows AS row
MATCH (n:Member {id: row[0]})
SET n = row[1];

// confirm Member
UNWIND $rows AS row
MATCH (n:Member {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Member
UNWIND $rows AS row
MATCH (n:Member {id: row[0]})
REMOVE n:Entity:Member
SET n:Withdrawn
SET n += row[1];

// create Resource
UNWIND $rows AS row
CREATE (:Entity:Resource {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, capacity: row[1].capacity, capacity_unit: row[1].capacity_unit, capacity_bound: row[1].capacity_bound, schedule: row[1].schedule, terms: row[1].terms, open_to_public: row[1].open_to_public});

// change Resource
UNWIND $rows AS row
MATCH (n:Resource {id: row[0]})
SET n = row[1];

// confirm Resource
UNWIND $rows AS row
MATCH (n:Resource {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Resource
UNWIND $rows AS row
MATCH (n:Resource {id: row[0]})
REMOVE n:Entity:Resource
SET n:Withdrawn
SET n += row[1];

// create Service
UNWIND $rows AS row
CREATE (:Entity:Service {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, group: row[1].group});

// change Service
UNWIND $rows AS row
MATCH (n:Service {id: row[0]})
SET n = row[1];

// confirm Service
UNWIND $rows AS row
MATCH (n:Service {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Service
UNWIND $rows AS row
MATCH (n:Service {id: row[0]})
REMOVE n:Entity:Service
SET n:Withdrawn
SET n += row[1];

// create Need
UNWIND $rows AS row
CREATE (:Entity:Need {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, state: row[1].state, headcount: row[1].headcount, priority: row[1].priority, raised_on: row[1].raised_on, due_on: row[1].due_on, withdrawn_on: row[1].withdrawn_on, withdrawal: row[1].withdrawal});

// change Need
UNWIND $rows AS row
MATCH (n:Need {id: row[0]})
SET n = row[1];

// confirm Need
UNWIND $rows AS row
MATCH (n:Need {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Need
UNWIND $rows AS row
MATCH (n:Need {id: row[0]})
REMOVE n:Entity:Need
SET n:Withdrawn
SET n += row[1];

// create Project
UNWIND $rows AS row
CREATE (:Entity:Project {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, state: row[1].state, planned_on: row[1].planned_on, started_on: row[1].started_on, due_on: row[1].due_on, finished_on: row[1].finished_on});

// change Project
UNWIND $rows AS row
MATCH (n:Project {id: row[0]})
SET n = row[1];

// confirm Project
UNWIND $rows AS row
MATCH (n:Project {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Project
UNWIND $rows AS row
MATCH (n:Project {id: row[0]})
REMOVE n:Entity:Project
SET n:Withdrawn
SET n += row[1];

// create Case
UNWIND $rows AS row
CREATE (:Entity:Case {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, state: row[1].state, channel: row[1].channel, raised_on: row[1].raised_on, begun_on: row[1].begun_on, due_on: row[1].due_on, closed_on: row[1].closed_on, agreed_on: row[1].agreed_on, next_due_on: row[1].next_due_on, due_assumed: row[1].due_assumed, level: row[1].level, steps: row[1].steps, reopened: row[1].reopened, description: row[1].description, address: row[1].address, latitude: row[1].latitude, longitude: row[1].longitude, external: row[1].external});

// change Case
UNWIND $rows AS row
MATCH (n:Case {id: row[0]})
SET n = row[1];

// confirm Case
UNWIND $rows AS row
MATCH (n:Case {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Case
UNWIND $rows AS row
MATCH (n:Case {id: row[0]})
REMOVE n:Entity:Case
SET n:Withdrawn
SET n += row[1];

// create CaseKind
UNWIND $rows AS row
CREATE (:Entity:CaseKind {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, code: row[1].code, group: row[1].group, covers: row[1].covers, dispatch_days: row[1].dispatch_days, accept_days: row[1].accept_days, solve_days: row[1].solve_days, confirm_days: row[1].confirm_days, chain: row[1].chain, professions: row[1].professions, services: row[1].services});

// change CaseKind
UNWIND $rows AS row
MATCH (n:CaseKind {id: row[0]})
SET n = row[1];

// confirm CaseKind
UNWIND $rows AS row
MATCH (n:CaseKind {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw CaseKind
UNWIND $rows AS row
MATCH (n:CaseKind {id: row[0]})
REMOVE n:Entity:CaseKind
SET n:Withdrawn
SET n += row[1];

// create CaseStep
UNWIND $rows AS row
CREATE (:Entity:CaseStep {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, step: row[1].step, number: row[1].number, taken_on: row[1].taken_on, from_state: row[1].from_state, to_state: row[1].to_state, actor: row[1].actor, target: row[1].target, detail: row[1].detail, why: row[1].why, author: row[1].author, due_on: row[1].due_on, version: row[1].version, request: row[1].request});

// change CaseStep
UNWIND $rows AS row
MATCH (n:CaseStep {id: row[0]})
SET n = row[1];

// confirm CaseStep
UNWIND $rows AS row
MATCH (n:CaseStep {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw CaseStep
UNWIND $rows AS row
MATCH (n:CaseStep {id: row[0]})
REMOVE n:Entity:CaseStep
SET n:Withdrawn
SET n += row[1];

// create Activity
UNWIND $rows AS row
CREATE (:Entity:Activity {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, held_on: row[1].held_on, attendance: row[1].attendance, disputes: row[1].disputes});

// change Activity
UNWIND $rows AS row
MATCH (n:Activity {id: row[0]})
SET n = row[1];

// confirm Activity
UNWIND $rows AS row
MATCH (n:Activity {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Activity
UNWIND $rows AS row
MATCH (n:Activity {id: row[0]})
REMOVE n:Entity:Activity
SET n:Withdrawn
SET n += row[1];

// create Programme
UNWIND $rows AS row
CREATE (:Entity:Programme {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind});

// change Programme
UNWIND $rows AS row
MATCH (n:Programme {id: row[0]})
SET n = row[1];

// confirm Programme
UNWIND $rows AS row
MATCH (n:Programme {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Programme
UNWIND $rows AS row
MATCH (n:Programme {id: row[0]})
REMOVE n:Entity:Programme
SET n:Withdrawn
SET n += row[1];

// create Source
UNWIND $rows AS row
CREATE (:Entity:Source {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, sha256: row[1].sha256, licence: row[1].licence, published_on: row[1].published_on});

// change Source
UNWIND $rows AS row
MATCH (n:Source {id: row[0]})
SET n = row[1];

// confirm Source
UNWIND $rows AS row
MATCH (n:Source {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Source
UNWIND $rows AS row
MATCH (n:Source {id: row[0]})
REMOVE n:Entity:Source
SET n:Withdrawn
SET n += row[1];

// create Claim
UNWIND $rows AS row
CREATE (:Entity:Claim {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, metric: row[1].metric, value: row[1].value, bound: row[1].bound, unit: row[1].unit, period: row[1].period, fact: row[1].fact, ledger: row[1].ledger, reason: row[1].reason, group: row[1].group, suppressed: row[1].suppressed});

// change Claim
UNWIND $rows AS row
MATCH (n:Claim {id: row[0]})
SET n = row[1];

// confirm Claim
UNWIND $rows AS row
MATCH (n:Claim {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Claim
UNWIND $rows AS row
MATCH (n:Claim {id: row[0]})
REMOVE n:Entity:Claim
SET n:Withdrawn
SET n += row[1];

// create Ledger
UNWIND $rows AS row
CREATE (:Entity:Ledger {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, keeper: row[1].keeper});

// change Ledger
UNWIND $rows AS row
MATCH (n:Ledger {id: row[0]})
SET n = row[1];

// confirm Ledger
UNWIND $rows AS row
MATCH (n:Ledger {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Ledger
UNWIND $rows AS row
MATCH (n:Ledger {id: row[0]})
REMOVE n:Entity:Ledger
SET n:Withdrawn
SET n += row[1];

// create Requirement
UNWIND $rows AS row
CREATE (:Entity:Requirement {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, level: row[1].level, evidence: row[1].evidence, scope: row[1].scope, minimum: row[1].minimum, applies: row[1].applies, group: row[1].group, ledger: row[1].ledger, standard: row[1].standard, priority: row[1].priority});

// change Requirement
UNWIND $rows AS row
MATCH (n:Requirement {id: row[0]})
SET n = row[1];

// confirm Requirement
UNWIND $rows AS row
MATCH (n:Requirement {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Requirement
UNWIND $rows AS row
MATCH (n:Requirement {id: row[0]})
REMOVE n:Entity:Requirement
SET n:Withdrawn
SET n += row[1];

// create Plan
UNWIND $rows AS row
CREATE (:Entity:Plan {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, kind: row[1].kind, state: row[1].state, author: row[1].author, reason: row[1].reason, snapshot: row[1].snapshot, data_version: row[1].data_version, key: row[1].key, undoes: row[1].undoes, method: row[1].method, area: row[1].area, effective_on: row[1].effective_on, options: row[1].options, certificate: row[1].certificate, revises: row[1].revises, verdict: row[1].verdict, decided_by: row[1].decided_by, decided_at: row[1].decided_at, applied_by: row[1].applied_by, proposed_at: row[1].proposed_at, content: row[1].content});

// change Plan
UNWIND $rows AS row
MATCH (n:Plan {id: row[0]})
SET n = row[1];

// confirm Plan
UNWIND $rows AS row
MATCH (n:Plan {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Plan
UNWIND $rows AS row
MATCH (n:Plan {id: row[0]})
REMOVE n:Entity:Plan
SET n:Withdrawn
SET n += row[1];

// create Change
UNWIND $rows AS row
CREATE (:Entity:Change {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, operation: row[1].operation, kind: row[1].kind, entity: row[1].entity, entities: row[1].entities, starts: row[1].starts, before: row[1].before, after: row[1].after, position: row[1].position, reason: row[1].reason, reason_en: row[1].reason_en, next_best: row[1].next_best, cost: row[1].cost, cost_en: row[1].cost_en});

// change Change
UNWIND $rows AS row
MATCH (n:Change {id: row[0]})
SET n = row[1];

// confirm Change
UNWIND $rows AS row
MATCH (n:Change {id: row[0]})
SET n.confirmed_on = row[1];

// withdraw Change
UNWIND $rows AS row
MATCH (n:Change {id: row[0]})
REMOVE n:Entity:Change
SET n:Withdrawn
SET n += row[1];

// create PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PART_OF {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PART_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PART_OF {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw PART_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PART_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RESPONSIBLE_FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RESPONSIBLE_FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RESPONSIBLE_FOR {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw RESPONSIBLE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RESPONSIBLE_FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:MEMBER_OF {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role}]->(b);

// change MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MEMBER_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, role: row[3].role, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MEMBER_OF {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw MEMBER_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MEMBER_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SITS_ON {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role}]->(b);

// change SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SITS_ON {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, role: row[3].role, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SITS_ON {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw SITS_ON
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SITS_ON {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ASSIGNED_TO {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role, profession: row[2].profession}]->(b);

// change ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ASSIGNED_TO {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, role: row[3].role, profession: row[3].profession, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ASSIGNED_TO {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw ASSIGNED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ASSIGNED_TO {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, role: row[2].role, profession: row[2].profession, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PAIRED_WITH {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, programme: row[2].programme, services: row[2].services, capacity_used: row[2].capacity_used}]->(b);

// change PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PAIRED_WITH {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, programme: row[3].programme, services: row[3].services, capacity_used: row[3].capacity_used, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PAIRED_WITH {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw PAIRED_WITH
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PAIRED_WITH {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, programme: row[2].programme, services: row[2].services, capacity_used: row[2].capacity_used, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:OFFERS {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, capacity: row[2].capacity, schedule: row[2].schedule, terms: row[2].terms}]->(b);

// change OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:OFFERS {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, capacity: row[3].capacity, schedule: row[3].schedule, terms: row[3].terms, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:OFFERS {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw OFFERS
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:OFFERS {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, capacity: row[2].capacity, schedule: row[2].schedule, terms: row[2].terms, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:PROVIDES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PROVIDES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PROVIDES {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw PROVIDES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:PROVIDES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SERVES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, group: row[2].group}]->(b);

// change SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SERVES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, group: row[3].group, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SERVES {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw SERVES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SERVES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, group: row[2].group, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:LOCATED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:LOCATED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:LOCATED_IN {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw LOCATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:LOCATED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RAISED_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_BY {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw RAISED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:FOR {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:MET_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MET_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MET_BY {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw MET_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:MET_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:RAISED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_IN {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw RAISED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:RAISED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:DISPATCHED_TO {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, dispatched_on: row[2].dispatched_on, answer_by: row[2].answer_by, accepted_on: row[2].accepted_on, closed_on: row[2].closed_on, outcome: row[2].outcome, refusal: row[2].refusal}]->(b);

// change DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:DISPATCHED_TO {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, dispatched_on: row[3].dispatched_on, answer_by: row[3].answer_by, accepted_on: row[3].accepted_on, closed_on: row[3].closed_on, outcome: row[3].outcome, refusal: row[3].refusal, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:DISPATCHED_TO {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw DISPATCHED_TO
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:DISPATCHED_TO {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, dispatched_on: row[2].dispatched_on, answer_by: row[2].answer_by, accepted_on: row[2].accepted_on, closed_on: row[2].closed_on, outcome: row[2].outcome, refusal: row[2].refusal, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create STEP_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:STEP_OF {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on}]->(b);

// change STEP_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STEP_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm STEP_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STEP_OF {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw STEP_OF
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STEP_OF {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:HELD_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_BY {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw HELD_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:HELD_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_IN {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw HELD_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:HELD_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ATTENDED_BY {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ATTENDED_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ATTENDED_BY {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw ATTENDED_BY
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ATTENDED_BY {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:STATED_IN {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, fact: row[2].fact, phrase: row[2].phrase}]->(b);

// change STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STATED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, fact: row[3].fact, phrase: row[3].phrase, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STATED_IN {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw STATED_IN
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:STATED_IN {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, fact: row[2].fact, phrase: row[2].phrase, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:ABOUT {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on}]->(b);

// change ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ABOUT {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ABOUT {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw ABOUT
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:ABOUT {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:COMPLETE_FOR {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until}]->(b);

// change COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:COMPLETE_FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:COMPLETE_FOR {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw COMPLETE_FOR
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:COMPLETE_FOR {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:CHANGES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on}]->(b);

// change CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:CHANGES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:CHANGES {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw CHANGES
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:CHANGES {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// create SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})
MATCH (b:Entity {id: row[1]})
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b);

// change SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SUPERSEDED {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[3].id, source: row[3].source, source_ref: row[3].source_ref, synthetic: row[3].synthetic, inferred: row[3].inferred, note: row[3].note, recorded_at: row[3].recorded_at, change: row[3].change, confirmed_on: row[3].confirmed_on, since: row[3].since, until: row[3].until, was: row[3].was, superseded_at: row[3].superseded_at, superseded_by: row[3].superseded_by}]->(b)
SET r = row[2];

// confirm SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SUPERSEDED {id: row[1]}]->()
SET r.confirmed_on = row[2];

// withdraw SUPERSEDED
UNWIND $rows AS row
MATCH (a:Entity {id: row[0]})-[r:SUPERSEDED {id: row[1]}]->(b)
CREATE (a)-[:SUPERSEDED {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on, since: row[2].since, until: row[2].until, was: row[2].was, superseded_at: row[2].superseded_at, superseded_by: row[2].superseded_by}]->(b)
DELETE r;

// log changes
UNWIND $rows AS row
MATCH (p:Plan {id: row[0]})
CREATE (p)-[:CHANGES {id: row[2].id, source: row[2].source, source_ref: row[2].source_ref, synthetic: row[2].synthetic, inferred: row[2].inferred, note: row[2].note, recorded_at: row[2].recorded_at, change: row[2].change, confirmed_on: row[2].confirmed_on}]->(:Entity:Change {id: row[1].id, name: row[1].name, name_en: row[1].name_en, aliases: row[1].aliases, search: row[1].search, since: row[1].since, until: row[1].until, source: row[1].source, source_ref: row[1].source_ref, synthetic: row[1].synthetic, inferred: row[1].inferred, note: row[1].note, recorded_at: row[1].recorded_at, change: row[1].change, confirmed_on: row[1].confirmed_on, operation: row[1].operation, kind: row[1].kind, entity: row[1].entity, entities: row[1].entities, starts: row[1].starts, before: row[1].before, after: row[1].after, position: row[1].position, reason: row[1].reason, reason_en: row[1].reason_en, next_best: row[1].next_best, cost: row[1].cost, cost_en: row[1].cost_en});
