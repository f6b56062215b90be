// The command line: reads the arguments, runs a command, turns what comes out into an exit code. The only place that exits.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../base/suggest.js';
import type { CheckOptions } from './commands/check.js';
import type { CrosscheckOptions } from './commands/crosscheck.js';
import type { DiffOptions } from './commands/diff.js';
import type { ExportOptions } from './commands/export.js';
import type { GraphOptions } from './commands/graph.js';
import type { SimulateOptions } from './commands/simulate.js';
import { FORMATS, parseAlso, type AlsoOption } from './formats.js';
import { readerHasGone, systemProblem, UserError, writeError } from './io.js';
import { machineMemoryBytes, parseCount, parseDuration, parseSize } from './option-values.js';
import { ownScript, startAhead } from './thread.js';
import { VERSION } from './version.js';

const BUG = 70;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Turns what an option's parser says into commander's own complaint. */
function value<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof UserError) throw new InvalidArgumentError([error.message, error.help].filter(Boolean).join(' '));
      throw error;
    }
  };
}

// What several commands have.
const CHECKS = new Option('--check <name>', 'only this check (again for more)').argParser(collect).default([]);
const ONE_CHECK = new Option('--check <name>', 'the check whose constants are set (default: the first)');
const CONSTANTS = new Option('--const <name=value>', 'set a constant').argParser(collect).default([]);
const PROPERTIES = new Option('--property <name>', 'only this property, with its trace').argParser(collect).default([]);
const WORKERS = new Option('--workers <n>', 'cores to use (default: all)').argParser(value(parseCount));
const MAX_MEMORY = new Option('--max-memory <size>', 'memory of the whole call: 512M, 4G, 75%').argParser(value(parseSize)).default(Math.floor(machineMemoryBytes() * 0.75));
const TIME_LIMIT = new Option('--time-limit <time>', 'for each check: 60s, 5m').argParser(value(parseDuration));

function program(done: (code: number) => void): Command {
  const heddle = new Command('heddle')
    .description('Checks concurrent protocols written in Heddle.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(heddle --help lists what there is)');

  heddle
    .command('check')
    .description('search every reachable state of specs and say what holds')
    .argument('<file...>', 'specs, or folders of them')
    .addOption(CHECKS)
    .addOption(CONSTANTS)
    .addOption(PROPERTIES)
    .addOption(WORKERS)
    .option('--max-states <n>', 'stop after the level that goes beyond', value(parseCount))
    .addOption(MAX_MEMORY)
    .addOption(TIME_LIMIT)
    .option('--continue', 'search on after an unexpected violation', false)
    .addOption(new Option('--engine <engine>', 'what searches').choices(['builtin', 'interpreter', 'spin', 'tlc']).default('builtin'))
    .addOption(new Option('--trace <form>', 'how traces are shown').choices(['table', 'lanes', 'json', 'itf', 'none']))
    .addOption(new Option('--format <format>', 'form of the output').choices(FORMATS).default('text'))
    .option('--out <file>', 'write the output there')
    .option('--also <format=file>', 'write another form of the same run there (again for more)', (text: string, before: readonly AlsoOption[]) => [...before, value(parseAlso)(text)], [])
    .option('--quiet', 'only what is not as expected', false)
    .option('--hide <var>', 'do not show this variable in traces (again for more)', collect, [])
    .option('--only <var>', 'show this variable only (again for more)', collect, [])
    .option('--fewest-switches', 'of the traces at most two steps longer than a shortest one, one with the fewest changes of process', false)
    .option('--update-expect', 'write what came out into the `expect` lines, after asking', false)
    .option('--yes', 'do not ask', false)
    .option('--dump-code', 'print the generated code instead of running it', false)
    .action(async (files: string[], o: CheckOptions) => {
      // While this thread reads the spec the other one gets ready to search.
      if (o.engine === 'builtin') startAhead(ownScript('check-worker'), o.maxMemory);
      const { check } = await import('./commands/check.js');
      done(await check(files, o));
    });

  heddle
    .command('diff')
    .description('say what a revision still guarantees, what it lost, and what became possible')
    .argument('<file...>', 'revisions of a spec, oldest first; with --git the one file')
    .option('--git <revisions>', 'REV..REV, or REV against the work tree')
    .option('--check <name>', 'the check to compare (default: `default`, or the first that all have)')
    .addOption(CONSTANTS)
    .option('--first-bad <property>', 'only name the revision that lost the property, and the one that regained it')
    .option('--no-behaviours', 'do not look for what became possible')
    .addOption(WORKERS)
    .option('--max-states <n>', 'of each revision', value(parseCount))
    .addOption(MAX_MEMORY)
    .addOption(TIME_LIMIT)
    .addOption(new Option('--trace <form>', 'how traces are shown').choices(['table', 'lanes', 'none']))
    .addOption(new Option('--format <format>', 'form of the output').choices(['text', 'json', 'markdown', 'html']).default('text'))
    .option('--out <file>', 'write the output there')
    .action(async (files: string[], o: DiffOptions) => {
      const { diff } = await import('./commands/diff.js');
      done(await diff(files, o));
    });

  heddle
    .command('simulate')
    .description('walk through a spec at random, or by hand')
    .argument('<file>', 'the spec')
    .option('--runs <n>', 'how many walks', value(parseCount), 10_000)
    .option('--depth <n>', 'steps of a walk at most', value(parseCount), 1000)
    .option('--seed <n>', 'the same walks again (default: others each time)', value(parseCount))
    .option('--interactive', 'choose each step in the terminal', false)
    .addOption(ONE_CHECK)
    .addOption(CONSTANTS)
    .addOption(PROPERTIES)
    .addOption(WORKERS)
    .addOption(MAX_MEMORY)
    .option('--time-limit <time>', 'no new walks after it: 60s, 5m', value(parseDuration))
    .option('--continue', 'walk on after an unexpected violation', false)
    .addOption(new Option('--trace <form>', 'how traces are shown').choices(['table', 'lanes', 'none']))
    .addOption(new Option('--format <format>', 'form of the output').choices(['text', 'json']).default('text'))
    .option('--out <file>', 'write the output there')
    .action(async (file: string, o: SimulateOptions) => {
      const { simulate } = await import('./commands/simulate.js');
      done(await simulate(file, o));
    });

  heddle
    .command('fmt')
    .description('write specs in the canonical form')
    .argument('<file...>', 'specs, or folders of them')
    .option('--check', 'only say which files are not in it (exit 1)', false)
    .action(async (files: string[], o: { check: boolean }) => {
      const { fmt } = await import('./commands/fmt.js');
      done(fmt(files, o));
    });

  heddle
    .command('graph')
    .description('draw the state graph of a small spec')
    .argument('<file>', 'the spec')
    .option('--out <file>', '.svg, .dot, .graphml, .json or .aut (default: dot on standard output)')
    .addOption(ONE_CHECK)
    .addOption(CONSTANTS)
    .option('--max-states <n>', 'draw the first n states only', value(parseCount))
    .option('--color <by>', 'colour states by an invariant, by where a process stands (at:task[0]), or where all do (at)')
    .option('--group-by <expr>', 'one box for all states in which it has the same value (again for more)', collect, [])
    .option('--violation <property>', 'only a shortest path to its violation')
    .option('--radius <n>', 'with --violation: and what is reached from it within n steps', value(parseCount))
    .action(async (file: string, o: GraphOptions) => {
      const { graph } = await import('./commands/graph.js');
      done(await graph(file, o));
    });

  heddle
    .command('export')
    .description('write a spec in the language of another checker')
    .argument('<file>', 'the spec')
    .addOption(new Option('--to <language>', 'promela for Spin, tla for TLC and Apalache').choices(['tla', 'promela']).makeOptionMandatory())
    .addOption(ONE_CHECK)
    .addOption(CONSTANTS)
    .option('--out <folder>', 'write the files there (default: standard output)')
    .action(async (file: string, o: ExportOptions) => {
      const { exportSpec } = await import('./commands/export.js');
      done(exportSpec(file, o));
    });

  heddle
    .command('crosscheck')
    .description('check specs with every engine there is, and compare')
    .argument('<file...>', 'specs, or folders of them')
    .addOption(CHECKS)
    .addOption(CONSTANTS)
    .option('--workers <n>', 'checks at once (default: one for each core)', value(parseCount))
    .option('--max-states <n>', 'leave out checks with more', value(parseCount), 1_000_000)
    .addOption(MAX_MEMORY)
    .option('--time-limit <time>', 'for each check and engine: 60s, 5m', value(parseDuration))
    .option('--out <folder>', 'where the files go that show a disagreement', 'heddle-crosscheck')
    .action(async (files: string[], o: CrosscheckOptions) => {
      const { crosscheck } = await import('./commands/crosscheck.js');
      done(await crosscheck(files, o));
    });

  heddle
    .command('lsp')
    .description('the language server, for editors')
    .requiredOption('--stdio', 'speak the protocol on standard input and output')
    .action(async () => {
      const { lsp } = await import('./commands/lsp.js');
      lsp();
      done(0);
    });

  heddle
    .command('explain')
    .description('the page of a diagnostic')
    .argument('<code>', 'as it stands in brackets behind `error` or `warning`')
    .action(async (code: string) => {
      const { explain } = await import('./commands/explain.js');
      done(explain(code));
    });

  for (const command of heddle.commands) {
    command.exitOverride().showSuggestionAfterError(false);
    command.configureOutput({ outputError: (text, write) => write(withSuggestion(text, command.options.flatMap(({ long }) => long ?? []))) });
  }
  return heddle;
}

/** Of an option that is unknown: those that begin so (commander would say `--hide` for `--time`), else a near one. */
function withSuggestion(text: string, options: readonly string[]): string {
  const unknown = /unknown option '(--[^'=]+)/.exec(text)?.[1];
  if (unknown === undefined) return text;
  const longer = options.filter((option) => option.startsWith(unknown));
  const near = longer.length > 0 ? longer.join(' or ') : nearest(unknown, options);
  return near === undefined ? text : `${text.trimEnd()}\n(Did you mean ${near}?)\n`;
}

async function main(): Promise<void> {
  let isLost = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) ends the call quietly, and not with the exit code of a success that nobody waited for.
      if (error.code === 'EPIPE') {
        if (stream === process.stdout) readerHasGone();
        return;
      }
      if (!isLost) fail(error);
      isLost = true;
    });
  }
  try {
    // Output that could not be written is no success, whichever is known first.
    await program((code) => (process.exitCode = isLost ? process.exitCode : code)).parseAsync();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const problem = systemProblem(error);
  if (error instanceof UserError || problem !== undefined) {
    writeError(`error: ${error instanceof UserError ? error.message : `${problem}.`}`);
    if (error instanceof UserError && error.help !== undefined) writeError(`  ${error.help.replaceAll('\n', '\n  ')}`);
    process.exitCode = 2;
    return;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  writeError(
    'This is a bug in Heddle, not in your spec. Nothing that was printed before this line is affected.\n' +
      'Please report it with the spec, the command and this line:\n' +
      `  heddle ${VERSION}, Node ${process.version}: ${message.split('\n')[0]}\n` +
      (process.env['HEDDLE_DEBUG'] === '1' ? `${stack}` : 'HEDDLE_DEBUG=1 shows where it happened.'),
  );
  process.exitCode = BUG;
}

// Until a command says how it ended.
process.exitCode = BUG;
void main();
