/** One case as a ZIP that others can use. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { casesQuery } from "../queries.ts";
import { counted, fill } from "../words/words.ts";
import { useDownload } from "./use-download.ts";

export function HandOut() {
  const { words, language } = useLanguage();
  const { keep } = words;
  const { data, error } = useQuery(casesQuery);
  const making = useDownload(keep.case.done);
  const options = data?.cases.map(({ name, exhibits }) => ({
    value: name,
    label: fill(counted(language, keep.case.option, exhibits), { name }),
  }));
  return (
    <section className="sheet stack" aria-labelledby="case">
      <div>
        <h2 id="case">{keep.case.title}</h2>
        <p>{keep.case.what}</p>
      </div>
      <Trouble error={error} />
      {options === undefined ? null : options.length === 0 ? (
        <p className="quiet">{keep.case.none}</p>
      ) : (
        <form
          className="stack keep-form"
          onSubmit={onFilled((filled) =>
            making.start({ path: `/api/case-folder?${new URLSearchParams({ case: filled("case") })}` }),
          )}
        >
          <NativeSelect name="case" label={keep.case.which} data={options} />
          <Trouble error={making.error} words={making.words} />
          <div>
            <Button type="submit" variant="default" disabled={making.isPending}>
              {keep.case.make}
            </Button>
          </div>
          <p role="status">{making.said}</p>
        </form>
      )}
    </section>
  );
}
