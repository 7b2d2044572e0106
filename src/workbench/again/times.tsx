/** When a post is to be looked at again without anybody asking: chosen as it is saved, or on its page afterwards. */
import { Checkbox } from "@mantine/core";
import { useWords } from "../language.tsx";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "./times.css";

const HOUR = 3_600_000;
/** Milliseconds after it was sealed, or after now. */
const TIMES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;
/** The field's name in a form. */
const AGAIN = "again";

interface AgainParts {
  /** To begin with, as `againIn` has it. */
  readonly chosen: string;
  /** What is done then. */
  readonly why: string;
}

export function AgainTimes({ chosen, why }: AgainParts) {
  const { plan } = useWords().evidence.again;
  const before = chosen.split(",");
  return (
    <fieldset className="again-times">
      <legend>{plan.label}</legend>
      <div className="again-choices">
        {(["hour", "day", "week"] as const).map((name) => (
          <Checkbox
            key={name}
            name={AGAIN}
            value={TIMES[name]}
            defaultChecked={before.includes(String(TIMES[name]))}
            label={plan[name]}
          />
        ))}
      </div>
      <p className="small quiet">{why}</p>
    </fieldset>
  );
}

/** What is chosen in a form, as text: what is typed into the others is kept on the device with it. */
export function againIn(form: FormData): string {
  return form.getAll(AGAIN).map(String).join(",");
}

/** The same for the server; undefined where nothing is chosen. */
export function timesOf(chosen: string): number[] | undefined {
  return chosen === "" ? undefined : chosen.split(",").map(Number);
}
