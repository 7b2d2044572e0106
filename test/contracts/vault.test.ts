import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDiskVault } from "../../src/vault/disk.ts";
import { openMemoryVault } from "../../src/vault/memory.ts";
import { vaultContract } from "./vault.ts";

vaultContract("disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-vault-"));
  return {
    open: () => openDiskVault(join(folder, "vault")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

vaultContract("memory", async () => {
  const vault = openMemoryVault();
  return { open: async () => vault, [Symbol.asyncDispose]: async () => undefined };
});
