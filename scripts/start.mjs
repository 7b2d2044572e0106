// `npm start` with no words opens the workbench; with words it is `placard` itself (`npm start -- demo`).
if (process.argv.length === 2) process.argv.push("serve");
await import("../bin/placard.mjs");
