/** A case that another group handed out: its ZIP sent in, how far it is, and what came of each proof. */
import { Button, FileInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { isStopped } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { casesQuery } from "../queries.ts";
import { sizeOf } from "../words/sizes.ts";
import { counted, fill } from "../words/words.ts";
import { type Taken, takeCase } from "./take-case.ts";
import "../style/how-far.css";

export function TakeIn() {
  const { words, language } = useLanguage();
  const { taking: says } = words.keep;
  const queries = useQueryClient();
  const stop = useRef<AbortController>(null);
  const [file, setFile] = useState<File | null>(null);
  const [step, setStep] = useState<{ readonly done: number; readonly total: number }>();
  const taking = useMutation({
    mutationFn: (filled: Filled) => {
      stop.current = new AbortController();
      setStep(undefined);
      const { signal } = stop.current;
      return takeCase(file as File, filled("as").trim(), { signal, onStep: setStep });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: casesQuery.queryKey }),
  });
  const wasStopped = isStopped(taking.error);
  return (
    <section className="sheet stack" aria-labelledby="taking">
      <div>
        <h2 id="taking">{says.title}</h2>
        <p>{says.what}</p>
      </div>
      <form className="stack keep-form" onSubmit={onFilled((filled) => file !== null && taking.mutate(filled))}>
        <FileInput
          label={says.file}
          placeholder={file === null ? says.choose : `${file.name}, ${sizeOf(language, file.size)}`}
          accept=".zip,application/zip"
          value={file}
          onChange={setFile}
          disabled={taking.isPending}
        />
        <TextInput name="as" maxLength={200} label={says.as} description={says.asWhy} disabled={taking.isPending} />
        <Trouble error={wasStopped ? null : taking.error} />
        <div className="row">
          <Button type="submit" variant="default" disabled={taking.isPending || file === null}>
            {says.take}
          </Button>
          {taking.isPending ? (
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {says.stop}
            </Button>
          ) : null}
        </div>
        <p role="status">
          {wasStopped ? says.stopped : taking.isPending ? (step ? fill(says.step, step) : says.sending) : ""}
        </p>
        {taking.isPending && step !== undefined ? (
          <progress className="how-far" max={step.total || 1} value={step.done} aria-label={says.title} />
        ) : null}
      </form>
      {taking.data === undefined ? null : <Came taken={taking.data} />}
    </section>
  );
}

function Came({ taken }: { readonly taken: Taken }) {
  const { words, language } = useLanguage();
  const { taking: says } = words.keep;
  const { from, caseName, sealed, there, refused } = taken;
  return (
    <div className="stack" role="status">
      <p dir="auto">
        <strong>{fill(says.done, { from, case: caseName })}</strong>
      </p>
      <ul className="keep-where">
        <li>{counted(language, says.sealed, sealed)}</li>
        {there === 0 ? null : <li>{counted(language, says.there, there)}</li>}
        {refused.length === 0 ? null : (
          <li>
            {counted(language, says.refused, refused.length)}
            <ul>
              {refused.map(({ file, message, told }) => (
                <li key={file} dir="auto">
                  <bdi>{file}</bdi>: <Spoken english={message} told={told} />
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
      <div>
        <LinkButton to="/find" search={{ case: caseName }} variant="default">
          {says.look}
        </LinkButton>
      </div>
    </div>
  );
}
