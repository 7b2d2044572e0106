/** What a mail server reports of a letter (RFC 3464): whether it was delivered, is delayed, or could not be. */

export interface DeliveryReport {
  readonly state: "delivered" | "delayed" | "bounced";
  readonly recipient: string;
  /** RFC 3463, as `5.1.1`. */
  readonly status?: string;
  /** What the other server said. */
  readonly detail?: string;
}

export interface DeliveryReports {
  /** The letter's, by which it is known again; undefined where the report says none. */
  readonly messageId?: string;
  readonly each: readonly DeliveryReport[];
}

const STATES: Readonly<Record<string, DeliveryReport["state"]>> = {
  delivered: "delivered",
  delayed: "delayed",
  failed: "bounced",
};
const MOST = 50;

/** `status`: the part `message/delivery-status`; `returned`: what came back of the letter. Of what was relayed nothing is known. */
export function readDeliveryReports(status: string, returned: string | undefined): DeliveryReports {
  const blocks = unfold(status)
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== "");
  const [whole = new Map<string, string>(), ...recipients] = blocks.slice(0, MOST + 1).map(fieldsOf);
  const each = recipients.flatMap((fields): DeliveryReport[] => {
    const state = STATES[(fields.get("action") ?? "").toLowerCase()];
    const recipient = afterType(fields.get("final-recipient") ?? fields.get("original-recipient"));
    if (state === undefined || recipient === undefined) return [];
    const code = /^\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0];
    const detail = afterType(fields.get("diagnostic-code"));
    return [
      {
        state,
        recipient,
        ...(code === undefined ? {} : { status: code }),
        ...(detail === undefined ? {} : { detail }),
      },
    ];
  });
  const messageId =
    messageIdIn(fieldsOf(unfold(returned ?? "").split("\n\n", 1)[0] ?? "").get("message-id")) ??
    messageIdIn(decodeXtext(whole.get("original-envelope-id") ?? ""));
  return { ...(messageId === undefined ? {} : { messageId }), each };
}

const unfold = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .replace(/^\n+/, "");

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.split("\n", 2000)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== "" && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** `rfc822; thornby@lanterns.example` without what comes before the semicolon. */
function afterType(value: string | undefined): string | undefined {
  const text = value
    ?.replace(/^[\w-]+\s*;\s*/, "")
    .trim()
    .slice(0, 300);
  return text === "" ? undefined : text;
}

/** `+3C` for `<`, in envelope ids (RFC 3461 §4). */
function decodeXtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export function messageIdIn(text: string | undefined): string | undefined {
  return /<[^<>\s@]{1,300}@[^<>\s@]{1,300}>/.exec(text ?? "")?.[0];
}
