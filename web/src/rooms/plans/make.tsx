import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { useHome, useRequirements } from "@/api/facts";
import { today, useAddress, useDay, useHref } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { useCalled } from "@/rooms/plans/called";
import { type Result, solve } from "@/rooms/plans/model";
import { Solving, useSolving } from "@/rooms/plans/solving";
import { texts } from "@/rooms/plans/texts";
import { Picker } from "@/ui/picker";
import { Panel } from "@/ui/states";

const SECONDS = 60;

/** A plan is asked for: for the gaps of an area, for one requirement there, or for a unit that leaves. The address holds what for. */
export function Make() {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const [, go] = useLocation();
  const href = useHref();
  const queries = useQueryClient();
  const shown = useDay() ?? today();
  const home = useHome().data?.entity?.id ?? "";
  const needs = useRequirements().data ?? [];
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [seconds, setSeconds] = useState(SECONDS);
  const area = search.get("area") ?? "";
  const unit = search.get("unit") ?? "";
  const leaving = unit !== "" || search.get("why") === "leave";
  const need = search.get("need") ?? "";
  const areaName = useCalled(area === "" ? home : area);
  const unitName = useCalled(unit);
  const usual = leaving ? say("name.leave", { unit: unitName }) : say("name.gap", { area: areaName });
  const solving = useSolving<Result>((result) => {
    queries.invalidateQueries({ queryKey: ["plans"] });
    if (result.plan !== undefined && result.plan !== null) go(href(`/plans/${encodeURIComponent(result.plan)}`));
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const options = leaving ? { unit } : need === "" ? {} : { requirements: [need] };
    const body = { as_of: shown, time_limit: seconds, options, save: { name: name || usual, reason } };
    // A unit is looked at wherever it pairs; gaps where they are.
    const where = leaving || area === "" ? {} : { area };
    solving.run(solve(leaving ? "withdrawal" : "repair", { ...body, ...where }));
  };
  return (
    <Panel title={say("make")} className="plans-make">
      <form className="bar" onSubmit={ask}>
        <label className="field">
          {say("make.why")}
          <select
            id="why"
            value={leaving ? "leave" : "gap"}
            onChange={(event) => change({ why: event.target.value === "leave" ? "leave" : null, unit: null })}
          >
            <option value="gap">{say("why.gap")}</option>
            <option value="leave">{say("why.leave")}</option>
          </select>
        </label>
        {leaving ? (
          <div className="field">
            <span>{say("unit")}</span>
            <Picker
              label={say("unit")}
              label_="Unit"
              shown={unit === "" ? "" : unitName}
              choose={(thing) => change({ unit: thing.id })}
            />
          </div>
        ) : (
          <>
            <div className="field">
              <span>{say("area")}</span>
              <Picker
                label={say("area")}
                label_="Area"
                shown={area === "" ? say("area.whole") : areaName}
                choose={(thing) => change({ area: thing.id })}
              />
            </div>
            <label className="field">
              {say("need")}
              <select id="need" value={need} onChange={(event) => change({ need: event.target.value })}>
                <option value="">{say("need.all")}</option>
                {needs
                  .filter((each) => /^(pairing|service)/.test(each.evidence))
                  .map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name[language]}
                    </option>
                  ))}
              </select>
            </label>
          </>
        )}
        <label className="field">
          {say("name")}
          <input className="text" value={name} placeholder={usual} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          {say("reason")}
          <input className="text" value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        <label className="field">
          {say("seconds")}
          <input
            type="number"
            min={1}
            max={3600}
            value={seconds}
            onChange={(event) => setSeconds(Number(event.target.value) || SECONDS)}
          />
        </label>
        <button
          type="submit"
          id="solve"
          className="button main"
          disabled={solving.state.busy || (leaving && unit === "")}
        >
          {say("solve")}
        </button>
      </form>
      <Solving solving={solving} />
    </Panel>
  );
}
