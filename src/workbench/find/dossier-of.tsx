/** The report of a case, as a PDF or a web page, in the language of who asks. */
import { Button } from "@mantine/core";
import { Trouble } from "../frame/trouble.tsx";
import { useDownload } from "../keep/use-download.ts";
import { useLanguage } from "../language.tsx";
import { fill } from "../words/words.ts";

const FORMS = ["pdf", "html"] as const;

export function DossierOf({ name }: { readonly name: string }) {
  const { language, words } = useLanguage();
  const { dossier } = words.find.cases;
  const making = useDownload(dossier.done);
  return (
    <div className="dossier-of">
      <div className="row">
        {FORMS.map((form) => (
          <Button
            key={form}
            variant="default"
            disabled={making.isPending}
            aria-label={fill(dossier[`${form}Of`], { name })}
            onClick={() =>
              making.start({ path: `/api/dossier?${new URLSearchParams({ case: name, form, language })}` })
            }
          >
            {dossier[form]}
          </Button>
        ))}
      </div>
      <Trouble error={making.error} words={making.words} />
      <p role="status" className="small">
        {making.said}
      </p>
    </div>
  );
}
