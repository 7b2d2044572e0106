/** Asking: to whom, what, on which posts it stands, and by when. Sealed as it is; nothing is sent by it. */
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { answer, api } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { questionsQuery } from "../questions/queries.ts";
import { isLanguage, LANGUAGES } from "../words/words.ts";
import "../style/fields.css";

const route = getRouteApi("/members/questions/ask");
const PROMISE = "The reply will be published whole.";
const DAY = 86_400_000;
/** A fortnight and a little: more than the least there is. */
const USUAL_DAYS = 16;

export function AskScreen() {
  const { words, language } = useLanguage();
  const { form } = words.ask;
  const { ids = [] } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { data: terms } = useQuery(questionsQuery);
  const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const asking = useMutation({
    mutationFn: (filled: Filled) => answer(api.questions.$post({ json: askedIn(filled) })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: questionsQuery.queryKey });
      await navigate({ to: "/questions/$id", params: { id } });
    },
  });
  return (
    <Page title={form.title} lead={form.lead}>
      <form className="sheet main stack" onSubmit={onFilled((filled) => asking.mutate(filled))}>
        <TextInput name="name" label={form.name} required maxLength={300} dir="auto" />
        <TextInput name="office" label={form.office} required maxLength={300} dir="auto" />
        <TextInput name="organization" label={form.organization} required maxLength={300} dir="auto" />
        <TextInput
          name="timeZone"
          label={form.timeZone}
          description={form.timeZoneWhat}
          defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
          required
          maxLength={64}
          dir="ltr"
        />
        <NativeSelect
          name="language"
          label={form.language}
          defaultValue={language}
          data={Object.entries(LANGUAGES).map(([value, { own }]) => ({ value, label: own }))}
        />
        <Textarea name="text" label={form.text} required maxLength={20_000} autosize minRows={4} dir="auto" />
        <Textarea
          name="exhibits"
          label={form.exhibits}
          description={form.exhibitsWhat}
          defaultValue={ids.join("\n")}
          autosize
          minRows={1}
          dir="ltr"
        />
        <TextInput
          name="by"
          type="date"
          label={form.by}
          defaultValue={day(USUAL_DAYS)}
          min={day(terms?.noticeDays ?? USUAL_DAYS)}
          required
        />
        <NativeSelect name="mostLetters" label={form.mostLetters} defaultValue="3" data={["1", "2", "3", "4", "5"]} />
        <p>
          {form.promise}{" "}
          <bdi lang="en">
            <strong>{PROMISE}</strong>
          </bdi>
        </p>
        <Trouble error={asking.error} />
        <div>
          <Button type="submit" disabled={asking.isPending}>
            {form.seal}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function askedIn(filled: Filled) {
  const language = filled("language");
  return {
    kind: "question" as const,
    to: {
      person: { name: filled("name") },
      post: { label: filled("office") },
      organization: { name: filled("organization") },
    },
    timeZone: filled("timeZone").trim(),
    language: isLanguage(language) ? language : "en",
    text: filled("text"),
    exhibits: filled("exhibits").split(/\s+/).filter(Boolean),
    by: filled("by"),
    mostLetters: Number(filled("mostLetters")),
  };
}
