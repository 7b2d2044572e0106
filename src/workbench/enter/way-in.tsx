/** With what a new member will sign in: a passkey, where this browser makes any, or a password. */
import { useWords } from "../language.tsx";
import type { By } from "./become.ts";
import { PasswordField } from "./fields.tsx";
import { hasPasskeys } from "./passkey.ts";
import "./way-in.css";

export const firstWayIn = (): By => (hasPasskeys() ? "passkey" : "password");

interface WayInParts {
  readonly by: By;
  readonly onChange: (by: By) => void;
}

export function WayIn({ by, onChange }: WayInParts) {
  const { wayIn } = useWords().enter;
  if (!hasPasskeys()) return <PasswordField chosen />;
  const ways = [
    ["passkey", wayIn.passkey, wayIn.passkeyWhy],
    ["password", wayIn.password, wayIn.passwordWhy],
  ] as const;
  return (
    <fieldset className="way-in">
      <legend>{wayIn.title}</legend>
      {ways.map(([way, label, why]) => (
        <label key={way} className="way-in-one">
          <input
            type="radio"
            name="by"
            value={way}
            checked={by === way}
            onChange={() => onChange(way)}
            aria-describedby={`way-in-${way}`}
          />
          <span>
            <strong>{label}</strong>
            <span id={`way-in-${way}`} className="quiet small">
              {why}
            </span>
          </span>
        </label>
      ))}
      {by === "password" ? <PasswordField chosen /> : null}
    </fieldset>
  );
}
