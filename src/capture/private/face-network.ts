/**
 * The network of face-api.js's TinyFaceDetector (Vincent Mühler, MIT; a small YOLO v2 of separable convolutions), run as plain arithmetic:
 * 200 million multiplications a look, and no engine to install. Its weights are 193 KB of bytes (docs/decisions/0054).
 */

export const INPUT = 416;
export const CELLS = 13;
/** What each anchor of a cell says: where, how large (4), and how surely (1). */
export const SAYS = 5;
const MEAN_RGB = [117.001, 114.697, 97.404] as const;
const LEAK = 0.1;
const DEEPEST = 5;

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly quantization: { readonly scale: number; readonly min: number };
}

/** Rows of columns of channels. */
interface Layer {
  readonly side: number;
  readonly depth: number;
  readonly data: Float32Array;
}

export type Weights = ReadonlyMap<string, Float32Array>;

/** `manifest` and `bytes` as the package has them. Throws where they are not those that this network needs. */
export function readWeights(manifest: string, bytes: Uint8Array): Weights {
  const [{ weights }] = JSON.parse(manifest) as [{ readonly weights: readonly Weight[] }];
  let at = 0;
  const read = new Map<string, Float32Array>();
  for (const { name, shape, quantization } of weights) {
    const length = shape.reduce((product, side) => product * side, 1);
    const packed = bytes.subarray(at, at + length);
    if (packed.length !== length) throw new Error("The face detector's weights end early.");
    read.set(
      name,
      Float32Array.from(packed, (byte) => byte * quantization.scale + quantization.min),
    );
    at += length;
  }
  return read;
}

/** `rgb`: 416 × 416. What each anchor of each cell says, row by row. */
export function lookForFaces(weights: Weights, rgb: Float32Array): Float32Array {
  const of = (name: string): Float32Array => weights.get(name) ?? unknown(name);
  const data = rgb.map((value, i) => (value - (MEAN_RGB[i % 3] as number)) / 255);
  let layer = halved(leaky(convolved({ side: INPUT, depth: 3, data }, of("conv0/filters"), of("conv0/bias"))));
  for (let i = 1; i <= DEEPEST; i++) {
    const each = eachDepth(layer, of(`conv${i}/depthwise_filter`));
    layer = leaky(mixed(each, of(`conv${i}/pointwise_filter`), of(`conv${i}/bias`)));
    layer = i === DEEPEST ? spread(layer) : halved(layer);
  }
  return mixed(layer, of("conv8/filters"), of("conv8/bias")).data;
}

function unknown(name: string): never {
  throw new Error(`The face detector has no weights ${name}.`);
}

/** 3 × 3 over all channels, without a margin. */
function convolved({ side, depth, data }: Layer, filters: Float32Array, bias: Float32Array): Layer {
  const [out, deep] = [side - 2, bias.length];
  const sums = new Float32Array(out * out * deep);
  for (let y = 0; y < out; y++)
    for (let x = 0; x < out; x++) {
      const to = (y * out + x) * deep;
      sums.set(bias, to);
      for (let dy = 0; dy < 3; dy++)
        for (let i = 0; i < 3 * depth; i++)
          addScaled(
            sums,
            to,
            data[((y + dy) * side + x) * depth + i] as number,
            filters,
            (dy * 3 * depth + i) * deep,
            deep,
          );
    }
  return { side: out, depth: deep, data: sums };
}

/** 3 × 3 over each channel by itself, with a margin of zeros. */
function eachDepth({ side, depth, data }: Layer, filter: Float32Array): Layer {
  const sums = new Float32Array(data.length);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let dy = 0; dy < 3; dy++)
        for (let dx = 0; dx < 3; dx++) {
          const [row, column] = [y + dy - 1, x + dx - 1];
          if (row < 0 || column < 0 || row >= side || column >= side) continue;
          const [to, from, at] = [(y * side + x) * depth, (row * side + column) * depth, (dy * 3 + dx) * depth];
          for (let i = 0; i < depth; i++)
            sums[to + i] = (sums[to + i] as number) + (data[from + i] as number) * (filter[at + i] as number);
        }
  return { side, depth, data: sums };
}

/** Each place by itself, over all channels. */
function mixed({ side, depth, data }: Layer, filters: Float32Array, bias: Float32Array): Layer {
  const deep = bias.length;
  const sums = new Float32Array(side * side * deep);
  for (let place = 0; place < side * side; place++) {
    sums.set(bias, place * deep);
    for (let i = 0; i < depth; i++)
      addScaled(sums, place * deep, data[place * depth + i] as number, filters, i * deep, deep);
  }
  return { side, depth: deep, data: sums };
}

function addScaled(sums: Float32Array, to: number, by: number, filters: Float32Array, at: number, count: number): void {
  for (let i = 0; i < count; i++) sums[to + i] = (sums[to + i] as number) + by * (filters[at + i] as number);
}

function leaky(layer: Layer): Layer {
  return { ...layer, data: layer.data.map((value) => (value < 0 ? LEAK * value : value)) };
}

const halved = (layer: Layer): Layer => largest(layer, 2);
const spread = (layer: Layer): Layer => largest(layer, 1);

/** The largest of 2 × 2, every so many places; beyond the edge there is nothing. */
function largest({ side, depth, data }: Layer, step: 1 | 2): Layer {
  const out = Math.ceil(side / step);
  const most = new Float32Array(out * out * depth).fill(Number.NEGATIVE_INFINITY);
  for (let y = 0; y < out; y++)
    for (let x = 0; x < out; x++)
      for (let row = step * y; row < Math.min(side, step * y + 2); row++)
        for (let column = step * x; column < Math.min(side, step * x + 2); column++) {
          const [to, from] = [(y * out + x) * depth, (row * side + column) * depth];
          for (let i = 0; i < depth; i++) most[to + i] = Math.max(most[to + i] as number, data[from + i] as number);
        }
  return { side: out, depth, data: most };
}
