import { api, Problem, read, told } from "@/api/client";
import type { Text } from "@/i18n/language";

/** What the API says of an uploaded ledger, and how it is asked. */

export type Props = Record<string, unknown>;
export type Kind = { id: string; text: Text; columns: { key: string; text: Text; required: boolean }[] };
export type Table = {
  name: string;
  rows: number;
  kind: string | null;
  columns: { column: string; title: string | null; key: string | null }[];
  missing: string[];
};
/** `standard` names the standard of a file that is no ledger; what its tables mean needs no telling. */
export type Draft = { id: string; name: string; standard: string | null; notices: Text[]; tables: Table[] };
export type Item = { kind: string; id: string; before: Props; after: Props };
export type Conflict = { id: string; property: string; graph: unknown; ledger: unknown };
export type Candidate = { id: string; how: string; score: number; shown: Props; agree: string[]; differ: string[] };
export type Doubt = { key: string; said: Props; cells: string[]; candidates: Candidate[] };
export const COUNTED = ["new", "changed", "ended", "unchanged", "conflicts"] as const;
export type Changes = Record<(typeof COUNTED)[number], number> & {
  data_version: number;
  items: { new: Item[]; changed: Item[]; ended: Item[]; conflicts: Conflict[] };
};
export type Preview = {
  standard: string | null;
  tables: Table[];
  cells: Record<string, { total: number; imported: number; quarantined: number; ignored: number }>;
  changes: Changes | null;
  quarantine: {
    rows: number;
    items: { sheet: string; row: number; problems: { cell: string | null; text: Text }[] }[];
  };
  doubts: { total: number; items: Doubt[] };
  withheld?: Text | null;
  already?: string | null;
};
export type Choice = { verdict: "join" | "new"; target?: string };
export type Options = {
  tables: Record<string, { kind: string; columns: Record<string, string> }>;
  choices: Record<string, Choice>;
  conflicts: "graph" | "ledger";
  allow_ending: number;
  complete_for: string;
  as_of: string | null;
  /** What people of a file are that does not say it; empty leaves them out. */
  member_kind: string;
};

export const START: Options = {
  tables: {},
  choices: {},
  conflicts: "graph",
  allow_ending: 0.2,
  complete_for: "",
  as_of: null,
  member_kind: "",
};

/** How the tables are read so far, as options. */
export const tablesOf = (tables: readonly Table[]): Options["tables"] =>
  Object.fromEntries(
    tables.map((table) => {
      const known = table.columns.flatMap(({ column, key }) => (key === null ? [] : [[column, key] as const]));
      return [table.name, { kind: table.kind ?? "", columns: Object.fromEntries(known) }];
    }),
  );

export async function upload(file: File): Promise<Draft> {
  const form = new FormData();
  form.append("file", file);
  const asked = api.POST("/api/v1/imports", { body: { file: "" }, bodySerializer: () => form });
  return (await told(asked)) as unknown as Draft;
}

export async function preview(draft: string, options: Options): Promise<Preview> {
  const asked = api.POST("/api/v1/imports/{draft}/preview", { params: { path: { draft } }, body: options });
  return (await told(asked)) as unknown as Preview;
}

type Done = { plan: string | null; already: boolean; created: number; changed: number; ended: number };
type Job = {
  id: string;
  state: string;
  progress: { done: number; total: number } | null;
  result: Done | null;
  problem: { detail?: string; hint?: string } | null;
};

/** Begins the import and follows it to its end; `seen` is told how far it is, `signal` stops it. */
export async function apply(
  draft: string,
  options: Options,
  version: number,
  seen: (share: number) => void,
  signal: AbortSignal,
): Promise<Done> {
  const body = { ...options, data_version: version };
  let job = (await told(
    api.POST("/api/v1/imports/{draft}/apply", { params: { path: { draft } }, body }),
  )) as unknown as Job;
  signal.addEventListener("abort", () => {
    api.DELETE("/api/v1/jobs/{job}", { params: { path: { job: job.id } } });
  });
  while (job.state === "queued" || job.state === "running") {
    await new Promise((turn) => setTimeout(turn, 300));
    job = await read<Job>(`/api/v1/jobs/${job.id}`);
    if (job.progress !== null) seen(job.progress.done / Math.max(job.progress.total, 1));
  }
  if (job.state !== "done" || job.result === null)
    throw new Problem(500, "job", `${job.problem?.detail ?? job.state} ${job.problem?.hint ?? ""}`);
  return job.result;
}
