import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { read } from "@/api/client";
import { Go, useHref } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { Called } from "@/rooms/plans/called";
import { Certificate } from "@/rooms/plans/certificate";
import { Add, Changes, type Edit, Held } from "@/rooms/plans/changes";
import { act, type Lines, PLANS, type Preview, type Proposal, type State } from "@/rooms/plans/model";
import { Difference } from "@/rooms/plans/preview";
import { Solving, useSolving } from "@/rooms/plans/solving";
import { texts } from "@/rooms/plans/texts";
import { Failure, Panel, RoomHead, Waiting } from "@/ui/states";

type Step = "approve" | "refuse" | "discard" | "apply" | "undo";
/** What may be done with a plan in each state. */
const STEPS: Record<State, readonly Step[]> = {
  open: ["approve", "refuse", "discard"],
  approved: ["apply", "refuse", "discard"],
  applied: ["undo"],
  refused: [],
  discarded: [],
  undone: [],
};

/** One plan: what it would change and why, what that does to coverage, its proof, and what is decided about it. */
export function Plan({ id }: { id: string }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const href = useHref();
  const [, go] = useLocation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState("");
  const where = `${PLANS}/${encodeURIComponent(id)}`;
  const found = useQuery({ queryKey: ["plan", id], queryFn: () => read<Proposal>(`${where}/proposal`) });
  const seen = useQuery({ queryKey: ["plan", id, "preview"], queryFn: () => read<Preview>(`${where}/preview`) });
  const open = (plan: Proposal) => {
    queries.invalidateQueries({ queryKey: ["plans"] });
    go(href(`/plans/${encodeURIComponent(plan.id)}`));
  };
  const solving = useSolving<Proposal>(open);
  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  const plan = found.data;
  if (plan === undefined) return <Waiting lines={8} />;
  const editable = plan.state === "open" || plan.state === "approved";
  const edit = editable
    ? (wanted: Edit) => doing(async () => open(await act(id, "edit", { ...wanted, name: plan.name })))
    : undefined;
  const step = (name: Step) => {
    if ((name === "apply" || name === "undo") && !window.confirm(say(`sure.${name}`))) return;
    doing(async () => {
      await act(id, name, name === "apply" ? {} : { reason });
      setReason("");
      await queries.invalidateQueries();
    });
  };
  const words = (plan.outcome as { text?: Lines }).text?.[language] ?? [];
  const working = busy || solving.state.busy;
  return (
    <div className="plans">
      <RoomHead
        title={plan.name}
        about={
          <>
            <span className="badge accent" id="state">
              {say(`state.${plan.state as State}`)}
            </span>{" "}
            <Called id={plan.area} /> · {say("day")} {plan.effective_on} · {say("who")} {plan.author}{" "}
            {plan.reason !== "" && <>· {plan.reason}</>}
          </>
        }
      >
        <Go to="/plans" className="button">
          {say("back")}
        </Go>
      </RoomHead>
      {plan.revises !== null && (
        <p className="small quiet">
          {say("revises")} <Go to={`/plans/${encodeURIComponent(plan.revises ?? "")}`}>{plan.revises}</Go>
        </p>
      )}
      {error !== undefined && <Failure error={error} />}
      <Panel title={say("decide")} className="no-print">
        <p className="bar">
          {STEPS[plan.state as State].length > 0 && plan.state !== "applied" && (
            <input
              className="text"
              aria-label={say("reason")}
              placeholder={say("reason")}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          {STEPS[plan.state as State].map((name, at) => (
            <button
              key={name}
              type="button"
              id={name}
              className={at === 0 ? "button main" : "button"}
              disabled={working || (name === "refuse" && reason.trim() === "")}
              onClick={() => step(name)}
            >
              {say(name)}
            </button>
          ))}
          {plan.decided_by !== null && (
            <span className="small quiet">
              {say("decided.by", {
                who: plan.decided_by ?? "",
                when: (plan.decided_at ?? "").slice(0, 16).replace("T", " "),
              })}{" "}
              {plan.verdict}
            </span>
          )}
        </p>
      </Panel>
      <Panel title={say("changes", { count: plan.changes.length })}>
        <Changes changes={plan.changes} locked={plan.lock} edit={edit} />
        <Held plan={plan} edit={edit} />
        {edit !== undefined && (
          <div className="no-print">
            <Add edit={edit} busy={working} />
            <p className="bar">
              <button
                type="button"
                id="resolve"
                className="button"
                disabled={working}
                onClick={() => solving.run(act(id, "resolve", { name: plan.name }, "respond-async"))}
              >
                {say("again")}
              </button>
            </p>
            <Solving solving={solving} />
          </div>
        )}
      </Panel>
      <Panel title={say("preview")}>
        {seen.error !== null && <Failure error={seen.error} again={seen.refetch} />}
        {seen.isPending && <Waiting lines={4} />}
        {seen.data !== undefined && <Difference of={seen.data} />}
      </Panel>
      {words.length > 0 && (
        <Panel title={say("words")}>
          <ul className="plans-lines">
            {words.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Certificate
        area={plan.area}
        day={plan.effective_on}
        needs={(plan.options as { requirements?: unknown }).requirements}
        carried={plan.certificate ?? null}
      />
    </div>
  );
}
