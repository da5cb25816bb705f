import { read } from "@/api/client";
import type { Picture } from "@/graph/picture";

type Given = Record<string, string | number | undefined>;

/** The view of a question, to draw. */
export const viewOf = (question: string, given: Given) => ({
  queryKey: ["view", question, given],
  staleTime: 300_000,
  queryFn: () => read<Picture & { as_of: string; data_version: number }>(`/api/v1/questions/${question}/view`, given),
});

export const around = (id: string, as_of: string | undefined, limit = 300) =>
  viewOf("neighbourhood", { entity: id, max_hops: 1, limit, as_of });
