/** A case is called otherwise, or put together with another: each of its posts is filed anew, as many are on Find. */
import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { counted, fill } from "../words/words.ts";
import { HowFar } from "./how-far.tsx";
import type { useInParts } from "./in-parts.ts";
import "../style/fields.css";
import "../look/erase.css";

const LONGEST_CASE = 200;

export interface CaseThere {
  readonly name: string;
  readonly exhibits: number;
}

export interface Renamed {
  readonly from: CaseThere;
  readonly to: string;
}

interface RenameParts {
  readonly one: CaseThere;
  readonly others: readonly CaseThere[];
  readonly isBusy: boolean;
  readonly rename: (renamed: Renamed) => void;
}

export function RenameCase(parts: RenameParts) {
  const { cases } = useWords().find;
  const { one, isBusy } = parts;
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="default"
        disabled={isBusy}
        aria-label={fill(cases.renameOf, { name: one.name })}
        onClick={() => setAsking(true)}
      >
        {cases.rename}
      </Button>
      {isAsking ? <Asking {...parts} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function Asking({ one, others, rename, onClose }: RenameParts & { readonly onClose: () => void }) {
  const { cases, many, filedNote } = useWords().find;
  const { name } = one;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  /** Of that name there is one already: asked for before the two are put together. */
  const [there, setThere] = useState<CaseThere>();
  const close = (): void => dialog.current?.close();
  const start = (to: string): void => {
    close();
    rename({ from: one, to });
  };
  const take = (typed: string): void => {
    const found = others.find((other) => other.name === typed);
    if (typed === name || typed === "") close();
    else if (found === undefined) start(typed);
    else setThere(found);
  };
  return (
    <dialog ref={dialog} className="sheet main ask" aria-labelledby="rename" onClose={onClose}>
      <form className="stack" onSubmit={onFilled((filled) => take(filled("name").trim()))}>
        <h2 id="rename">{fill(cases.renameOf, { name })}</h2>
        <TextInput
          name="name"
          label={cases.newName}
          defaultValue={name}
          required
          maxLength={LONGEST_CASE}
          autoComplete="off"
          dir="auto"
          disabled={there !== undefined}
        />
        {there === undefined ? (
          <div className="row">
            <Button type="submit">{cases.rename}</Button>
            <Button variant="default" onClick={close}>
              {many.close}
            </Button>
          </div>
        ) : (
          <Together there={there} onOther={() => setThere(undefined)} onTogether={() => start(there.name)} />
        )}
        <p className="small quiet">{cases.renameNote}</p>
        <p className="small quiet">{filedNote}</p>
      </form>
    </dialog>
  );
}

interface TogetherParts {
  readonly there: CaseThere;
  readonly onOther: () => void;
  readonly onTogether: () => void;
}

function Together({ there, onOther, onTogether }: TogetherParts) {
  const { language, words } = useLanguage();
  const { cases } = words.find;
  return (
    <div className="stack" role="group" aria-label={cases.together}>
      <p>
        {fill(cases.there, { name: there.name })} {counted(language, cases.thereWith, there.exhibits)}
      </p>
      <div className="row">
        <Button autoFocus onClick={onOther}>
          {cases.otherName}
        </Button>
        <Button variant="default" onClick={onTogether}>
          {cases.together}
        </Button>
      </div>
    </div>
  );
}

interface RenamingParts {
  readonly renamed: Renamed;
  readonly deeds: ReturnType<typeof useInParts>;
}

/** How far it is. The row goes that was pressed, so the focus comes here, and goes on to the screen's heading. */
export function Renaming({ renamed: { from, to }, deeds }: RenamingParts) {
  const { cases } = useWords().find;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const close = (): void => {
    deeds.forget();
    document.querySelector<HTMLElement>("main h1")?.focus();
  };
  return (
    <section className="sheet main stack" aria-labelledby="renaming">
      <h2 id="renaming" ref={heading} tabIndex={-1}>
        {fill(cases.renaming, { name: from.name, to })}
      </h2>
      <Trouble error={deeds.error} />
      <HowFar progress={deeds.progress} stop={deeds.stop} close={close} />
    </section>
  );
}
