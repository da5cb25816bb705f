import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, save, told } from "@/api/client";
import { daysFrom, today, useAddress, useDay } from "@/app/address";
import { type Language, useLanguage, useTexts } from "@/i18n/language";
import { Preview } from "@/rooms/report/preview";
import "@/rooms/report/report.css";
import { texts } from "@/rooms/report/texts";
import { AreaSelect } from "@/ui/area-select";
import { Failure, RoomHead, Waiting } from "@/ui/states";

const AUDIENCES = ["leaders", "joint-meeting", "street", "public"] as const;
type Audience = (typeof AUDIENCES)[number];
const USUAL_DAYS = 30;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What stands in the address: the period, the readers, the area, and the language of the report. */
function useAsked() {
  const [search, change] = useAddress();
  const { language } = useLanguage();
  const day = useDay() ?? today();
  const given = (name: string) => {
    const text = search.get(name) ?? "";
    return DAY.test(text) ? text : undefined;
  };
  const to = given("to") ?? day;
  const from = given("from") ?? daysFrom(to, -USUAL_DAYS);
  const audience = AUDIENCES.find((each) => each === search.get("for")) ?? "leaders";
  const chosen = search.get("in");
  const lang: Language = chosen === "zh" || chosen === "en" ? chosen : language;
  return { from, to, audience: audience satisfies Audience, area: search.get("area") ?? "", lang, change };
}

/** The report of a period: chosen, looked at, kept as a file, printed. */
export default function Report() {
  const say = useTexts(texts);
  const { from, to, audience, area, lang, change } = useAsked();
  const [fault, setFault] = useState<unknown>();
  const right = from < to;
  const query = { from, to, audience, ...(area === "" ? {} : { area }) };
  const found = useQuery({
    queryKey: ["report", query],
    enabled: right,
    retry: false,
    staleTime: 300_000,
    queryFn: () => told(api.GET("/api/v1/report", { params: { query: { ...query, format: "json" } } })),
  });
  const keep = (format: string) => {
    setFault(undefined);
    const search = new URLSearchParams({ ...query, lang, format });
    save(`/api/v1/report?${search}`, `report-${to}-${audience}-${lang}.${format}`).catch(setFault);
  };
  const ready = found.data !== undefined;
  return (
    <div className="report">
      <RoomHead title={say("title")} about={say("about")}>
        <button type="button" className="button main" disabled={!ready} onClick={() => keep("docx")}>
          {say("word")}
        </button>
        <button type="button" className="button" disabled={!ready} onClick={() => keep("html")}>
          {say("page")}
        </button>
        <button type="button" className="button" disabled={!ready} onClick={() => window.print()}>
          {say("print")}
        </button>
      </RoomHead>
      <div className="bar report-asked no-print">
        <label className="field">
          {say("from")}
          <input type="date" value={from} max={to} onChange={(event) => change({ from: event.target.value }, true)} />
        </label>
        <label className="field">
          {say("to")}
          <input type="date" value={to} min={from} onChange={(event) => change({ to: event.target.value }, true)} />
        </label>
        <label className="field">
          {say("audience")}
          <select value={audience} onChange={(event) => change({ for: event.target.value })}>
            {AUDIENCES.map((each) => (
              <option key={each} value={each}>
                {say(`audience.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <AreaSelect label={say("area")} whole={say("area.whole")} area={area} choose={(id) => change({ area: id })} />
        <label className="field">
          {say("language")}
          <select value={lang} onChange={(event) => change({ in: event.target.value })}>
            <option value="zh">{say("language.zh")}</option>
            <option value="en">{say("language.en")}</option>
          </select>
        </label>
      </div>
      {!right && (
        <p className="notice bad" role="alert">
          {say("wrong")}
        </p>
      )}
      {fault !== undefined && <Failure error={fault} />}
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isLoading && (
        <div className="panel">
          <p className="small quiet report-making">{say("making")}</p>
          <Waiting lines={10} />
        </div>
      )}
      {right && found.data !== undefined && <Preview report={found.data} language={lang} />}
    </div>
  );
}
