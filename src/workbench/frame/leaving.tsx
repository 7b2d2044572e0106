/** Signing out: what of somebody's has not been sent yet is asked about; all else of theirs on this device is erased. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { auth } from "../api.ts";
import { forgetExposure } from "../care/exposure.ts";
import { useWords } from "../language.tsx";
import { forgetDrafts, hasDrafts } from "../offline/drafts.ts";
import { forgetFilesOf, keptFiles } from "../offline/kept-files.ts";
import { removeWorker } from "../offline/registration.ts";
import { forgetMember } from "../offline/remembered.ts";
import { countKept, forgetKept } from "../save/outbox.ts";
import { Trouble } from "./trouble.tsx";
import "./leaving.css";

/** Whether something of `actor`'s lies on this device: what waits to be sent by itself, and what was typed only. */
export interface Unsent {
  readonly waits: boolean;
  readonly typed: boolean;
}

export async function unsentOf(actor: string): Promise<Unsent> {
  return { waits: countKept(actor) > 0 || (await keptFiles(actor)).length > 0, typed: hasDrafts(actor) };
}

export function useLeaving(actor: string) {
  return useMutation({
    mutationFn: async ({ erase }: { readonly erase: boolean }) => {
      await auth("/sign-out", {});
      if (erase) {
        forgetKept(actor);
        await forgetFilesOf(actor);
      }
      forgetDrafts(erase ? actor : undefined);
      forgetExposure();
      forgetMember();
      await forgetFilesOf(null);
      await removeWorker();
    },
    // A fresh page: nothing of what was seen stays in memory.
    onSuccess: () => globalThis.location.assign("/sign-in"),
  });
}

interface LeavingParts {
  readonly unsent: Unsent;
  readonly leaving: ReturnType<typeof useLeaving>;
  readonly onStay: () => void;
}

export function LeavingDialog({ unsent, leaving, onStay }: LeavingParts) {
  const { leaving: words } = useWords().device;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet main stack leaving" aria-labelledby="leaving" onClose={onStay}>
      <h2 id="leaving">{words.title}</h2>
      {unsent.waits ? <p>{words.waits}</p> : null}
      {unsent.typed ? <p>{words.typed}</p> : null}
      <p>{words.readable}</p>
      <Trouble error={leaving.error} />
      <Button disabled={leaving.isPending} onClick={() => leaving.mutate({ erase: false })}>
        {words.keep}
      </Button>
      <Button variant="default" disabled={leaving.isPending} onClick={() => leaving.mutate({ erase: true })}>
        {words.erase}
      </Button>
      <Button variant="default" onClick={() => dialog.current?.close()}>
        {words.stay}
      </Button>
    </dialog>
  );
}
