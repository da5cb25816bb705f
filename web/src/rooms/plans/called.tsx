import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { named } from "@/api/facts";
import { Go } from "@/app/address";

/** A thing of which a plan knows the id alone, by its name. */
export function useCalled(id: string): string {
  const found = useQuery({
    queryKey: ["entity", id, undefined],
    enabled: id !== "",
    staleTime: 600_000,
    queryFn: () => told(api.GET("/api/v1/entities/{id}", { params: { path: { id } } })),
  });
  return named(found.data?.entity) || id;
}

/** The same as a link to its page. */
export function Called({ id }: { id: string }) {
  return <Go to={`/entities/${encodeURIComponent(id)}`}>{useCalled(id)}</Go>;
}

/** A pair, `unit>area`, by its names. */
export function Pair({ pair }: { pair: string }) {
  const [unit = "", area = ""] = pair.split(">");
  return (
    <>
      <Called id={unit} /> → <Called id={area} />
    </>
  );
}
