/** The file for anyone of what may be shown. */
import { Button } from "@mantine/core";
import { useWords } from "../language.tsx";

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
