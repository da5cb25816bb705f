import { Problem, read, type Schemas, send } from "@/api/client";
import type { Text } from "@/i18n/language";

/** What the API says of plans, and how it is asked. */

export type Job = Schemas["Job"];
export type Proposal = Schemas["Proposal"];
export type Change = Proposal["changes"][number];
export type Comparison = Schemas["PlanComparison"];
export type Lines = { zh: string[]; en: string[] };
export type Result = Schemas["PlannerResult"] & { seal?: string };
export type Checked = Schemas["CertificateCheck"];
type Moved = { requirement: string; area: string; name: string; before: string; after: string };
export type Total = {
  requirement: string;
  name: string;
  name_en: string;
  covered: [number, number];
  uncovered: [number, number];
  unknown: [number, number];
};
export type Difference = { totals: Total[]; gained: Moved[]; lost: Moved[]; thinner: Moved[] };
export type Measures = {
  missing: number;
  uncovered: number;
  unknown: number;
  covered: number;
  worst_load: number | null;
  over: number;
};
export type Preview = Omit<Schemas["PlanPreview"], "measures" | "difference" | "moved"> & {
  measures: { before: Measures; after: Measures } | null;
  difference: Difference | null;
  moved: { text?: Text; kind: string; id: string | null }[];
};

export const PLANS = "/api/v1/plans";
export const STATES = ["open", "approved", "applied", "refused", "discarded", "undone"] as const;
export type State = (typeof STATES)[number];
const TURN = 400;

/** How a change is named in locks and edits. */
export const pairOf = (change: { unit: string; area: string }): string => `${change.unit}>${change.area}`;

const isJob = (answer: object): answer is Job => "progress" in answer && "resumable" in answer;

/**
 * What a solve came to. `seen` is told of each state of the job on the way; the last one tells whether it was stopped, in
 * which case the answer is undefined and the best that was found stands in the job.
 */
export async function follow<T extends object>(
  started: Promise<T | Job>,
  seen: (job: Job) => void,
): Promise<T | undefined> {
  const first = await started;
  if (!isJob(first)) return first;
  let job: Job = first;
  for (;;) {
    seen(job);
    if (job.state === "done") return job.result as unknown as T;
    if (job.state === "cancelled") return undefined;
    if (job.state === "failed") {
      const why = job.problem;
      throw new Problem(400, why?.code ?? "internal", why?.detail ?? "", why?.hint ?? "");
    }
    await new Promise((turn) => setTimeout(turn, TURN));
    job = await read<Job>(`/api/v1/jobs/${job.id}`);
  }
}

export const solve = (kind: string, body: object): Promise<Result | Job> =>
  send(`${PLANS}/results/${kind}`, body, "respond-async");

/** What is done with one plan; the answer is the plan as it stands then. */
export const act = <T = Proposal>(plan: string, what: string, body: object = {}, prefer = ""): Promise<T> =>
  send(`${PLANS}/${encodeURIComponent(plan)}/${what}`, body, prefer);
