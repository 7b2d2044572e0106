/** What stands for the whole group: its language, its web address, in whose name it records. */
import { NativeSelect, TextInput } from "@mantine/core";
import { onFilled } from "../form.ts";
import { useWords } from "../language.tsx";
import { LANGUAGES, type Language } from "../words/words.ts";
import { type Settings, useChange } from "./queries.ts";
import { Keeping, Section } from "./section.tsx";

export function Group({ now }: { readonly now: Settings }) {
  const { group } = useWords().settings;
  const changing = useChange();
  const languages = Object.entries(LANGUAGES).map(([value, { own }]) => ({ value, label: own }));
  return (
    <Section id="group" title={group.title}>
      <form
        className="stack settings-form"
        onSubmit={onFilled((filled) =>
          changing.mutate({
            language: filled("language") as Language,
            site: filled("site").trim() || null,
            capturedBy: filled("capturedBy").trim() || null,
          }),
        )}
      >
        <NativeSelect
          name="language"
          label={group.language}
          description={group.languageWhy}
          defaultValue={now.language}
          data={languages}
        />
        <TextInput
          name="site"
          type="url"
          dir="ltr"
          maxLength={90}
          label={group.site}
          description={group.siteWhy}
          defaultValue={now.site ?? ""}
        />
        <TextInput
          name="capturedBy"
          dir="auto"
          maxLength={200}
          label={group.capturedBy}
          description={group.capturedByWhy}
          defaultValue={now.capturedBy ?? ""}
        />
        <Keeping changing={changing} />
      </form>
      <div>
        <h3>{group.browser}</h3>
        <p className={now.browser === undefined ? undefined : "mono"}>{now.browser ?? group.browserOwn}</p>
        <p className="quiet small">{group.browserWhy}</p>
      </div>
    </Section>
  );
}
