import createClient from "openapi-fetch";
import type { components, paths } from "@/api/schema";

export type Schemas = components["schemas"];
export type Entity = Schemas["Entity"];
export type State = "covered" | "uncovered" | "unknown";
export type Path = Schemas["Path"];
export type Step = Schemas["Step"];

/** What went wrong, as the API tells it (RFC 9457); `status` 0 is a server that did not answer. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string = "",
  ) {
    super(message);
    this.name = "Problem";
  }
}

const KEY = "govnet.key";
/** The API key of this window, where the server asks for one; it ends with the window. */
export const key = {
  read: () => sessionStorage.getItem(KEY) ?? "",
  keep: (value: string) => sessionStorage.setItem(KEY, value),
};

const withKey = (headers: Headers): Headers => {
  const held = key.read();
  if (held !== "") headers.set("X-API-Key", held);
  return headers;
};

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  querySerializer: { array: { style: "form", explode: false } },
});
api.use({
  onRequest({ request }) {
    withKey(request.headers);
    return request;
  },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

const problem = (status: number, body: unknown): Problem => {
  const told = (body ?? {}) as Partial<{ code: string; type: string; title: string; detail: string; hint: string }>;
  const code = told.code ?? told.type?.split("/").pop() ?? "internal";
  return new Problem(status, code, told.detail ?? told.title ?? String(status), told.hint);
};

const unreachable = (): Problem => new Problem(0, "unreachable", "");

/** The answer's content; throws a Problem. */
export async function told<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked.catch(() => {
    throw unreachable();
  });
  if (answer.error !== undefined || answer.data === undefined) throw problem(answer.response.status, answer.error);
  return answer.data;
}

type Listed<Row> = { items: Row[]; next: string | null; as_of: string; data_version: number };

/** What asks for one page of a list: only what is set is sent. */
type Page = { limit: number; as_of?: string; cursor?: string };

/** All rows of a list as of a day, page by page, up to `most`; `more` says that some were left out. */
export async function every<Row>(
  ask: (page: Page) => Promise<Answer<Listed<Row>>>,
  { as_of, most = 5000, limit = 1000 }: { as_of?: string | undefined; most?: number; limit?: number } = {},
): Promise<{ rows: Row[]; more: boolean; asOf: string; version: number }> {
  const rows: Row[] = [];
  const asked: Page = { limit, ...(as_of === undefined ? {} : { as_of }) };
  for (;;) {
    const page = await told(ask({ ...asked }));
    for (const row of page.items) rows.push(row);
    if (page.next === null || rows.length >= most)
      return { rows, more: page.next !== null, asOf: page.as_of, version: page.data_version };
    asked.cursor = page.next;
  }
}

/** Any address under the API as JSON: for a question's definition and view, which are named by the question's id. */
export async function read<T>(path: string, query: Record<string, string | number | undefined> = {}): Promise<T> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${path}${given.length > 0 ? `?${search}` : ""}`, {
    headers: withKey(new Headers({ accept: "application/json" })),
  }).catch(() => {
    throw unreachable();
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw problem(answer.status, body);
  return body as T;
}

/** Sends JSON to any address under the API, named by what is sent to it; `prefer` says how long to wait (RFC 7240). */
export async function send<T>(path: string, body: unknown = {}, prefer = "", method = "POST"): Promise<T> {
  const headers = withKey(new Headers({ accept: "application/json", "content-type": "application/json" }));
  if (prefer !== "") headers.set("prefer", prefer);
  const content = method === "POST" ? { body: JSON.stringify(body) } : {};
  const answer = await fetch(path, { method, headers, ...content }).catch(() => {
    throw unreachable();
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw problem(answer.status, said);
  return said as T;
}

/** Saves an answer of the API as a file, in a language where its form has one; a link could send neither that nor the key. */
export async function save(path: string, name: string, language = ""): Promise<void> {
  const headers = withKey(new Headers());
  if (language !== "") headers.set("accept-language", language);
  const answer = await fetch(path, { headers }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw problem(answer.status, await answer.json().catch(() => undefined));
  saveAs(await answer.blob(), name);
}

export function saveAs(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
