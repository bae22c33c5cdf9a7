/**
 * Builds everything that runs: the terminal's programs, the city's (never shipped to a terminal) and the pages.
 * Native packages stay outside the bundles.
 */
import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
// reproducible builds: https://reproducible-builds.org/specs/source-date-epoch/
const buildMs = process.env.SOURCE_DATE_EPOCH ? Number(process.env.SOURCE_DATE_EPOCH) * 1000 : Date.now();

const NATIVE = [
  'better-sqlite3',
  'serialport',
  '@serialport/parser-readline',
  'node-hid',
  'electron',
  'cbor-extract',
];

const BRIDGE_CLIENT = ['liangzheng-bridge.js', 'sample.html', 'sample.js'];

await build(
  programs('dist/terminal', {
    liangzheng: 'terminal/cli/liangzheng.ts',
    'sync-agent': 'sync-agent/main.ts',
    'electron-main': 'terminal/hosts/electron/main.ts',
  }),
);
await build(programs('dist/city', { city: 'city/cli.ts' }));
await build(pages('dist/ui', ['kiosk-ui/kiosk/index.html', 'kiosk-ui/counter/index.html']));
// runs in whatever page a business system has: as it is, not bundled
for (const file of BRIDGE_CLIENT) {
  cpSync(`${root}/terminal/bridge/client/${file}`, `${root}/dist/ui/bridge/${file}`);
}
await build(pages('dist/city/ui', ['city/phone/index.html']));

function programs(outDir: string, input: Record<string, string>): InlineConfig {
  return {
    ...common(),
    ssr: { noExternal: true, external: NATIVE, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  };
}

function pages(outDir: string, input: string[]): InlineConfig {
  return {
    ...common(),
    base: './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // the strict content security policy has no room for data: URLs
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input },
    },
  };
}

function common(): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    define: {
      __LIANGZHENG_VERSION__: JSON.stringify(version),
      __LIANGZHENG_BUILD_MS__: String(buildMs),
    },
  };
}
