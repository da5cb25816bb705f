import { useRequirements, useWords } from "@/api/facts";
import { useAddress } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/gaps/texts";
import { AreaSelect } from "@/ui/area-select";

export function Filters({ shown, clear }: { shown: string; clear: () => void }) {
  const say = useTexts(texts);
  const word = useWords();
  const { language } = useLanguage();
  const [search, change] = useAddress();
  const needs = useRequirements().data ?? [];
  const ledgers = [...new Set(needs.map((need) => need.ledger))];
  const is = (name: string) => search.get(name) ?? "";
  return (
    <div className="bar gaps-filters no-print">
      <label className="field">
        {say("state")}
        <select value={is("state")} onChange={(event) => change({ state: event.target.value })}>
          <option value="">{say("state.any")}</option>
          <option value="uncovered">{say("state.uncovered")}</option>
          <option value="unknown">{say("state.unknown")}</option>
        </select>
      </label>
      <AreaSelect label={say("area")} whole={say("area.any")} area={is("area")} choose={(area) => change({ area })} />
      <label className="field">
        {say("requirement")}
        <select value={is("requirement")} onChange={(event) => change({ requirement: event.target.value })}>
          <option value="">{say("requirement.any")}</option>
          {needs.map((need) => (
            <option key={need.id} value={need.id}>
              {need.name[language]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say("ledger")}
        <select value={is("ledger")} onChange={(event) => change({ ledger: event.target.value })}>
          <option value="">{say("ledger.any")}</option>
          {ledgers.map((ledger) => (
            <option key={ledger} value={ledger}>
              {word("ledgers", ledger)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say("group")}
        <select value={is("group")} onChange={(event) => change({ group: event.target.value })}>
          <option value="">{say("group.none")}</option>
          <option value="street">{say("group.street")}</option>
          <option value="requirement">{say("group.requirement")}</option>
        </select>
      </label>
      <label className="field">
        {say("filter")}
        <input
          type="search"
          size={12}
          placeholder={say("filter.example")}
          value={is("q")}
          onChange={(event) => change({ q: event.target.value }, true)}
        />
      </label>
      <button type="button" className="button plain" onClick={clear}>
        {say("clear")}
      </button>
      <strong className="number small" role="status">
        {shown}
      </strong>
    </div>
  );
}
