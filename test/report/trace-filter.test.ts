import { expect, test } from 'vitest';
import { filteredTrace, names, unknownNames } from '../../src/report/trace-filter.js';
import { outcome, raceTrace } from './sample-outcomes.js';

test.each([
  ['slot', 'slot', true],
  ['slot', 'slot[0]', true],
  ['slot[0]', 'slot[0]', true],
  ['slot[1]', 'slot[0]', false],
  ['slot', 'slots[0]', false],
  ['refcnt', 'cb#0.refcnt', true],
  ['Cb', 'cb#0.refcnt', true],
  ['Cb.refcnt', 'cb#1.refcnt', true],
  ['cb#1', 'cb#0.refcnt', false],
  ['queued', 'hr.queued', true],
  ['hr', 'hr.queued', true],
  ['t', 'task[0].timer_start.t', true],
  ['timer_start.t', 'task[0].timer_start.t', true],
  ['task[0]', 'task[0].timer_start.t', true],
  ['task', 'task[0].timer_start.t', true],
  ['task[1]', 'task[0].timer_start.t', false],
])('%s names %s: %s', (name, path, does) => {
  expect(names(name, path)).toBe(does);
});

test('what is hidden is in no state and no change; steps stay', () => {
  const trace = filteredTrace(raceTrace, { hide: ['refcnt', 't'], only: [] });
  expect(trace.steps).toHaveLength(raceTrace.steps.length);
  expect(trace.steps[1]!.changes).toEqual({ 'task[0].bpf_timer_start.got': [false, true] });
  expect(Object.keys(trace.steps.at(-1)!.state).filter((name) => /\.t$|refcnt/.test(name))).toEqual([]);
  expect(Object.keys(filteredTrace(raceTrace, { hide: [], only: ['slot'] }).initial)).toEqual(['slot[0]']);
});

test('a ghost that is asked for is shown like any variable', () => {
  const trace = { ...raceTrace, ghosts: ['seen', 'updaters'] };
  expect(filteredTrace(trace, { hide: [], only: ['seen'] }).ghosts).toEqual(['updaters']);
  expect(filteredTrace(trace, { hide: ['slot'], only: [] }).ghosts).toEqual(['seen', 'updaters']);
});

test('names that name nothing are told, where there is a trace at all', () => {
  expect(unknownNames([outcome()], { hide: ['slot', 'slto'], only: ['state'] })).toEqual(['slto']);
  expect(unknownNames([outcome({ properties: [] })], { hide: ['slto'], only: [] })).toEqual([]);
});
