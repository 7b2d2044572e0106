/** How a member wants things; each is kept as soon as it is chosen. */
import { NativeSelect, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { CarePreferences } from "../care/preferences.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { type Preferences, preferencesQuery } from "../queries.ts";
import { LANGUAGES, type Language } from "../words/words.ts";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "./preferences.css";

type Choose = (choice: Partial<Preferences>) => void;

export function PreferencesScreen() {
  const { preferences } = useWords().mine;
  const { data, error } = useQuery(preferencesQuery);
  const queries = useQueryClient();
  const keeping = useMutation({
    mutationFn: (json: Partial<Preferences>) => answer(api.me.preferences.$patch({ json })),
    onSuccess: (now) => queries.setQueryData(preferencesQuery.queryKey, now),
  });
  return (
    <Page title={preferences.title} lead={preferences.lead} width="narrow">
      <Trouble error={error ?? keeping.error} />
      {data === undefined ? null : (
        <>
          <Posts chosen={data} choose={keeping.mutate} />
          <CarePreferences chosen={data} choose={keeping.mutate} />
          <Screen chosen={data} choose={keeping.mutate} />
        </>
      )}
      <p role="status" className="quiet">
        {keeping.isSuccess ? preferences.saved : ""}
      </p>
    </Page>
  );
}

function Posts({ chosen, choose }: { readonly chosen: Preferences; readonly choose: Choose }) {
  const { preferences: words } = useWords().mine;
  const switches = [
    ["blur", words.blur, words.blurWhy],
    ["grey", words.grey, words.greyWhy],
    ["mute", words.mute, words.muteWhy],
  ] as const;
  return (
    <section className="sheet stack" aria-labelledby="posts">
      <h2 id="posts">{words.posts}</h2>
      {switches.map(([key, label, why]) => (
        <Switch
          key={key}
          className="switch"
          labelPosition="left"
          withThumbIndicator={false}
          label={label}
          description={why}
          checked={chosen[key]}
          onChange={(event) => choose({ [key]: event.currentTarget.checked })}
        />
      ))}
    </section>
  );
}

function optionsOf<Value extends string>(names: Readonly<Record<Value, string>>) {
  return Object.entries<string>(names).map(([value, label]) => ({ value: value as Value, label }));
}

function Screen({ chosen, choose }: { readonly chosen: Preferences; readonly choose: Choose }) {
  const { mine, enter } = useWords();
  const words = mine.preferences;
  const languages = Object.entries(LANGUAGES).map(([value, { own }]) => ({ value, label: own }));
  return (
    <section className="sheet stack" aria-labelledby="screen">
      <h2 id="screen">{words.screen}</h2>
      <NativeSelect
        label={enter.language}
        value={chosen.language}
        data={languages}
        onChange={(event) => choose({ language: event.currentTarget.value as Language })}
      />
      <NativeSelect
        label={words.theme}
        value={chosen.theme}
        data={optionsOf(words.themes)}
        onChange={(event) => choose({ theme: event.currentTarget.value as Preferences["theme"] })}
      />
      <NativeSelect
        label={words.motion}
        value={chosen.motion}
        data={optionsOf(words.motions)}
        onChange={(event) => choose({ motion: event.currentTarget.value as Preferences["motion"] })}
      />
    </section>
  );
}
