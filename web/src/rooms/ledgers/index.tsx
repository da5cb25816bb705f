import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api, Problem, save, told } from "@/api/client";
import { useLanguage, useTexts } from "@/i18n/language";
import { Found } from "@/rooms/ledgers/found";
import { History } from "@/rooms/ledgers/history";
import "@/rooms/ledgers/ledgers.css";
import { Mapping } from "@/rooms/ledgers/mapping";
import {
  apply,
  COUNTED,
  type Draft,
  type Kind,
  type Options,
  type Preview,
  preview,
  START,
  tablesOf,
  upload,
} from "@/rooms/ledgers/model";
import { texts } from "@/rooms/ledgers/texts";
import { Failure, Panel, RoomHead, Waiting } from "@/ui/states";

type Status = { text: string; bad?: boolean; share?: number; stop?: () => void };

/** A ledger comes in: upload, mapping, preview, doubts, quarantine, import, history, undo. */
export default function Ledgers() {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft>();
  const [options, setOptions] = useState<Options>(START);
  const [seen, setSeen] = useState<Preview>();
  const [status, setStatus] = useState<Status>({ text: "" });
  const [busy, setBusy] = useState(false);
  const [blank, setBlank] = useState("areas");
  const kinds = useQuery({
    queryKey: ["ledger-kinds"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await told(api.GET("/api/v1/ledgers"))).items as unknown as Kind[],
  });
  const doing = async (text: string, work: () => Promise<string>) => {
    setStatus({ text });
    setBusy(true);
    try {
      setStatus({ text: await work() });
    } catch (error) {
      const why = error instanceof Problem ? `${error.message} ${error.hint}` : String(error);
      setStatus({ text: say("failed", { why }), bad: true });
    } finally {
      setBusy(false);
    }
  };
  const look = async (of: Draft, with_: Options) => {
    const found = await preview(of.id, with_);
    setSeen(found);
    setOptions(found.standard === null ? { ...with_, tables: tablesOf(found.tables) } : with_);
    return "";
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    doing(say("uploading"), async () => {
      const fresh = await upload(file);
      setDraft(fresh);
      setSeen(undefined);
      // A file of a standard tells what it means, and is no complete list that could end anything.
      const start = fresh.standard === null ? { tables: tablesOf(fresh.tables) } : { allow_ending: 0 };
      return look(fresh, { ...START, ...start });
    });
  };
  const again = (next: Options) => {
    setOptions(next);
    if (draft !== undefined) doing(say("previewing"), () => look(draft, next));
  };
  const take = () => {
    if (draft === undefined || seen?.changes == null) return;
    const version = seen.changes.data_version;
    const stop = new AbortController();
    doing(say("applying"), async () => {
      const told_ = (share: number) => setStatus({ text: say("applying"), share, stop: () => stop.abort() });
      told_(0);
      const done = await apply(draft.id, options, version, told_, stop.signal);
      setSeen({ ...seen, changes: null });
      await queries.invalidateQueries();
      if (done.already || done.plan === null) return say("already");
      const counts = [
        `${say("new")} ${done.created}`,
        `${say("changed")} ${done.changed}`,
        `${say("ended")} ${done.ended}`,
      ];
      return say("done", { counts: counts.join(" · ") });
    });
  };
  if (kinds.error !== null) return <Failure error={kinds.error} again={kinds.refetch} />;
  if (kinds.data === undefined) return <Waiting />;
  return (
    <div className="ledgers">
      <RoomHead title={say("title")} about={say("about")} />
      <Panel title={say("step.file")}>
        <div className="ledgers-start">
          <form id="upload" className="bar" onSubmit={send}>
            <label className="field">
              {say("file")}
              <input id="file" ref={input} type="file" accept=".xlsx,.xls,.ods,.csv,.xlsm,.json" required />
            </label>
            <button type="submit" className="button main" disabled={busy}>
              {say("upload")}
            </button>
          </form>
          <div className="bar">
            <label className="field">
              {say("template")}
              <select id="blank-kind" value={blank} onChange={(event) => setBlank(event.target.value)}>
                {kinds.data.map((kind) => (
                  <option key={kind.id} value={kind.id}>
                    {kind.text[language]}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              id="blank"
              className="button"
              onClick={() => doing("", () => save(`/api/v1/ledgers/${blank}/template`, `${blank}.xlsx`).then(() => ""))}
            >
              {say("template.download")}
            </button>
          </div>
        </div>
      </Panel>
      <div
        id="status"
        role="status"
        aria-live="polite"
        className={status.text === "" ? "unseen" : `notice ${status.bad === true ? "bad" : ""}`}
      >
        {status.text}
        {status.share !== undefined && <progress max={1} value={status.share} aria-label={status.text} />}
        {status.stop !== undefined && (
          <button type="button" className="button plain" onClick={status.stop}>
            {say("stop")}
          </button>
        )}
      </div>
      {draft !== undefined && (
        <Panel title={say("step.mapping")} about={draft.name}>
          <Mapping
            draft={draft}
            tables={seen?.tables ?? draft.tables}
            kinds={kinds.data}
            options={options}
            change={setOptions}
            again={again}
            busy={busy}
          />
        </Panel>
      )}
      {draft !== undefined && seen !== undefined && (
        <Panel title={say("step.preview")} about={seen.changes === null ? say("nothing") : undefined}>
          <p id="counts" className="bar">
            {seen.changes !== null &&
              COUNTED.map((name) => (
                <span key={name} className="badge">
                  {say(name)} <b className="number">{seen.changes?.[name]}</b>
                </span>
              ))}
          </p>
          <Found draft={draft} seen={seen} options={options} change={setOptions} />
          <p className="bar">
            <button type="button" id="again" className="button" disabled={busy} onClick={() => again(options)}>
              {say("preview")}
            </button>
            {seen.changes !== null && (
              <button type="button" id="apply" className="button main" disabled={busy} onClick={take}>
                {say("apply")}
              </button>
            )}
          </p>
        </Panel>
      )}
      <History
        busy={busy}
        undo={(plan) => {
          if (!window.confirm(say("undo.sure"))) return;
          doing(say("undoing"), async () => {
            await told(api.POST("/api/v1/plans/{plan}/undo", { params: { path: { plan } } }));
            await queries.invalidateQueries();
            return say("undone");
          });
        }}
      />
    </div>
  );
}
