import { useQuery } from "@tanstack/react-query";
import { api, every, type Schemas, told } from "@/api/client";
import { type Requirement, useRequirements, useWords } from "@/api/facts";
import { Go, useDay } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { Help } from "@/reason/help";
import "@/reason/reason.css";
import { texts } from "@/reason/texts";
import { StateWord } from "@/ui/marks";
import { Failure, Nothing, Waiting } from "@/ui/states";
import { Cypher, Days, SourceRef, Thing, Way } from "@/ui/things";

type Row = Schemas["CoverageEvidenceRow"];

/** Why one requirement counts as it does in one area: who covers it, by which path, since when, from which source; or why not. */
export function Reason({ area, name, need }: { area: string; name: string; need: string }) {
  const say = useTexts(texts);
  const as_of = useDay();
  const needs = useRequirements();
  const found = useQuery({
    queryKey: ["evidence", area, need, as_of],
    queryFn: () =>
      every(
        (page) =>
          api.GET("/api/v1/areas/{id}/coverage", {
            params: { path: { id: area }, query: { ...page, requirement: need } },
          }),
        { as_of, limit: 200, most: 400 },
      ),
  });
  const error = found.error ?? needs.error;
  if (error !== null) return <Failure error={error} again={found.refetch} />;
  if (found.data === undefined || needs.data === undefined) return <Waiting />;
  const rows = found.data.rows;
  const first = rows[0];
  const rule = needs.data.find((each) => each.id === need);
  if (first === undefined || rule === undefined) return <Nothing title={say("none")} />;
  const state = first.state ?? "unknown";
  return (
    <div className="reason">
      <p className="bar">
        <StateWord state={state} />
        <span className="quiet">{say("have", { have: first.have ?? 0, minimum: first.minimum ?? 1 })}</span>
      </p>
      {state !== "covered" && <Lacking area={area} rule={rule} row={first} state={state} />}
      {first.provider !== null && <Providers rows={rows} />}
      <dl className="facts small">
        <dt>{say("settles")}</dt>
        <dd>
          <Ledgers row={first} />
        </dd>
        {rule.standard !== "" && (
          <>
            <dt>{say("standard")}</dt>
            <dd>{rule.standard}</dd>
          </>
        )}
      </dl>
      <p className="bar small">
        <Go to={`/entities/${area}`}>{say("open.area", { area: name })}</Go>
        <Go to="/network" query={{ from: area }}>
          {say("open.network")}
        </Go>
      </p>
      <Cypher question="coverage-evidence" given={{ area, requirement: need }} />
    </div>
  );
}

function Ledgers({ row }: { row: Row }) {
  const word = useWords();
  const kept = row.ledgers ?? [];
  return (
    <>
      {word("ledgers", row.ledger)}
      {kept.map((ledger) => (
        <span key={ledger.id}>
          {" · "}
          <Thing of={ledger} />
        </span>
      ))}
    </>
  );
}

function Providers({ rows }: { rows: Row[] }) {
  const say = useTexts(texts);
  return (
    <section>
      <h3>{say("who.title")}</h3>
      <ul className="providers">
        {rows.map((row) => (
          <li key={`${row.provider?.id} ${row.path?.steps.map((step) => step.id).join()}`}>
            <p>
              <Thing of={row.provider} kind /> <span className="quiet small">{say("reaches")}</span>{" "}
              <Thing of={row.place} /> <Days since={row.since} until={null} />
            </p>
            {row.path !== null && row.path.steps.length > 1 && <Way path={row.path} />}
            <SourceRef source={row.source} at={row.source_ref} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lacking({
  area,
  rule,
  row,
  state,
}: {
  area: string;
  rule: Requirement;
  row: Row;
  state: "uncovered" | "unknown";
}) {
  const say = useTexts(texts);
  const word = useWords();
  const ledger = word("ledgers", row.ledger);
  const unknown = state === "unknown";
  const missing = Math.max((row.minimum ?? 1) - (row.have ?? 0), 1);
  return (
    <>
      <section>
        <h3>{say(unknown ? "unknown.why" : "gap.why")}</h3>
        <p>{say(unknown ? "unknown.text" : "gap.text", { ledger })}</p>
      </section>
      <section>
        <h3>{say("close.title")}</h3>
        {unknown && (
          <>
            <p>{say("close.unknown", { ledger })}</p>
            <p className="bar small">
              <Go to="/ledgers">{say("close.ledgers")}</Go>
              <a href={`/api/v1/ledgers/${row.ledger}/template`} download>
                {say("close.template")}
              </a>
            </p>
          </>
        )}
        {!unknown && <Close rule={rule} missing={missing} />}
        {!unknown && /^(pairing|service)/.test(rule.evidence) && (
          <p className="small">
            <Go to="/plans" query={{ area, need: rule.id }}>
              {say("close.plan")}
            </Go>
          </p>
        )}
      </section>
      <Help area={area} rule={rule} />
    </>
  );
}

function Close({ rule, missing }: { rule: Requirement; missing: number }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const [kind = "", what = ""] = rule.evidence.split(":");
  const service = useQuery({
    queryKey: ["entity", `svc-${what}`, undefined],
    enabled: kind === "service",
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/entities/{id}", { params: { path: { id: `svc-${what}` } } })),
  });
  const said: Record<string, string | null | undefined> = {
    service: language === "zh" ? service.data?.entity?.name : what.replaceAll("-", " "),
    worker:
      what === "full-time" ? word("values", "ASSIGNED_TO.role.full-time") : word("values", `Member.profession.${what}`),
    resource: word("values", `Resource.kind.${what}`),
    chain: what,
  };
  const place = language === "zh" ? "该区域" : "the area";
  const key = ["pairing", "worker", "service", "resource", "chain"].includes(kind) ? kind : "other";
  const text = said[kind] ?? rule.name[language];
  return <p>{say(`close.${key}` as keyof typeof texts, { missing, area: place, what: text })}</p>;
}
