import fc from 'fast-check';
import { randomSpec, randomLoader } from '/tmp/wt/random/test/support/random-spec.js';
import { compile } from '/tmp/wt/random/src/compile.js';
import { isError } from '/tmp/wt/random/src/base/diagnostic.js';
import { positionAt } from '/tmp/wt/random/src/base/span.js';
const N = Number(process.argv[2] ?? 100), seed = Number(process.argv[3] ?? 1);
const counts = new Map<string, number>(); const ex = new Map<string,string>(); let refused = 0;
const t=performance.now();
for (const text of fc.sample(randomSpec, { seed, numRuns: N })) {
  try {
    const c = compile({ entry: { path: 'r.heddle', text }, loader: randomLoader });
    const e = c.diagnostics.filter(isError);
    if (e.length) refused++;
    for (const d of e.slice(0,1)) { const k = d.code; counts.set(k, (counts.get(k) ?? 0) + 1); if(!ex.has(k)) { const p = positionAt(d.at.file, d.at.start); ex.set(k, d.message + ' || ' + d.at.file.text.split('\n')[p.line-1]); } }
  } catch (err) { const k='CRASH '+(err as Error).message; counts.set(k,(counts.get(k)??0)+1); if(!ex.has(k)) ex.set(k, (err as Error).stack!.split('\n').slice(0,6).join('\n')+'\n'+text); }
}
console.log('refused', refused, 'of', N, Math.round(performance.now()-t),'ms');
for (const [k, v] of [...counts].sort((a,b)=>b[1]-a[1])) console.log(v, k, '|', ex.get(k));
