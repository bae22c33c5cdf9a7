import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

// electron-builder brings both; it has no public way to check a configuration without building
const require = createRequire(import.meta.url);
const { load } = require('js-yaml');
const { validateConfiguration } = require('app-builder-lib/out/util/config/config');

const DEBUG_LOGGER = { isEnabled: false, add: () => undefined };

const read = (): Record<string, unknown> =>
  load(readFileSync(new URL('../electron-builder.yml', import.meta.url), 'utf8'));

it('electron-builder.yml fits the schema of electron-builder', async () => {
  await expect(validateConfiguration(read(), DEBUG_LOGGER)).resolves.toBeUndefined();
});

it('a key electron-builder does not know is refused', async () => {
  await expect(validateConfiguration({ ...read(), asarr: true }, DEBUG_LOGGER)).rejects.toThrow(/asarr/);
});

it('packages the Electron that is installed', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../node_modules/electron/package.json', import.meta.url), 'utf8'),
  );
  expect(read().electronVersion).toBe(version);
});
