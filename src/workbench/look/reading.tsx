/** The text in a picture, read by machine when that is asked for; the links and handles in it can be saved. Covered, as posts are. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answer, api } from "../api.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { fill } from "../words/words.ts";
import { Cover } from "./cover.tsx";
import "./reading.css";

interface ReadingParts extends Picture {
  /** Where what is saved of it shows itself on this very screen. */
  readonly isListedHere?: boolean;
}

interface Picture {
  readonly id: string;
  /** As the exhibit names it. */
  readonly file: string;
}

const readOf = ({ id, file }: Picture) => answer(api.exhibits[":id"].reading.$post({ param: { id }, json: { file } }));
type Read = Awaited<ReturnType<typeof readOf>>;

export function Reading({ isListedHere = false, ...picture }: ReadingParts) {
  const { reading } = useWords().evidence;
  const may = useMay();
  const asking = useMutation({ mutationFn: () => readOf(picture) });
  if (!may("POST /api/exhibits/:id/reading")) return null;
  if (asking.data === undefined)
    return (
      <div className="stack">
        <Trouble error={asking.error} />
        <div>
          <Button variant="default" disabled={asking.isPending} onClick={() => asking.mutate()}>
            {reading.ask}
          </Button>
        </div>
        <p className="small quiet" role="status">
          {asking.isPending ? reading.underWay : reading.what}
        </p>
      </div>
    );
  return (
    <section className="stack" aria-label={reading.title}>
      <p>
        <strong>{reading.title}</strong>
      </p>
      <p className="quiet" role="status">
        {reading.mayBeWrong}
      </p>
      <Cover>{() => <Found read={asking.data} isListedHere={isListedHere} />}</Cover>
    </section>
  );
}

interface FoundParts {
  readonly read: Read;
  readonly isListedHere: boolean;
}

function Found({ read, isListedHere }: FoundParts) {
  const { reading } = useWords().evidence;
  const { text, isCut, links, handles } = read;
  return (
    <>
      {text === "" ? <p className="quiet">{reading.nothing}</p> : <Lines text={text} />}
      {isCut ? <p className="small quiet">{reading.cut}</p> : null}
      {links.length === 0 ? null : (
        <ul className="lines found">
          {links.map((url) => (
            <Line key={url} what={url}>
              <SaveIt url={url} label={reading.save} isListedHere={isListedHere} />
            </Line>
          ))}
        </ul>
      )}
      {handles.length === 0 ? null : (
        <>
          <p className="small quiet">{reading.handles}</p>
          <ul className="lines found">
            {handles.map(({ handle, places }) => (
              <Line key={handle} what={handle}>
                {places.map(({ name, url }) => (
                  <SaveIt
                    key={url}
                    url={url}
                    label={fill(reading.saveOn, { place: name })}
                    isListedHere={isListedHere}
                  />
                ))}
              </Line>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Each line has a direction of its own. */
function Lines({ text }: { readonly text: string }) {
  const lines = text.split("\n").map((line, n) => ({ line, n }));
  return (
    <blockquote className="said read">
      {lines.map(({ line, n }) => (
        <p key={n} dir="auto">
          {line}
        </p>
      ))}
    </blockquote>
  );
}

function Line({ what, children }: { readonly what: string; readonly children: ReactNode }) {
  return (
    <li className="line">
      <bdi dir="ltr" className="line-what">
        {what}
      </bdi>
      <span className="row">{children}</span>
    </li>
  );
}

interface SaveItParts {
  readonly url: string;
  readonly label: string;
  readonly isListedHere: boolean;
}

function SaveIt({ url, label, isListedHere }: SaveItParts) {
  const { reading } = useWords().evidence;
  const saving = useMutation({ mutationFn: () => answer(api.captures.$post({ json: { links: [url] } })) });
  if (saving.isSuccess && isListedHere)
    return (
      <span role="status" className="small quiet">
        {reading.savingHere}
      </span>
    );
  if (saving.isSuccess)
    return (
      <LinkButton to="/save" variant="subtle" size="sm">
        {reading.saving}
      </LinkButton>
    );
  return (
    <>
      <Trouble error={saving.error} />
      <Button
        variant="default"
        size="sm"
        aria-label={[label, url].join(": ")}
        disabled={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {label}
      </Button>
    </>
  );
}
