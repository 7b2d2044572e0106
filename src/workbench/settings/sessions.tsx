/** Sessions for captures: which there are, and the window in which one is begun. */
import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.css";
import "@mantine/core/styles/InlineInput.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, Problem } from "../api.ts";
import { onFilled } from "../form.ts";
import { useGoing } from "../frame/going.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { dayOf } from "../words/dates.ts";
import { counted, fill } from "../words/words.ts";
import { captureSessionsQuery } from "./queries.ts";
import { Section } from "./section.tsx";

/** Typed as it stands, in every language. */
const COMMAND = "placard session login NAME URL --hide NAME";
/** Milliseconds between two looks at a window that is open. */
const LOOK = 2_000;

export function CaptureSessions() {
  const { sessions } = useWords().settings;
  const { data, error } = useQuery({
    ...captureSessionsQuery,
    refetchInterval: ({ state }) => (state.data?.window?.state === "open" ? LOOK : false),
  });
  return (
    <Section id="sessions" title={sessions.title} lead={sessions.lead}>
      <Trouble error={error} />
      {data?.sessions.length === 0 ? <p>{sessions.none}</p> : null}
      <Kept />
      <p className="small quiet">{sessions.use}</p>
      {data === undefined ? null : data.here ? (
        <Opening />
      ) : (
        <div>
          <p>{sessions.notHere}</p>
          <p>
            <code className="mono settings-command">{COMMAND}</code>
          </p>
        </div>
      )}
      <Window />
    </Section>
  );
}

function useLook() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: captureSessionsQuery.queryKey });
}

function Kept() {
  const { language, words } = useLanguage();
  const { settings } = words;
  const { sessions } = settings;
  const { data } = useQuery(captureSessionsQuery);
  const going = useGoing();
  const removing = useMutation({
    mutationFn: ({ id }: { readonly id: string; readonly name: string }) =>
      answer(api["capture-sessions"][":name"].$delete({ param: { name: id } })),
    onMutate: ({ name }) => going.leaves(fill(words.shell.removed, { name })),
    onSuccess: useLook(),
    onError: going.stays,
  });
  const rows = [
    ...(data?.sessions ?? []).map(({ name, site, hides, signedInAt }) => ({
      id: name,
      name,
      said: `${fill(sessions.since, { site, date: dayOf(language, signedInAt) })} · ${hides === 0 ? sessions.hidesNone : counted(language, sessions.hides, hides)}`,
    })),
    ...(data?.damaged ?? []).map(({ id }) => ({ id, name: id.slice(0, 8), said: sessions.damaged })),
  ];
  return (
    <>
      <ul ref={going.list} className="lines" aria-labelledby="sessions">
        {rows.map(({ id, name, said }) => (
          <li key={id} className="line">
            <div className="line-what">
              <strong>
                <bdi>{name}</bdi>
              </strong>
              <span className="small quiet">{said}</span>
            </div>
            <Button
              variant="subtle"
              aria-label={fill(sessions.removeOf, { name })}
              onClick={() => removing.mutate({ id, name })}
            >
              {settings.remove}
            </Button>
          </li>
        ))}
      </ul>
      <span role="status">{going.said}</span>
      <Trouble error={removing.error} />
    </>
  );
}

function Opening() {
  const { sessions } = useWords().settings;
  const [hidesNothing, setHidesNothing] = useState(false);
  const opening = useMutation({
    mutationFn: (json: { name: string; url: string; hide?: string[]; hideNothing?: boolean }) =>
      answer(api["capture-sessions"].$post({ json })),
    onSettled: useLook(),
  });
  return (
    <form
      className="stack settings-form"
      onSubmit={onFilled((filled) => {
        const hide = filled("hide")
          .split("\n")
          .map((name) => name.trim())
          .filter((name) => name !== "");
        const hiding = hidesNothing ? { hideNothing: true } : { hide };
        opening.mutate({ name: filled("name").trim(), url: filled("url").trim(), ...hiding });
      })}
    >
      <TextInput name="name" required maxLength={64} dir="ltr" label={sessions.name} description={sessions.nameWhy} />
      <TextInput name="url" type="url" required dir="ltr" label={sessions.url} />
      <Textarea
        name="hide"
        required={!hidesNothing}
        disabled={hidesNothing}
        autosize
        minRows={2}
        dir="auto"
        autoCapitalize="off"
        spellCheck={false}
        label={sessions.hide}
        description={sessions.hideWhy}
      />
      <Checkbox
        label={sessions.hideNothing}
        description={sessions.hideNothingWhy}
        checked={hidesNothing}
        onChange={({ currentTarget }) => setHidesNothing(currentTarget.checked)}
      />
      <Trouble error={opening.error} />
      <div>
        <Button type="submit" disabled={opening.isPending}>
          {sessions.open}
        </Button>
      </div>
    </form>
  );
}

function Window() {
  const { sessions } = useWords().settings;
  const { data } = useQuery(captureSessionsQuery);
  const window = data?.window;
  const closing = useMutation({ mutationFn: () => answer(api["capture-window"].$delete()), onSettled: useLook() });
  if (window === undefined) return <div role="status" />;
  const said = { open: sessions.isOpen, kept: sessions.wasKept, failed: sessions.wasNot }[window.state];
  const { problem } = window;
  return (
    <div className="stack">
      <p role="status">{fill(said, { name: window.name })}</p>
      {problem === undefined ? null : <Trouble error={new Problem(problem.code, problem.message, problem)} />}
      {window.state === "open" ? (
        <div>
          <Button variant="default" disabled={closing.isPending} onClick={() => closing.mutate()}>
            {sessions.giveUp}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
