/** Verifies one file in a process of its own, for verify.ts to measure: prints the verdict and the memory it took. */
import { verifyFile } from "../src/app/verify-file.ts";

const { verdict, checks } = await verifyFile(process.argv[2] as string);
// Kilobytes on Linux and macOS alike, as Node reports it.
console.log(JSON.stringify({ verdict, checks: checks.length, maxRss: process.resourceUsage().maxRSS }));
