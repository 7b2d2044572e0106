/** On a post's page: the way to what the public may see of it, and what was decided, for those who may decide. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LinkButton } from "../frame/link-button.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { redactionQuery } from "./queries.ts";

export function ForPublic({ id }: { readonly id: string }) {
  const { redact } = useWords();
  const may = useMay()("GET /api/exhibits/:id/redaction");
  const { data: redaction } = useQuery({ ...redactionQuery(id), enabled: may });
  if (!may) return null;
  return (
    <div className="row">
      <LinkButton to="/look/$id/public" params={{ id }} variant="default">
        {redact.open}
      </LinkButton>
      {redaction?.standing === undefined ? null : <RedactedProof id={id} />}
    </div>
  );
}

export function RedactedProof({ id }: { readonly id: string }) {
  const { redact } = useWords();
  return (
    <Button
      component="a"
      variant="default"
      href={`/api/exhibits/${id}/redaction/proof`}
      download={`${id}-redacted.placard`}
    >
      {redact.download}
    </Button>
  );
}
