// `npm start` with no words does the main job; with words it is `placard` itself.
if (process.argv.length === 2) process.argv.push("demo");
await import("../bin/placard.mjs");
