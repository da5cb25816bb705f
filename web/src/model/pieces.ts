import type { every, Schemas } from "@/api/client";

/** Reads the matrix piece by piece, a few at once, and tells of what has come so far. */

export type Piece = Awaited<ReturnType<typeof every<Schemas["CoverageStatesRow"]>>>;
export type Read = {
  rows: Schemas["CoverageStatesRow"][];
  done: number;
  failed: string[];
  error: unknown;
  asOf: string;
  version: number;
};

type Options = {
  /** `fresh` where what was kept is known to be old. */
  ask: (id: string, fresh: boolean) => Promise<Piece>;
  told: (read: Read) => void;
  /** How many are asked for at once: enough to keep the server busy, few enough to leave it room for others. */
  atOnce?: number;
  /** Milliseconds between two tellings, since each makes the matrix anew. */
  pause?: number;
};

/** Starts reading; what it returns ends it. Pieces of an older data version than the newest seen are read again. */
export function readPieces(ids: readonly string[], { ask, told, atOnce = 4, pause = 800 }: Options): () => void {
  const kept = new Map<string, Piece>();
  const waiting = [...ids];
  let failed: string[] = [];
  let error: unknown = null;
  let version = 0;
  const old = new Set<string>();
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    if (stopped) return;
    const pieces = [...kept.values()];
    told({
      rows: pieces.flatMap((piece) => piece.rows),
      done: pieces.length,
      failed,
      error,
      asOf: pieces[0]?.asOf ?? "",
      version,
    });
  };
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !stopped; id = waiting.shift()) {
      try {
        const piece = await ask(id, old.has(id));
        kept.set(id, piece);
        if (piece.version > version) {
          version = piece.version;
          for (const [other, { version: its }] of kept) {
            if (its >= version || old.has(other)) continue;
            old.add(other);
            kept.delete(other);
            waiting.push(other);
          }
        }
      } catch (fault) {
        failed = [...failed, id];
        error = fault;
      }
      // The first is told at once, the others together with what comes soon after.
      if (kept.size + failed.length === 1) tell();
      else timer ??= setTimeout(tell, pause);
    }
  };
  Promise.all(Array.from({ length: atOnce }, worker)).then(tell);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
