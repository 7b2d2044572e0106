/** Where mail goes out and comes in, and how it is spoken to: over TLS, but on this machine. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything is said; `none` on this machine only. */
  readonly security: "tls" | "starttls" | "none";
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

const HERE: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

export const mayGoBare = ({ host }: MailServer): boolean => HERE.has(host);
