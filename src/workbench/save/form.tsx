/** What is to be saved: links in a field, files beside it. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { AgainTimes, againIn, timesOf } from "../again/times.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { draftOf, keepDraft } from "../offline/drafts.ts";
import { keptFiles, newKey } from "../offline/kept-files.ts";
import { ChosenFiles, TakenFiles } from "./file-lists.tsx";
import { useFiles } from "./files.ts";
import { isRefusal, send } from "./outbox.ts";
import { savedQuery } from "./queries.ts";
import { Under } from "./under.tsx";
import "@mantine/dropzone/styles.css";

interface Filled {
  readonly links: string;
  readonly caseName: string;
  readonly note: string;
  readonly from: string;
  /** When it is to be looked at again (again/times.tsx); empty where it is not. */
  readonly again: string;
  /** Empty where it is seen as anybody sees it. */
  readonly session: string;
}

const termsOf = ({ caseName, note }: Filled) => ({
  ...(caseName === "" ? {} : { caseName }),
  ...(note === "" ? {} : { note }),
});

/** The fields of the form in which one writes, as they are kept while nothing has been sent. */
const WRITTEN = ["links", "case", "note"] as const;
const DRAFT = "save";

interface SaveFormParts {
  /** To begin with. */
  readonly links: string;
  /** Who saves. */
  readonly actor: string;
  /** Whether the phone has shared files; they lie on this device. */
  readonly hasFiles: boolean;
  /** The links are on their way, or kept on this device until they can be. */
  readonly onSaved: () => void;
  readonly onSettled: () => void;
}

export function SaveForm({ links, actor, hasFiles, onSaved, onSettled }: SaveFormParts) {
  const { save, evidence } = useWords();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const choose = useRef<() => void>(null);
  const files = useFiles(actor);
  const [round, setRound] = useState(0);
  const [draft, setDraft] = useState(() => draftOf(actor, DRAFT));
  const addShared = useEffectEvent(async () => files.add(await keptFiles(null)));
  useEffect(() => {
    if (hasFiles) void addShared();
  }, [hasFiles]);
  const letGo = (): void => {
    setRound((before) => before + 1);
    setDraft({});
    keepDraft(actor, DRAFT, {});
    onSaved();
  };
  const sendLinks = async (filled: Filled): Promise<void> => {
    try {
      const { links: text, session } = filled;
      const again = timesOf(filled.again);
      const terms = { ...termsOf(filled), ...(again === undefined ? {} : { again }) };
      await send({ key: newKey(), actor, text, ...terms, ...(session === "" ? {} : { session }) });
    } catch (error) {
      // Kept under its key: left in the field, a second press would save it twice.
      if (!isRefusal(error)) letGo();
      throw error;
    }
    letGo();
  };
  const sending = useMutation({
    mutationFn: async (filled: Filled) => {
      // First: what is kept on this device must not be sent a second time because a file found no answer.
      if (filled.links !== "") await sendLinks(filled);
      const { from, again } = filled;
      return files.handIn({ from, ...termsOf(filled), ...(again === "" ? {} : { again }) });
    },
    onSuccess: (isNoneLeft) => {
      // What is said of the files stays while one of them is still to be handed in.
      if (!isNoneLeft) return;
      keepDraft(actor, DRAFT, {});
      setDraft({});
      form.current?.reset();
      onSaved();
    },
    onSettled: () => {
      onSettled();
      void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
    },
  });
  const keepWritten = ({ currentTarget }: FormEvent<HTMLFormElement>): void => {
    const data = new FormData(currentTarget);
    const written = Object.fromEntries(WRITTEN.map((name) => [name, String(data.get(name) ?? "")]));
    keepDraft(actor, DRAFT, { ...written, again: againIn(data) });
  };
  const submit = (data: FormData): void => {
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const filled = {
      links: text("links"),
      caseName: text("case"),
      note: text("note"),
      from: text("from"),
      again: againIn(data),
      session: text("session"),
    };
    if (filled.links !== "" || files.chosen.length > 0) sending.mutate(filled);
  };
  return (
    <form
      ref={form}
      className="sheet main stack"
      onInput={keepWritten}
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <Dropzone
        openRef={choose}
        onDrop={files.choose}
        // It is reached by the button, and would be called so in English.
        inputProps={{ "aria-hidden": true }}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        className="drop"
        unstyled
      >
        <Textarea
          // Made anew for other links, and empty once they were sent.
          key={`${round} ${links}`}
          name="links"
          defaultValue={links === "" ? draft["links"] : links}
          label={save.links}
          description={save.linksHint}
          autosize
          minRows={2}
          maxRows={12}
          autoCapitalize="off"
          spellCheck={false}
          dir="auto"
          inputWrapperOrder={["label", "description", "input", "error"]}
        />
      </Dropzone>
      {files.chosen.length === 0 ? null : (
        <div className="stack">
          <ChosenFiles chosen={files.chosen} leaveOut={files.leaveOut} isSending={sending.isPending} />
          <TextInput name="from" required maxLength={200} label={save.from} description={save.fromHint} />
        </div>
      )}
      <AgainTimes chosen={draft["again"] ?? ""} why={evidence.again.plan.why} />
      <CaseAndNote draft={draft} />
      <Under />
      <Trouble error={sending.error ?? files.whyKept} />
      <div role="status">
        <TakenFiles taken={files.taken} />
      </div>
      <div className="row">
        <Button type="submit" disabled={sending.isPending}>
          {save.send}
        </Button>
        <Button variant="default" onClick={() => choose.current?.()}>
          {save.choose}
        </Button>
      </div>
    </form>
  );
}

function CaseAndNote({ draft }: { readonly draft: ReturnType<typeof draftOf> }) {
  const { save } = useWords();
  const { case: caseName = "", note = "" } = draft;
  return (
    <details className="more" open={caseName + note !== ""}>
      <summary>{save.more}</summary>
      <div className="stack">
        <TextInput name="case" defaultValue={caseName} maxLength={200} label={save.case} description={save.caseHint} />
        <Textarea
          name="note"
          defaultValue={note}
          maxLength={5000}
          autosize
          minRows={2}
          label={save.note}
          description={save.noteHint}
        />
      </div>
    </details>
  );
}
