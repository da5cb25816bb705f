import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { named, useHome } from "@/api/facts";

/** Streets and communities to choose from, in the order of their codes. */
function useAreas() {
  const streets = useQuery({
    queryKey: ["areas", "Street"],
    staleTime: 600_000,
    queryFn: () => told(api.GET("/api/v1/areas", { params: { query: { level: "Street", limit: 1000 } } })),
  });
  const communities = useQuery({
    queryKey: ["areas", "Community"],
    staleTime: 600_000,
    queryFn: () => told(api.GET("/api/v1/areas", { params: { query: { level: "Community", limit: 1000 } } })),
  });
  return { streets: streets.data?.items ?? [], communities: communities.data?.items ?? [] };
}

type Props = { label: string; whole: string; area: string; choose: (area: string) => void };

/** A field that chooses a street or a community; none is the whole district. */
export function AreaSelect({ label, whole, area, choose }: Props) {
  const { streets, communities } = useAreas();
  const home = useHome().data?.entity?.id;
  const listed = [...streets, ...communities].some((row) => row.area?.id === area);
  return (
    <label className="field">
      {label}
      <select value={area === home ? "" : area} onChange={(event) => choose(event.target.value)}>
        <option value="">{whole}</option>
        {area !== "" && area !== home && !listed && <option value={area}>{area}</option>}
        {streets.map((street) => (
          <optgroup key={street.area?.id} label={named(street.area)}>
            <option value={street.area?.id}>{named(street.area)}</option>
            {communities
              .filter((row) => row.area?.id.startsWith(street.area?.id ?? "-"))
              .map((row) => (
                <option key={row.area?.id} value={row.area?.id}>
                  {named(row.area)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
