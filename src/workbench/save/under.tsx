/** Under which session links are captured, where there are any and the member may use them. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { captureSessionsQuery } from "../settings/queries.ts";
import { fill } from "../words/words.ts";

export function Under() {
  const { under } = useWords().save;
  const may = useMay()("POST /api/capture-sessions/:name/captures");
  const { data } = useQuery({ ...captureSessionsQuery, enabled: may });
  const sessions = may ? (data?.sessions ?? []) : [];
  if (sessions.length === 0) return null;
  return (
    <NativeSelect
      name="session"
      label={under.label}
      description={under.why}
      data={[
        { value: "", label: under.nobody },
        ...sessions.map(({ name, site }) => ({ value: name, label: fill(under.choice, { name, site }) })),
      ]}
    />
  );
}
