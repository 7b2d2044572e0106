/** What is to be saved: links in a field, files beside it. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { ChosenFiles, TakenFiles } from "./file-lists.tsx";
import { useFiles } from "./files.ts";
import { isRefusal, newKey, send } from "./outbox.ts";
import { savedQuery } from "./queries.ts";
import "@mantine/dropzone/styles.css";

interface Filled {
  readonly links: string;
  readonly caseName: string;
  readonly note: string;
  readonly from: string;
}

const termsOf = ({ caseName, note }: Filled) => ({
  ...(caseName === "" ? {} : { caseName }),
  ...(note === "" ? {} : { note }),
});

interface SaveFormParts {
  /** To begin with. */
  readonly links: string;
  /** Who saves. */
  readonly actor: string;
  /** The links are on their way, or kept on this device until they can be. */
  readonly onSaved: () => void;
  readonly onSettled: () => void;
}

export function SaveForm({ links, actor, onSaved, onSettled }: SaveFormParts) {
  const { save } = useWords();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const choose = useRef<() => void>(null);
  const files = useFiles();
  const [round, setRound] = useState(0);
  const letGo = (): void => {
    setRound((before) => before + 1);
    onSaved();
  };
  const sendLinks = async (filled: Filled): Promise<void> => {
    try {
      await send({ key: newKey(), actor, text: filled.links, ...termsOf(filled) });
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
      return files.handIn({ from: filled.from, ...termsOf(filled) });
    },
    onSuccess: (isAllTaken) => {
      // What is said of the files stays while one of them is still to be handed in.
      if (!isAllTaken) return;
      form.current?.reset();
      onSaved();
    },
    onSettled: () => {
      onSettled();
      void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
    },
  });
  const submit = (data: FormData): void => {
    const text = (name: string): string => String(data.get(name) ?? "").trim();
    const filled = { links: text("links"), caseName: text("case"), note: text("note"), from: text("from") };
    if (filled.links !== "" || files.chosen.length > 0) sending.mutate(filled);
  };
  return (
    <form
      ref={form}
      className="sheet main stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <Dropzone
        openRef={choose}
        onDrop={files.choose}
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
          defaultValue={links}
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
      <details className="more">
        <summary>{save.more}</summary>
        <div className="stack">
          <TextInput name="case" maxLength={200} label={save.case} description={save.caseHint} />
          <Textarea name="note" maxLength={5000} autosize minRows={2} label={save.note} description={save.noteHint} />
        </div>
      </details>
      <Trouble error={sending.error} />
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
