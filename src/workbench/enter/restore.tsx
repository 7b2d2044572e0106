/** A back-up put back on day one: its file, its passphrase, how far it is, and what came of it. */
import { Button, FileInput, PasswordInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api, ask, isStopped } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { houseQuery } from "../queries.ts";
import { dayOf } from "../words/dates.ts";
import { sizeOf } from "../words/sizes.ts";
import { fill } from "../words/words.ts";
import "../style/how-far.css";

/** Of the file, as much as tells whether a passphrase opens it. */
const BEGINNING = 2048;
const LOOK_MS = 700;

interface Restored {
  readonly name: string;
  readonly madeAt: string;
  readonly holds: boolean;
  readonly hasMembers: boolean;
}

interface RestoreParts {
  readonly token: string;
  readonly onInstead: () => void;
}

export function Restore({ token, onInstead }: RestoreParts) {
  const { words, language } = useLanguage();
  const { restore } = words.enter;
  const [file, setFile] = useState<File | null>(null);
  const stop = useRef<AbortController>(null);
  const queries = useQueryClient();
  const restoring = useMutation({
    mutationFn: (filled: Filled) => {
      stop.current = new AbortController();
      return putBack(file as File, filled("passphrase"), token, stop.current.signal);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: houseQuery.queryKey }),
  });
  if (restoring.data !== undefined) return <IsBack restored={restoring.data} onGoOn={onInstead} />;
  const wasStopped = isStopped(restoring.error);
  return (
    <Page title={restore.title} lead={restore.lead} width="narrow">
      <form className="stack" onSubmit={onFilled((filled) => file !== null && restoring.mutate(filled))}>
        <FileInput
          required
          label={restore.file}
          description={restore.fileWhy}
          placeholder={file === null ? restore.choose : `${file.name}, ${sizeOf(language, file.size)}`}
          value={file}
          onChange={setFile}
          disabled={restoring.isPending}
        />
        <PasswordInput
          name="passphrase"
          required
          maxLength={1024}
          autoComplete="off"
          label={restore.passphrase}
          readOnly={restoring.isPending}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ "aria-label": words.keep.backUp.show }}
        />
        <Trouble
          error={wasStopped ? null : restoring.error}
          words={{ mismatch: restore.wrongPassphrase, malformed: restore.noBackUp }}
        />
        {restoring.isPending ? <HowFar token={token} /> : <p role="status">{wasStopped ? restore.stopped : ""}</p>}
        <div className="row">
          <Button type="submit" disabled={restoring.isPending || file === null}>
            {restore.start}
          </Button>
          {restoring.isPending ? (
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {restore.stop}
            </Button>
          ) : (
            <Button variant="default" onClick={onInstead}>
              {restore.instead}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}

/** The passphrase is tried first: a large file that is sent in vain takes long. Throws `Problem`. */
async function putBack(file: File, passphrase: string, token: string, signal: AbortSignal): Promise<Restored> {
  const headers = { "Placard-Setup": token };
  const beginning = btoa(String.fromCharCode(...new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer())));
  const trying = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, signal };
  await answer(ask("/api/house/restore/try", { ...trying, body: JSON.stringify({ passphrase, beginning }) }));
  const body = new FormData();
  // The file last: it is read as it comes, and what opens it must be known by then.
  body.append("passphrase", passphrase);
  body.append("file", file);
  return (await answer(ask("/api/house/restore", { method: "POST", headers, body, signal }))) as Restored;
}

function HowFar({ token }: { readonly token: string }) {
  const { words, language } = useLanguage();
  const { restore } = words.enter;
  const { data } = useQuery({
    queryKey: ["house", "restore", token],
    queryFn: () => answer(api.house.restore.$get({ header: { "placard-setup": token } })),
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });
  const { step = "none", done = 0, total = 0 } = data ?? {};
  const size = (bytes: number): string => sizeOf(language, bytes);
  const number = (count: number): string => new Intl.NumberFormat(language).format(count);
  const said = {
    none: restore.trying,
    restoring: fill(restore.sending, { done: size(done), total: size(total) }),
    checking: fill(restore.checking, { done: number(done), total: number(total) }),
  }[step];
  return (
    <div>
      <p role="status">{said}</p>
      <progress className="how-far" max={total || 1} value={done} aria-label={restore.title} />
    </div>
  );
}

function IsBack({ restored, onGoOn }: { readonly restored: Restored; readonly onGoOn: () => void }) {
  const { words, language } = useLanguage();
  const { restore } = words.enter;
  const { name, madeAt, holds, hasMembers } = restored;
  return (
    <Page title={fill(restore.done, { name, date: dayOf(language, madeAt) })} width="narrow">
      <p>{holds ? restore.holds : restore.doesNotHold}</p>
      <div>
        {hasMembers ? (
          <LinkButton to="/sign-in">{restore.signIn}</LinkButton>
        ) : (
          <Button onClick={onGoOn}>{restore.goOn}</Button>
        )}
      </div>
    </Page>
  );
}
