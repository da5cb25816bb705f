import { useAddress } from "@/app/address";
import { useNumber, useTexts } from "@/i18n/language";
import type { Whole } from "@/model/use-coverage";
import { texts } from "@/rooms/matrix/texts";
import { StateWord } from "@/ui/marks";

type Props = { whole: Whole; rows: number; foldAll: (open: readonly (readonly [string, boolean])[]) => void };

/** What is shown; all of it stands in the address. */
export function Filters({ whole, rows, foldAll }: Props) {
  const say = useTexts(texts);
  const number = useNumber();
  const [search, change] = useAddress();
  const view = search.get("view") ?? "tree";
  const streets = whole.areas.filter((area) => area.label === "Street");
  const scope = search.get("area") ?? "";
  const chosen = whole.byId.get(scope);
  const scopes =
    chosen === undefined || streets.includes(chosen) || chosen.parent === null ? streets : [chosen, ...streets];
  return (
    <div className="bar matrix-filters no-print">
      <label className="field">
        {say("scope")}
        <select
          value={chosen?.parent === null ? "" : scope}
          onChange={(event) => change({ area: event.target.value, cell: null })}
        >
          <option value="">{whole.roots.map((root) => root.name).join(" ")}</option>
          {scopes.map((area) => (
            <option key={area.id} value={area.id}>
              {area.name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say("view")}
        <select
          value={view}
          onChange={(event) => change({ view: event.target.value === "tree" ? null : event.target.value })}
        >
          {(["tree", "Street", "Community", "Grid"] as const).map((each) => (
            <option key={each} value={each}>
              {say(`view.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say("state")}
        <select value={search.get("state") ?? ""} onChange={(event) => change({ state: event.target.value })}>
          <option value="">{say("state.any")}</option>
          <option value="uncovered">{say("state.uncovered")}</option>
          <option value="unknown">{say("state.unknown")}</option>
        </select>
      </label>
      <label className="field">
        {say("filter")}
        <input
          type="search"
          size={10}
          value={search.get("q") ?? ""}
          onChange={(event) => change({ q: event.target.value }, true)}
        />
      </label>
      {view === "Community" || view === "Grid" ? (
        <label className="field">
          <input
            type="checkbox"
            checked={search.get("group") === "street"}
            onChange={(event) => change({ group: event.target.checked ? "street" : null })}
          />
          {say("group")}
        </label>
      ) : (
        view === "tree" && (
          <>
            <button
              type="button"
              className="button plain"
              onClick={() => foldAll(streets.map((area) => [area.id, true] as const))}
            >
              {say("expand.all")}
            </button>
            <button type="button" className="button plain" onClick={() => foldAll([])}>
              {say("fold.all")}
            </button>
          </>
        )
      )}
      <span className="quiet small number" role="status">
        {say("rows", { count: number(rows) })}
      </span>
      <ul className="bar matrix-legend" aria-label={say("legend")}>
        {(["covered", "uncovered", "unknown"] as const).map((state) => (
          <li key={state}>
            <StateWord state={state} />
          </li>
        ))}
      </ul>
    </div>
  );
}
