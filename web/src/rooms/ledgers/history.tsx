import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/ledgers/texts";
import { Failure, Panel, Waiting } from "@/ui/states";

type Plan = { plan: string; name: string; recorded_at: string; author: string; state: string };

/** What was imported so far, the latest first; each can be taken back as a whole. */
export function History({ busy, undo }: { busy: boolean; undo: (plan: string) => void }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["imports"],
    queryFn: async () => (await told(api.GET("/api/v1/imports"))).items as unknown as Plan[],
  });
  const state = (name: string) =>
    name === "applied" || name === "open" || name === "undone" ? say(`state.${name}`) : name;
  return (
    <Panel title={say("history")}>
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={2} />}
      <div id="history">
        {found.data?.length === 0 && <p className="quiet">{say("history.none")}</p>}
        {found.data !== undefined && found.data.length > 0 && (
          <table className="grid-table cards">
            <thead>
              <tr>
                <th scope="col">{say("name")}</th>
                <th scope="col">{say("when")}</th>
                <th scope="col">{say("who")}</th>
                <th scope="col">{say("what")}</th>
                <th scope="col">
                  <span className="unseen">{say("undo")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {found.data.map((plan) => (
                <tr key={plan.plan}>
                  <td data-title={say("name")}>{plan.name}</td>
                  <td data-title={say("when")}>
                    {new Date(plan.recorded_at).toLocaleString(language === "en" ? "en" : "zh-CN")}
                  </td>
                  <td data-title={say("who")}>{plan.author}</td>
                  <td data-title={say("what")}>{state(plan.state)}</td>
                  <td data-title="">
                    {(plan.state === "applied" || plan.state === "open") && (
                      <button
                        type="button"
                        className="button"
                        data-plan={plan.plan}
                        disabled={busy}
                        onClick={() => undo(plan.plan)}
                      >
                        {say("undo")}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}
