/** Why the public should know, and which of the post's words are masked in what it is shown. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answer, api } from "../api.ts";
import { Posts } from "../care/covers.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { Cover } from "../look/cover.tsx";
import { useMay } from "../may.ts";
import { type Publication, useStep } from "./queries.ts";
import "../style/fields.css";

const of = api.exhibits[":id"];

export function NoteGate({ publication }: { readonly publication: Publication }) {
  const { note: words } = useWords().publish;
  const may = useMay();
  const { note } = publication.standing;
  const [isOpen, open] = useState(note === undefined);
  const mayWrite = may("POST /api/exhibits/:id/reasoned");
  return (
    <>
      <Quotation publication={publication} />
      {note === undefined || isOpen ? null : (
        <p className="kept-lines" dir="auto">
          {note.text}
        </p>
      )}
      {mayWrite && isOpen ? <Form publication={publication} /> : null}
      {mayWrite && !isOpen ? (
        <div>
          <Button variant="default" onClick={() => open(true)}>
            {words.anew}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Quotation({ publication: { id, quotation, standing } }: { readonly publication: Publication }) {
  const { note: words } = useWords().publish;
  if (standing.redaction === undefined) return null;
  if (quotation === null) return <p className="quiet">{words.noWords}</p>;
  return (
    <Posts value={[id]}>
      <h3>{words.quotation}</h3>
      <Cover>
        {() => (
          <blockquote className="kept-lines" dir="auto">
            {quotation}
          </blockquote>
        )}
      </Cover>
    </Posts>
  );
}

function Form({ publication: { id, masked, standing } }: { readonly publication: Publication }) {
  const { note: words } = useWords().publish;
  const { note } = standing;
  const listed = [...new Set([...masked, ...(note?.unmasked ?? []).map(({ word }) => word)])];
  const writing = useStep(id, (form: FormData) => {
    const unmasked = listed.flatMap((word, i) => {
      const why = String(form.get(`why-${i}`) ?? "").trim();
      return why === "" ? [] : [{ word, why }];
    });
    const more = String(form.get("masked") ?? "").split("\n");
    const json = { note: String(form.get("note")), masked: more.filter((line) => line.trim() !== ""), unmasked };
    return answer(of.reasoned.$post({ param: { id }, json }));
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    writing.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        name="note"
        label={words.label}
        description={words.hint}
        defaultValue={note?.text ?? ""}
        required
        minLength={20}
        maxLength={4000}
        autosize
        minRows={3}
      />
      <Textarea
        name="masked"
        label={words.more}
        description={words.moreHint}
        defaultValue={note?.masked.join("\n") ?? ""}
        autosize
        minRows={1}
      />
      {listed.length === 0 ? null : (
        <fieldset className="stack plain-fields">
          <legend>{words.masked}</legend>
          <Cover>
            {() =>
              listed.map((word, i) => (
                <TextInput
                  key={word}
                  name={`why-${i}`}
                  label={<bdi>{word}</bdi>}
                  placeholder={words.inFull}
                  defaultValue={note?.unmasked.find((one) => one.word === word)?.why ?? ""}
                  maxLength={1000}
                />
              ))
            }
          </Cover>
        </fieldset>
      )}
      <Trouble error={writing.error} />
      <div>
        <Button type="submit" disabled={writing.isPending}>
          {words.write}
        </Button>
      </div>
    </form>
  );
}
