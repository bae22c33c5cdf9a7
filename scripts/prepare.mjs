/**
 * Gets a fresh machine ready before `npm start`, `npm test` and `npm run check`. Plain JavaScript without
 * dependencies, since it runs on whatever Node (>= 20) is there, before anything is installed.
 *
 *   node scripts/prepare.mjs start|test|check
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** Debian packages and what is lost without them. `needs` tells whether one is there already. */
const PACKAGES = [
  {
    name: 'libusb-1.0-0',
    for: ['start', 'test'],
    without: 'HID scanners are not found',
    needs: () => !library('libusb-1.0.so.0'),
  },
  {
    name: 'udev',
    for: ['start', 'test'],
    without: 'plugging a scanner in may not give it a name under /dev/serial',
    needs: () => !command('udevadm'),
  },
  {
    name: 'chromium',
    for: ['start', 'test'],
    without: 'no window opens by itself; open the printed address in any browser',
    needs: () => !command('chromium'),
  },
  {
    name: 'fonts-noto-cjk',
    for: ['start', 'test'],
    without: 'Chinese text may show as boxes',
    needs: () => !existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  { name: 'socat', for: ['test'], without: 'the serial tests fail', needs: () => !command('socat') },
];

const LOCK = '.preparing';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
let interrupted = false;
const MINIMUM_NODE = 20;
const purpose = process.argv[2];
if (!['start', 'test', 'check'].includes(purpose)) fail('usage: node scripts/prepare.mjs start|test|check');
const major = Number(process.versions.node.split('.')[0]);
if (major < MINIMUM_NODE) fail(`Node ${MINIMUM_NODE} or newer is needed, this is ${process.version}.`);

await alone();
await installNodeModules();
if (process.platform === 'linux') await installPackages();
await buildIfChanged();

/** Two set-ups in one folder would delete each other's files: the second waits for the first. */
async function alone() {
  for (let said = false; ; said = true) {
    try {
      mkdirSync(LOCK);
      writeFileSync(`${LOCK}/pid`, String(process.pid));
      process.on('exit', () => rmSync(LOCK, { recursive: true, force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = existsSync(`${LOCK}/pid`) ? Number(readFileSync(`${LOCK}/pid`, 'utf8')) : 0;
    if (holder && !isRunning(holder)) rmSync(LOCK, { recursive: true, force: true });
    else if (!said) say(`Waiting for another set-up in this folder (process ${holder || 'starting'}) ...`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** npm ci when what is installed is not what the lock file says; the lock's hash is noted after a success. */
async function installNodeModules() {
  const stamp = 'node_modules/.liangzheng-lock';
  const lock = hash([readFileSync('package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync('node_modules/.bin/node'))
    return;
  // Install scripts are off: prebuilt binaries come inside the packages, and others would be compiled or downloaded.
  await step('Installing packages (a minute or two)', 'npm', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  // The one script that is needed: it puts Node 24, which the product runs on, into node_modules/.bin.
  await step('Installing Node 24 for this project', 'npm', [
    'rebuild',
    'node',
    '--ignore-scripts=false',
    '--foreground-scripts',
    '--loglevel=error',
  ]);
  if (!existsSync('node_modules/.bin/node')) fail('Node 24 did not arrive at node_modules/.bin/node.');
  writeFileSync(stamp, lock);
}

async function installPackages() {
  const missing = PACKAGES.filter((one) => one.for.includes(purpose) && one.needs());
  if (missing.length === 0) return;
  const names = missing.map((one) => one.name);
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...names];
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n'];
  const allowed = command('apt-get') && (sudo.length === 0 || spawnSync('sudo', ['-n', 'true']).status === 0);
  if (allowed) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const updated = await tryStep(
      'Refreshing the list of system packages',
      [...sudo, 'apt-get', 'update', '-q'],
      env,
    );
    if (updated && (await tryStep(`Installing ${names.join(', ')}`, [...sudo, ...install], env))) return;
  }
  say(
    `\nThese system packages are missing. Install them with:\n\n    sudo apt-get update && sudo ${install.join(' ')}\n`,
  );
  for (const one of missing) say(`  without ${one.name}: ${one.without}`);
  say('');
}

/** Builds when any source differs from what the last build saw. */
async function buildIfChanged() {
  if (purpose === 'check') return;
  const sources = [
    'licence',
    'drivers',
    'terminal',
    'sync-agent',
    'city',
    'kiosk-ui',
    'scripts',
    'package-lock.json',
  ];
  const seen = hash(sources.flatMap(files).map((file) => `${file} ${hash([readFileSync(file)])}`));
  const stamp = 'dist/.built-from';
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === seen) return;
  await step('Building', 'node_modules/.bin/node', ['scripts/build.ts']);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, seen);
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)));
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function command(name) {
  return (
    (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, name))) ||
    existsSync(join('/usr/sbin', name)) ||
    existsSync(join('/sbin', name))
  );
}

function library(name) {
  return (
    ['/usr/lib', '/lib', '/usr/lib64'].some((folder) => existsSync(join(folder, name))) ||
    (existsSync('/usr/lib') &&
      readdirSync('/usr/lib').some((triplet) => existsSync(join('/usr/lib', triplet, name))))
  );
}

/** Runs a command, saying every ten seconds that it still runs; ends the program if it fails. */
async function step(title, program, args) {
  const { ok, output } = await run(title, program, args, process.env);
  if (!ok) fail(`${output}\n${title}: failed. The command was:\n    ${[program, ...args].join(' ')}`);
}

async function tryStep(title, [program, ...args], env) {
  const { ok, output } = await run(title, program, args, env);
  if (!ok) say(`${output}\n${title}: failed.`);
  return ok;
}

function run(title, program, args, env) {
  const began = Date.now();
  say(`${title} ...`);
  const ticking = setInterval(
    () => say(`  still at it, ${Math.round((Date.now() - began) / 1000)} s`),
    10_000,
  );
  return new Promise((resolve) => {
    let output = '';
    // a group of its own, so that Ctrl-C can end it whole and wait for its end
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const interrupt = () => {
      interrupted = true;
      // npm takes its time to heed a signal, and what it leaves is cleared away; the package manager must end in order
      if (child.pid) process.kill(-child.pid, program === 'npm' ? 'SIGKILL' : 'SIGTERM');
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const done = (ok, more = '') => {
      clearInterval(ticking);
      for (const signal of SIGNALS) process.off(signal, interrupt);
      if (interrupted) fail('Interrupted. The next start goes on from here.');
      resolve({ ok, output: output + more });
    };
    child.on('error', (error) => done(false, error.message));
    child.on('close', (code) => done(code === 0));
  });
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
