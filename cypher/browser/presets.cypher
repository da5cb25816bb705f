// 演示区的参数 Parameters to try on the demonstration district
// Generated from the schema by `govnet render`; do not edit.
// Not here, because questions take them differently:
// from: activities, activity-counts, answer-times, area-changes, case-rates, pairing-changes, recurring-gaps, shortest-path, worker-load
// level: activity-counts, areas, case-rates, coverage-matrix, organizations, requirements, sole-links, unpaired-areas
// owner: needs, projects
// q: coverage-gaps, search
// to: activities, activity-counts, answer-times, area-changes, case-rates, pairing-changes, recurring-gaps, shortest-path, worker-load

:param after => null;
:param ahead => 0;
:param area => "210902";
:param as_of => date('2026-06-01');
:param at_least => 2;
:param before => null;
:param case => "case-210902009008-w013";
:param channel => null;
:param claim => "claim-f013";
:param days => 60;
:param demonstration => null;
:param district_agency => null;
:param entity => "unit-210902-11";
:param full => 10;
:param grid => "210902003013001";
:param group => null;
:param holder => null;
:param host => null;
:param hour => null;
:param ids => ["unit-210902-11", "res-forum-pavilion"];
:param kind => null;
:param known_at => null;
:param label => null;
:param late => null;
:param ledger => null;
:param limit => 100;
:param max_hops => 3;
:param member => "member-f136";
:param need => null;
:param open => null;
:param operation => null;
:param overdue => null;
:param period => "all";
:param plan => "plan-load-demo-1";
:param profession => null;
:param project => null;
:param reason => null;
:param ref => null;
:param relationship => "RESPONSIBLE_FOR:org-210902003>210902003";
:param requirement => null;
:param role => null;
:param rule => null;
:param service => null;
:param since => 0;
:param skill => null;
:param skip => 0;
:param source => "src-article";
:param state => null;
:param type => null;
:param unit => "unit-210902-11";
:param verdict => null;
:param why => null;
