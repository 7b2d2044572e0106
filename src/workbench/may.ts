/** What the member may do, as the server says: doors and buttons of other things are not shown. */
import { useQuery } from "@tanstack/react-query";
import type { Line } from "../server/access.ts";
import { meQuery } from "./queries.ts";

export type May = (line: Line) => boolean;

/** Nothing, until it is known who asks. */
export function useMay(): May {
  const { data: me } = useQuery(meQuery);
  return (line) => me?.may?.includes(line) === true;
}
