import type { Page } from "playwright-core";

export interface PasskeyDevice {
  /** Its owner turns away: nobody is verified, and it answers so. */
  refuse(): Promise<void>;
  agree(): Promise<void>;
}

/** A device of the page's own that makes and shows passkeys, its owner there and willing until told otherwise (WebAuthn level 3, §11). */
export async function addPasskeyDevice(page: Page, transport: "internal" | "usb" = "internal"): Promise<PasskeyDevice> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const verify = (isUserVerified: boolean): Promise<unknown> =>
    devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return {
    refuse: async () => void (await verify(false)),
    agree: async () => void (await verify(true)),
  };
}
