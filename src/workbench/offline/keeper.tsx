/** Around every screen of a member's: it works without an answer, and says so. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Pause } from "../care/pause.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { useReach } from "./reach.ts";
import { installWorker } from "./registration.ts";
import { rememberMember } from "./remembered.ts";
import { useSending } from "./sending.ts";
import "./keeper.css";

export function Keeper() {
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  useEffect(() => {
    if (me === undefined) return;
    rememberMember(me);
    void installWorker();
  }, [me]);
  return (
    <>
      <Offline />
      {me === undefined ? null : <Pause actor={me.actor} />}
      {me !== undefined && may("POST /api/captures") ? <Sending key={me.actor} actor={me.actor} /> : null}
    </>
  );
}

function Sending({ actor }: { readonly actor: string }) {
  useSending(actor);
  return null;
}

function Offline() {
  const { device } = useWords();
  const queries = useQueryClient();
  const isReached = useReach();
  const wasReached = useRef(true);
  useEffect(() => {
    // What the screens show may be older than the silence.
    if (isReached && !wasReached.current) void queries.invalidateQueries();
    wasReached.current = isReached;
  }, [isReached, queries]);
  return (
    <div role="status" className="offline">
      {isReached ? null : <p>{device.offline}</p>}
    </div>
  );
}
