/** What the form says, and whether it is open; kept when it is said so. */
import { Button, Switch, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { type Filled, onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { type Door, doorQuery } from "./queries.ts";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "../screens/preferences.css";

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export function DoorForm({ door: now }: { readonly door: Door }) {
  const { door } = useWords().inbox;
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(now.open);
  const keeping = useMutation({
    mutationFn: (filled: Filled) => {
      const json = { open: isOpen, greeting: filled("greeting"), reasons: linesOf(filled("reasons")) };
      return answer(api.intake.door.$put({ json }));
    },
    onSuccess: (kept) => queries.setQueryData(doorQuery.queryKey, kept),
  });
  return (
    <form className="sheet main stack" onSubmit={onFilled(keeping.mutate)}>
      <Switch
        className="switch"
        labelPosition="left"
        withThumbIndicator={false}
        label={door.open}
        description={isOpen ? door.openWhy : door.closed}
        checked={isOpen}
        onChange={(event) => setOpen(event.currentTarget.checked)}
      />
      <Textarea
        name="greeting"
        dir="auto"
        defaultValue={now.greeting}
        maxLength={2000}
        autosize
        minRows={3}
        label={door.greeting}
        description={door.greetingHint}
      />
      <Textarea
        name="reasons"
        dir="auto"
        defaultValue={now.reasons.join("\n")}
        maxLength={6000}
        autosize
        minRows={2}
        label={door.reasons}
        description={door.reasonsHint}
      />
      <Trouble error={keeping.error} />
      <div>
        <Button type="submit" disabled={keeping.isPending}>
          {door.keep}
        </Button>
      </div>
      <p role="status">{keeping.isSuccess ? door.kept : ""}</p>
    </form>
  );
}
