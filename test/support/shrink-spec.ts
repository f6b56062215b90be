// Makes a failing spec smaller by leaving out lines, and what stands in braces with them, for as long as it still fails.

/** `fails` must be false for a text that does not compile. The result fails, and fails no longer when any one piece is left out. */
export function shrinkSpec(text: string, fails: (text: string) => boolean): string {
  let lines = text.split('\n').filter((line) => line.trim() !== '');
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = lines.length - 1; i >= 0; i--) {
      for (const candidate of without(lines, i)) {
        if (!fails(candidate.join('\n'))) continue;
        lines = candidate;
        changed = true;
        break;
      }
      i = Math.min(i, lines.length);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The lines without line i: alone; with the block that it opens; or only the opening and closing line of that block. */
function* without(lines: readonly string[], i: number): Iterable<string[]> {
  const line = lines[i];
  if (line === undefined) return;
  const indent = line.search(/\S/);
  if (/\{\s*$/.test(line)) {
    let end = i + 1;
    while (end < lines.length && (lines[end]!.search(/\S/) > indent || /^\s*\} (else|or)/.test(lines[end]!))) end++;
    yield [...lines.slice(0, i), ...lines.slice(end + 1)];
    yield [...lines.slice(0, i), ...lines.slice(i + 1, end), ...lines.slice(end + 1)];
  } else {
    yield [...lines.slice(0, i), ...lines.slice(i + 1)];
    const label = /^(\s*)\w+:[+-]? (.*)$/.exec(line);
    if (label !== null) yield [...lines.slice(0, i), label[1]! + label[2]!, ...lines.slice(i + 1)];
  }
}
