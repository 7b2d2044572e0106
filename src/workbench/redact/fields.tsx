/** What is told of a post besides its picture: a switch each, the words that may be read nowhere, and what would come of it. */
import { Switch, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { Cover } from "../look/cover.tsx";
import type { Words } from "../words/words.ts";
import { fill } from "../words/words.ts";
import { previewQuery } from "./queries.ts";
import "../look/known.css";
import "../style/fields.css";

/** Fields by name, as people call them; others as they are sealed. */
function namesOf({ redact, told }: Words): Readonly<Record<string, string>> {
  return { ...told.facts, ...redact.names };
}

/** What people ask about, who comes first. */
const MAIN =
  "author handle title postText postedAt editedAt platform url finalUrl replyTo likes reposts replies views".split(" ");

interface FieldsParts {
  readonly fields: readonly string[];
  readonly withheld: ReadonlySet<string>;
  readonly onChange: (withheld: ReadonlySet<string>) => void;
}

export function Fields({ fields, withheld, onChange }: FieldsParts) {
  const words = useWords();
  const { redact } = words;
  const names = namesOf(words);
  const toggle = (name: string, isTold: boolean): void => {
    const next = new Set(withheld);
    if (isTold) next.delete(name);
    else next.add(name);
    onChange(next);
  };
  const lines = (some: readonly string[]) =>
    some.map((name) => (
      <Switch
        key={name}
        className="switch"
        labelPosition="left"
        withThumbIndicator={false}
        label={fill(redact.tellIt, { name: names[name] ?? name })}
        checked={!withheld.has(name)}
        onChange={(event) => toggle(name, event.currentTarget.checked)}
      />
    ));
  const told = MAIN.filter((name) => fields.includes(name));
  const technical = fields.filter((name) => !told.includes(name));
  return (
    <section className="stack" aria-labelledby="redact-fields">
      <h2 id="redact-fields">{redact.fields}</h2>
      <p className="small quiet">{redact.fieldsWhat}</p>
      <div>{lines(told)}</div>
      {technical.length === 0 ? null : (
        <details className="more">
          <summary>{redact.technical}</summary>
          {lines(technical)}
        </details>
      )}
    </section>
  );
}

interface WithheldWordsParts {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function WithheldWords({ value, onChange }: WithheldWordsParts) {
  const { redact } = useWords();
  return (
    <Textarea
      label={redact.words}
      description={redact.wordsHint}
      autosize
      minRows={2}
      maxLength={20_000}
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PreviewParts {
  readonly id: string;
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

export function Preview({ id, fields, words }: PreviewParts) {
  const { redact } = useWords();
  const asked = useDeferredValue({ fields, words });
  const { data, error } = useQuery(previewQuery(id, asked));
  return (
    <section className="stack" aria-labelledby="redact-preview">
      <h2 id="redact-preview">{redact.preview}</h2>
      <Trouble error={error} />
      <Cover>
        {() => (
          <dl className="facts">
            {data?.fields.map((field) => (
              <Told key={field.name} field={field} />
            ))}
          </dl>
        )}
      </Cover>
    </section>
  );
}

interface ToldParts {
  readonly field: {
    readonly name: string;
    readonly state: "shown" | "chosen" | "told";
    readonly value?: string | undefined;
  };
}

function Told({ field: { name, state, value } }: ToldParts) {
  const { words } = useLanguage();
  const { redact } = words;
  return (
    <div>
      <dt>
        <bdi>{namesOf(words)[name] ?? name}</bdi>
      </dt>
      {state === "shown" ? (
        <dd dir="auto">{value}</dd>
      ) : (
        <dd className="quiet">{state === "told" ? redact.told : redact.withheld}</dd>
      )}
    </div>
  );
}
