import fc from 'fast-check';
import { randomSpec, randomLoader } from './support/random-spec.js';
import { compile } from '../src/compile.js';
import { isError } from '../src/base/diagnostic.js';
import { explore } from '../src/checker/explore.js';
import { kernelOf } from '../src/checker/kernel.js';
import { systemOf } from '../src/model/system.js';
const N = Number(process.argv[2] ?? 100), seed = Number(process.argv[3] ?? 1), max=Number(process.argv[4]??5000);
let refused=0, n=0; const tally: Record<string, number> = {}; const inc=(k:string)=>tally[k]=(tally[k]??0)+1;
const hist: number[] = []; let slow: [number,number,number,number][]=[]; let tt=performance.now(); let idx=0; let work=0;
for (const text of fc.sample(randomSpec, { seed, numRuns: N })) {
  idx++;
  const c = compile({ entry: { path: 'r.heddle', text }, loader: randomLoader });
  if (!c.model || !c.layout) { refused++; continue; }
  n++;
  const m = c.model; const t0=performance.now(); let polls=0;
  const sys = systemOf(m, c.layout);
  const x = explore(kernelOf(sys), { expected: m.properties.map(()=>'violated'), chosen: m.properties.map(p=>p.kind!=='builtin'||p.error.endsWith('.leak')), continueOnViolation: true, maxStates: max, clock: ()=>0, shouldStop: ()=>performance.now()-t0>5000 });
  const ms = performance.now()-t0; slow.push([ms, idx, x.counts.distinct, x.counts.generated]);
  hist.push(x.counts.distinct); inc('ended '+x.ended); inc('words '+c.layout.words);
  const v = m.properties.map((p,i)=>[p, x.verdicts[i]] as const);
  const viol = v.filter(([,r])=>r?.kind==='violated').map(([p])=>p);
  const erred = viol.some(p=>p.kind==='builtin' && !p.error.endsWith('.leak'));
  if (erred) inc('erred'); for (const p of viol) { if (p.kind==='builtin') inc('E '+p.error); }
  if (viol.some(p=>p.kind==='deadlock')) inc('deadlock');
  const w = viol.some(p=>p.kind!=='builtin'&&p.kind!=='deadlock'); if (w) inc('violated');
  if (x.counts.distinct === 0) inc('no initial');
  if (x.ended==='complete' && !viol.length) inc('holds');
  if (m.instances.length>=2) inc('two+');
}
hist.sort((a,b)=>a-b);
console.log('refused', refused, 'n', n, Math.round(performance.now()-tt), 'ms; quantiles', [0,.1,.25,.5,.75,.9,.95,.99].map(q=>hist[Math.floor(q*hist.length)]).join(' '));
for (const k of Object.keys(tally).sort()) console.log(k, tally[k], Math.round(100*tally[k]!/n)+'%');
slow.sort((a,b)=>b[0]-a[0]); console.log(slow.slice(0,12).map(s=>s.map(Math.round).join('/')).join('  '));
