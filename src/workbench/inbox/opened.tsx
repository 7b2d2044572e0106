/** What one sender sent, uncovered, and what can be done with it. */
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { momentOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { Deciding } from "./deciding.tsx";
import { Links } from "./links.tsx";
import { Pictures } from "./pictures.tsx";
import { type Sent, sentQuery, useDoing } from "./queries.ts";

export function Opened({ sentRef }: { readonly sentRef: string }) {
  const { inbox, shell } = useLanguage().words;
  const { data, error } = useQuery(sentQuery(sentRef));
  const [caseName, setCase] = useState("");
  if (data === undefined) return error === null ? <p role="status">{shell.opening}</p> : <Trouble error={error} />;
  const canTake = data.state === "waiting" || data.state === "taken";
  const hasMore = data.parts.some(({ standing }) => standing === "waiting");
  return (
    <div className="stack opened">
      <Messages sent={data} />
      {canTake && hasMore ? (
        <TextInput
          className="sent-case"
          maxLength={200}
          label={inbox.case}
          description={inbox.caseHint}
          value={caseName}
          onChange={(event) => setCase(event.currentTarget.value)}
        />
      ) : null}
      <Links sent={data} caseName={caseName} canTake={canTake} />
      <Pictures sent={data} caseName={caseName} canTake={canTake} />
      <Deciding sent={data} />
    </div>
  );
}

function Messages({ sent: { ref, messages, contact } }: { readonly sent: Sent }) {
  const { language, words } = useLanguage();
  const { inbox } = words;
  const erasing = useDoing(() => answer(api.inbox[":ref"].contact.$delete({ param: { ref } })));
  return (
    <>
      {messages.length === 0 ? null : (
        <section className="stack" aria-label={inbox.said}>
          <h4>{inbox.said}</h4>
          {messages.map(({ at, text }) => (
            <div key={at + text}>
              <p className="quiet small">{fill(inbox.row, { date: momentOf(language, at) })}</p>
              <blockquote className="said" dir="auto">
                {text}
              </blockquote>
            </div>
          ))}
        </section>
      )}
      {contact === undefined ? null : (
        <section aria-label={inbox.contact}>
          <h4>{inbox.contact}</h4>
          <div className="row">
            <bdi className="sent-contact">{contact}</bdi>
            <Button variant="subtle" size="sm" onClick={() => erasing.mutate(undefined)}>
              {inbox.contactErase}
            </Button>
          </div>
          <p className="quiet small">{inbox.contactWhy}</p>
          <Trouble error={erasing.error} />
        </section>
      )}
    </>
  );
}
