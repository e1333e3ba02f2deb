// node build.mjs                  builds the one file that is injected into pages
// node build.mjs --print ENTRY    the same build of another entry, to standard output
// node build.mjs --tests          bundles the unit tests for node --test
//
// The output is committed, readable and free of bundler helpers: a reviewer sees what runs in a page, and CI
// rebuilds it and fails on any difference.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { JSDOM } from 'jsdom';

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * Reads what belongs to the browser as `globalThis.Event`, never as `Event`: we run in front of the scripts of workers,
 * and a module may have a class of that name, which would stand in our way before it is there (pdf.js has).
 */
function throughGlobal() {
  const { window } = new JSDOM('', { runScripts: 'outside-only' });
  const names = new Set([...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(globalThis), ...NOT_IN_JSDOM]);
  for (const name of ['globalThis', 'undefined', 'NaN', 'Infinity']) names.delete(name);
  return Object.fromEntries([...names].filter((name) => /^[A-Za-z]\w*$/.test(name)).map((name) => [name, `globalThis.${name}`]));
}

const NOT_IN_JSDOM = ['IntersectionObserver', 'IDBRequest', 'ResizeObserver', 'Worker', 'reportError', 'scheduler'];

/** A classic script with nothing in it but our code. */
async function script(entry, outfile) {
  const result = await build({
    define: throughGlobal(),
    absWorkingDir: HERE,
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    minify: false,
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: '// Built from recorder_js/ by `npm run build`. Edit the sources, not this file.' },
  });
  return result.outputFiles[0];
}

async function tests() {
  const outdir = join(HERE, '.build/tests');
  rmSync(outdir, { recursive: true, force: true });
  const names = readdirSync(join(HERE, 'test')).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: names.map((name) => join(HERE, 'test', name)),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

const [mode, entry] = process.argv.slice(2);
if (mode === '--tests') {
  await tests();
} else if (mode === '--print') {
  process.stdout.write((await script(entry, 'out.js')).text);
} else {
  const file = await script('src/main.ts', join(HERE, '../src/reenact/browser/recorder.bundle.js'));
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.contents);
}
