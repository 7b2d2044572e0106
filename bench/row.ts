/** One measured figure beside its limit, and where there is one its peer, both measured in the same run. */
export interface Row {
  readonly name: string;
  /** None where it could not be measured here; `limit` says why. */
  readonly value?: number;
  readonly unit: string;
  /** What the figure is held against, in words: "≥ 0.5 × the same writes". None where it only informs. */
  readonly limit?: string;
  readonly peer?: number;
  readonly ratio?: number;
  /** Whether it keeps to the limit. */
  readonly holds?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A limit that is missed ends the whole run with 1: what runs it need not read it. */
export function verdictOf(holds: boolean): "holds" | "MISSED" {
  if (!holds) process.exitCode = 1;
  return holds ? "holds" : "MISSED";
}
