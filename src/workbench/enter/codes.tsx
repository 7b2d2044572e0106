/** Recovery codes, to be written down: shown once. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../language.tsx";

export function RecoveryCodes({
  codes,
  onWritten,
}: {
  readonly codes: readonly string[];
  readonly onWritten: () => void;
}) {
  const { second } = useWords().enter;
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <ol className="recovery mono" aria-label={second.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="row">
        <Button onClick={onWritten}>{second.written}</Button>
        <Button
          variant="default"
          onClick={() => void navigator.clipboard?.writeText(codes.join("\n")).then(() => setCopied(true))}
        >
          {second.copy}
        </Button>
        <span role="status">{isCopied ? second.copied : ""}</span>
      </div>
    </>
  );
}
