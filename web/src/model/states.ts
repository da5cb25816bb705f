import { api, every, Problem } from "@/api/client";

/** Questions that make the matrix, apart from any screen, so that they can be asked before there is one. */

/** The rows of the matrix of a day, as the API gives them: of the whole district, or of one area in it. */
export const statesOf = (as_of: string | undefined, area?: string) => ({
  queryKey: area === undefined ? ["states", as_of] : ["states", as_of, area],
  // What the server refused once it would refuse again; what did not get through may get through.
  retry: (count: number, error: Error) => count < 2 && !(error instanceof Problem && error.status > 0),
  queryFn: () =>
    every(
      (page) =>
        api.GET("/api/v1/coverage/states", { params: { query: area === undefined ? page : { ...page, area } } }),
      { as_of },
    ),
});

/** The streets of the district on a day, in the order of their codes, and how many communities lie in each. */
export const streetsOf = (as_of: string | undefined) => ({
  queryKey: ["streets", as_of],
  queryFn: async () => {
    const found = await every((page) => api.GET("/api/v1/areas", { params: { query: { ...page, level: "Street" } } }), {
      as_of,
    });
    return found.rows.flatMap((row) => (row.area === null ? [] : [{ id: row.area.id, parts: row.parts ?? 0 }]));
  },
});
