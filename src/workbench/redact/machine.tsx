/** A machine looks through the picture, part by part; it can be stopped after each. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { counted, fill } from "../words/words.ts";
import type { Proposal } from "./queries.ts";

interface MachineParts {
  readonly id: string;
  readonly parts: number;
  readonly words: readonly string[];
  readonly onFound: (proposals: readonly Proposal[]) => void;
}

export function Machine({ id, parts, words, onFound }: MachineParts) {
  const { language, words: said } = useLanguage();
  const { redact } = said;
  const [part, setPart] = useState(0);
  const isStopped = useRef(false);
  const looking = useMutation({
    mutationFn: async () => {
      isStopped.current = false;
      let [found, isCut] = [0, false];
      for (let n = 0; n < parts && !isStopped.current; n++) {
        setPart(n);
        const json = { part: n, words: [...words] };
        const here = await answer(api.exhibits[":id"].redaction.proposals.$post({ param: { id }, json }));
        onFound(here.proposals);
        found += here.proposals.length;
        isCut ||= here.isCut;
      }
      return { found, isCut };
    },
  });
  return (
    <div className="stack">
      <Trouble error={looking.error} />
      <div className="row">
        <Button variant="default" disabled={looking.isPending} onClick={() => looking.mutate()}>
          {redact.look}
        </Button>
        {looking.isPending ? (
          <Button
            variant="default"
            onClick={() => {
              isStopped.current = true;
            }}
          >
            {redact.stop}
          </Button>
        ) : null}
      </div>
      <p className="small quiet">{redact.lookWhat}</p>
      <p role="status">
        {looking.isPending ? fill(redact.looking, { n: part + 1, count: parts }) : null}
        {looking.data === undefined || looking.isPending ? null : counted(language, redact.looked, looking.data.found)}
        {looking.data?.isCut === true && !looking.isPending ? ` ${redact.lookCut}` : null}
      </p>
    </div>
  );
}
