// `node recorder_run.mjs NPM_FOLDER BROWSER`: runs a flow of Chrome's Recorder, read from the standard input with the
// options of its window, and prints what its pages show in the end, or why it stopped.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, executablePath] = process.argv.slice(2);
const { resolve: find } = createRequire(resolve(folder, 'package.json'));
const load = (name) => import(pathToFileURL(find(name)).href);
const { default: puppeteer } = await load('puppeteer-core');
const { createRunner, parse, PuppeteerRunnerExtension } = await load('@puppeteer/replay');

const { flow, shown, origin, touch, geolocation, permissions, credentials } = JSON.parse(readFileSync(0, 'utf8'));
const browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
let error = null;
const texts = [];
try {
  const [page] = await browser.pages();
  await page.setViewport({ width: 900, height: 600, hasTouch: touch });
  if (permissions.length) await browser.defaultBrowserContext().overridePermissions(origin, permissions);
  if (geolocation) await page.setGeolocation(geolocation);
  if (credentials) await page.authenticate(credentials);
  try {
    const runner = await createRunner(parse(flow), new PuppeteerRunnerExtension(browser, page, { timeout: 4000 }));
    await runner.run();
  } catch (raised) {
    error = String(raised.message ?? raised);
  }
  await new Promise((done) => setTimeout(done, 600));
  if (!error) {
    for (const open of await browser.pages()) {
      for (const frame of open.frames()) texts.push(await frame.evaluate(shown));
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ texts, error }));
