/** The next letter: chosen, read, and only then agreed to, as it was read. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer } from "../api.ts";
import { onFilled } from "../form.ts";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { of, type Question, useDeed } from "./queries.ts";
import "../style/fields.css";

const CHANNELS = ["email", "post", "handed", "public"] as const;
type Channel = (typeof CHANNELS)[number];

interface Wanted {
  readonly channel: Channel;
  readonly by: string;
  readonly address?: string;
  readonly post?: string;
}

interface LetterParts {
  readonly question: Question;
  /** Whether it can go by e-mail from here. */
  readonly mail: boolean;
}

export function NextLetter({ question, mail }: LetterParts) {
  const { letter: words } = useWords().ask;
  const { noLetter } = question;
  return (
    <section className="sheet main stack" aria-labelledby="letter">
      <h2 id="letter">{words.title}</h2>
      {noLetter === undefined ? (
        <Choose question={question} mail={mail} />
      ) : (
        <p>
          <Spoken english={noLetter.text} told={noLetter.told} />
        </p>
      )}
    </section>
  );
}

function Choose({ question: { id, by }, mail }: LetterParts) {
  const { letter: words, channels } = useWords().ask;
  const [channel, choose] = useState<Channel>(mail ? "email" : "post");
  const showing = useMutation({
    mutationFn: async (json: Wanted) => ({
      json,
      written: await answer(of.letters.preview.$post({ param: { id }, json })),
    }),
  });
  const agreeing = useDeed(id, (json: Wanted) => answer(of.letters.$post({ param: { id }, json })));
  const { data: shown } = showing;
  const given = (name: string, value: string): Partial<Wanted> => (value.trim() === "" ? {} : { [name]: value.trim() });
  return (
    <form
      className="stack"
      // What was read is what is agreed to: a change is shown anew.
      onChange={() => showing.reset()}
      onSubmit={onFilled((filled) =>
        showing.mutate({
          channel,
          by: filled("by"),
          ...(channel === "email" ? given("address", filled("address")) : {}),
          ...given("post", filled("post")),
        }),
      )}
    >
      <NativeSelect
        label={words.channel}
        value={channel}
        onChange={(event) => choose(event.currentTarget.value as Channel)}
        data={CHANNELS.filter((one) => one !== "email" || mail).map((value) => ({ value, label: channels[value] }))}
      />
      <TextInput name="by" type="date" label={words.by} defaultValue={by} required />
      {channel === "email" ? (
        <TextInput
          name="address"
          type="email"
          label={words.address}
          description={words.addressWhat}
          required
          maxLength={300}
          dir="ltr"
        />
      ) : null}
      <TextInput name="post" label={words.post} required={!mail} maxLength={300} dir="auto" />
      <Trouble error={showing.error ?? agreeing.error} />
      {shown === undefined ? (
        <div>
          <Button type="submit" disabled={showing.isPending}>
            {words.show}
          </Button>
        </div>
      ) : (
        <>
          <h3>{words.shown}</h3>
          <blockquote
            className="question-text sheet"
            lang={shown.written.language}
            dir={shown.written.language === "he" ? "rtl" : "ltr"}
          >
            {`${shown.written.subject}\n\n${shown.written.text}`}
          </blockquote>
          <div>
            <Button disabled={agreeing.isPending} onClick={() => agreeing.mutate(shown.json)}>
              {shown.json.channel === "email" ? words.sends : words.agree}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
