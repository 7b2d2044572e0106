/**
 * Passkeys of people who are not members yet. The passkey comes first and the account with it, so that there is never an
 * account that nobody can sign in to. The accounts' library adds passkeys to accounts that are there; this uses what it
 * uses (https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential).
 */
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { toBase64 } from "../../lib/bytes.ts";
import type { Clock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import { isUnattested } from "./attestation.ts";

/** As the accounts' library keeps them. */
export interface NewPasskey {
  readonly name: string | null;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly deviceType: string;
  readonly backedUp: boolean;
  readonly transports: string;
  readonly aaguid: string;
}

/** What a browser answers once its owner has made one. */
export interface MadePasskey {
  readonly name?: string | undefined;
  readonly response: Omit<RegistrationResponseJSON, "response"> & {
    readonly response: {
      readonly clientDataJSON: string;
      readonly attestationObject: string;
      readonly transports: readonly string[];
    };
  };
}

export interface NewPasskeys {
  /** What a browser makes one by, for whoever holds this link; good for five minutes, once, and for no other link. */
  ask(link: string, person: { readonly name: string; readonly email: string }): Promise<object>;
  /** Throws `conflict` where it was not asked for, or too long ago; `malformed` where it is none, or asks nobody who they are. */
  check(link: string, made: MadePasskey): Promise<NewPasskey>;
}

const GOOD_FOR = 5 * 60_000;
const MOST_ASKED = 1000;

/** That a key can be found without a name typed first, and asks who holds it: there may be nothing else to sign in with. */
export const KEY_THAT_DOES_ALONE = { residentKey: "required", userVerification: "required" } as const;
export const RP_NAME = "Placard";

/** `baseUrl`: where people reach the workbench; a passkey is good there only. */
export function openNewPasskeys(baseUrl: string, clock: Clock): NewPasskeys {
  const { origin, hostname } = new URL(baseUrl);
  const asked = rememberChallenges(clock);
  return {
    ask: async (link, { name, email }) => {
      const options = await generateRegistrationOptions({
        rpID: hostname,
        rpName: RP_NAME,
        userName: email,
        userDisplayName: name,
        attestationType: "none",
        authenticatorSelection: KEY_THAT_DOES_ALONE,
      });
      asked.add(options.challenge, link);
      return options;
    },
    check: async (link, { name, response }) => {
      const { clientDataJSON, attestationObject, transports } = response.response;
      if (!isUnattested(attestationObject)) throw notChecked();
      let isOurs: boolean | undefined;
      const checked = await verifyRegistrationResponse({
        response: { ...response, response: { clientDataJSON, attestationObject } },
        expectedChallenge: (challenge) => {
          isOurs = asked.take(challenge, link);
          return isOurs;
        },
        expectedOrigin: origin,
        expectedRPID: hostname,
        requireUserVerification: false,
      }).catch(() => undefined);
      if (isOurs === false) throw new PlacardError("conflict", say("took_too_long"), { next: say("try_again") });
      const info = checked?.registrationInfo;
      if (checked?.verified !== true || info === undefined) throw notChecked();
      // A key that anybody could touch is one factor; only with a PIN, a finger or a face is it two.
      if (!info.userVerified)
        throw new PlacardError("malformed", say("key_asks_nobody"), { next: say("give_key_a_pin") });
      return kept(info, name, transports);
    },
  };
}

const notChecked = (): PlacardError =>
  new PlacardError("malformed", say("key_not_checked"), { next: say("try_again") });

type Info = NonNullable<VerifiedRegistrationResponse["registrationInfo"]>;

const kept = (info: Info, name: string | undefined, transports: readonly string[]): NewPasskey => ({
  name: name ?? null,
  credentialId: info.credential.id,
  publicKey: toBase64(info.credential.publicKey),
  counter: info.credential.counter,
  deviceType: info.credentialDeviceType,
  backedUp: info.credentialBackedUp,
  transports: transports.join(","),
  aaguid: info.aaguid,
});

/** In memory: whoever was about to make a passkey when the server stopped is asked anew. */
function rememberChallenges(clock: Clock) {
  const asked = new Map<string, { readonly link: string; readonly until: number }>();
  return {
    add: (challenge: string, link: string): void => {
      // In the order in which they were asked for, so that the old ones stand first.
      for (const [old, { until }] of asked) {
        if (until > clock.now() && asked.size < MOST_ASKED) break;
        asked.delete(old);
      }
      asked.set(challenge, { link, until: clock.now() + GOOD_FOR });
    },
    take: (challenge: string, link: string): boolean => {
      const found = asked.get(challenge);
      if (found === undefined || found.link !== link) return false;
      asked.delete(challenge);
      return found.until > clock.now();
    },
  };
}
