/** Where the engine that reads pictures lies: beside the published program (scripts/build.ts); in a checkout, where npm puts it. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** English, Hebrew, Arabic: what the workbench speaks, and what has a typeface on placards. */
export const LANGUAGES = ["eng", "heb", "ara"] as const;

export interface EngineFiles {
  readonly program: string;
  readonly wasm: string;
  readonly language: (name: (typeof LANGUAGES)[number]) => string;
  /** Of the network that finds faces (private/face-network.ts): what its weights are, and the weights. */
  readonly faces: { readonly manifest: string; readonly weights: string };
}

/** As the package calls them. */
export const FACE_FILES = {
  manifest: "tiny_face_detector_model-weights_manifest.json",
  weights: "tiny_face_detector_model.bin",
} as const;

export function engineFiles(): EngineFiles {
  const beside = fileURLToPath(new URL("../../reading/", import.meta.url));
  if (existsSync(beside)) {
    return {
      program: join(beside, "tesseract-core-simd-lstm.cjs"),
      wasm: join(beside, "tesseract-core-simd-lstm.wasm"),
      language: (name) => join(beside, `${name}.traineddata.gz`),
      faces: { manifest: join(beside, FACE_FILES.manifest), weights: join(beside, FACE_FILES.weights) },
    };
  }
  const { resolve } = createRequire(import.meta.url);
  return {
    program: resolve("tesseract.js-core/tesseract-core-simd-lstm.js"),
    wasm: resolve("tesseract.js-core/tesseract-core-simd-lstm.wasm"),
    language: (name) => resolve(`@tesseract.js-data/${name}/4.0.0_best_int/${name}.traineddata.gz`),
    faces: {
      manifest: resolve(`@vladmandic/face-api/model/${FACE_FILES.manifest}`),
      weights: resolve(`@vladmandic/face-api/model/${FACE_FILES.weights}`),
    },
  };
}
