import { useQuery } from "@tanstack/react-query";
import { membersQuery, meQuery } from "../queries.ts";

/** Who is behind a pseudonym, where the member may know and it is still known; the pseudonym otherwise. */
export function useActorNames(): (actor: string) => string {
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery({ ...membersQuery, enabled: me !== undefined && me.role !== "guest" });
  return (actor) => data?.members.find((member) => member.actor === actor)?.name ?? actor;
}
