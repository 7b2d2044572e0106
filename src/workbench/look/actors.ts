import { useQuery } from "@tanstack/react-query";
import { useMay } from "../may.ts";
import { membersQuery } from "../queries.ts";

/** Who is behind a pseudonym, where the member may know and it is still known; the pseudonym otherwise. */
export function useActorNames(): (actor: string) => string {
  const may = useMay();
  const { data } = useQuery({ ...membersQuery, enabled: may("GET /api/members") });
  return (actor) => data?.members.find((member) => member.actor === actor)?.name ?? actor;
}
