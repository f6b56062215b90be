/** For the default branch of a closed switch: the compiler proves it dead, and a broken cast ends as a bug report. */
export function unreachable(node: never): never {
  throw new Error(`unreachable: ${JSON.stringify(node)?.slice(0, 200)}`);
}

/** States an invariant of ours. A failure is a bug in Heddle (exit 70), never the user's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}
