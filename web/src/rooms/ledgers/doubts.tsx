import { useValues, useWords } from "@/api/facts";
import { useTexts } from "@/i18n/language";
import { useShort } from "@/rooms/ledgers/found";
import type { Candidate, Choice, Doubt, Options, Preview } from "@/rooms/ledgers/model";
import { texts } from "@/rooms/ledgers/texts";

type Props = { doubts: Preview["doubts"]; options: Options; change: (options: Options) => void };

/** Names that may mean something the graph holds already; who decides is a person. */
export function Doubts({ doubts, options, change }: Props) {
  const say = useTexts(texts);
  if (doubts.total === 0) return null;
  const choose = (key: string, choice: Choice | undefined) => {
    const choices = { ...options.choices };
    if (choice === undefined) delete choices[key];
    else choices[key] = choice;
    change({ ...options, choices });
  };
  return (
    <section>
      <h3>{say("doubts", { count: doubts.total })}</h3>
      <p className="quiet small">{say("doubts.about")}</p>
      {doubts.items.map((doubt) => (
        <One
          key={doubt.key}
          doubt={doubt}
          choice={options.choices[doubt.key]}
          choose={(choice) => choose(doubt.key, choice)}
        />
      ))}
    </section>
  );
}

function One({
  doubt,
  choice,
  choose,
}: {
  doubt: Doubt;
  choice: Choice | undefined;
  choose: (choice: Choice | undefined) => void;
}) {
  const say = useTexts(texts);
  const word = useWords();
  const called = useValues();
  const short = useShort();
  const group = `doubt-${doubt.key}`;
  const nameOf = (candidate: Candidate) => String(candidate.shown.name ?? candidate.shown.title ?? candidate.id);
  const { name, ...rest } = doubt.said;
  const how = (candidate: Candidate) => {
    const key = `how.${candidate.how}`;
    return key in texts ? say(key as keyof typeof texts) : candidate.how;
  };
  const facts = (candidate: Candidate) =>
    [
      ...candidate.agree.map((key) => say("agree", { what: word("properties", key) })),
      ...candidate.differ.map((key) =>
        say("differ", { what: `${word("properties", key)}: ${called(candidate.shown[key] ?? "")}` }),
      ),
    ].join("; ") || short(candidate.shown);
  return (
    <fieldset className="doubt">
      <legend>
        “{String(name ?? "")}” <span className="quiet small">{doubt.cells.join(", ")}</span>
      </legend>
      {Object.keys(rest).length > 0 && <p className="quiet small">{short(rest)}</p>}
      <ul aria-label={say("candidates")}>
        {doubt.candidates.map((candidate) => (
          <li key={candidate.id}>
            <label>
              <input
                type="radio"
                name={group}
                value={`join=${candidate.id}`}
                checked={choice?.verdict === "join" && choice.target === candidate.id}
                onChange={() => choose({ verdict: "join", target: candidate.id })}
              />{" "}
              {say("join", { name: nameOf(candidate) })} <code>{candidate.id}</code>
            </label>
            <span className="quiet small">
              {say("found.by")} {how(candidate)} {candidate.score.toFixed(2)} · {facts(candidate)}
            </span>
          </li>
        ))}
        <li>
          <label>
            <input
              type="radio"
              name={group}
              value="new"
              checked={choice?.verdict === "new"}
              onChange={() => choose({ verdict: "new" })}
            />{" "}
            {say("new.thing")}
          </label>
        </li>
        <li>
          <label>
            <input
              type="radio"
              name={group}
              value="later"
              checked={choice === undefined}
              onChange={() => choose(undefined)}
            />{" "}
            {say("later")}
          </label>
        </li>
      </ul>
    </fieldset>
  );
}
