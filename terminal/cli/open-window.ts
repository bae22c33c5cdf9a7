import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Window =
  | { readonly kind: 'electron' | 'browser'; readonly process: ChildProcess }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Opens the kiosk page in the best window there is: Electron, else a browser, else none, with the reason.
 *
 * @param onError told when the program can't be started after all.
 */
export function openWindow(
  url: string,
  profileFolder: string,
  env: NodeJS.ProcessEnv,
  onError: (error: Error) => void,
): Window {
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { kind: 'none', why: 'no display here' };
  }
  const electron = electronBinary();
  if (electron) {
    const main = fileURLToPath(new URL('electron-main.js', import.meta.url));
    return { kind: 'electron', process: launch(electron, [main, `--url=${url}`], onError) };
  }
  const browser = BROWSERS.map((name) => inPath(name, env)).find((path) => path !== undefined);
  if (!browser) return { kind: 'none', why: 'neither Electron nor a browser was found' };
  // Chromium refuses to start as root with its sandbox; the page is only ever the terminal's own, on loopback
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [`--app=${url}`, `--user-data-dir=${profileFolder}`, ...QUIET_KIOSK, ...asRoot];
  return { kind: 'browser', process: launch(browser, args, onError) };
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge'];

/** The verdict's sound must not wait for a first touch, and nothing of the browser's own may cover the page. */
const QUIET_KIOSK = [
  '--autoplay-policy=no-user-gesture-required',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-features=Translate',
];

/** Where `install-electron` put the binary. Asking the package itself would start a download. */
function electronBinary(): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const note = join(folder, 'path.txt');
    if (!existsSync(note)) return undefined;
    const binary = join(folder, 'dist', readFileSync(note, 'utf8'));
    return existsSync(binary) ? binary : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function inPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false; // not in this folder: the next one may have it
      }
    });
}

function launch(program: string, args: readonly string[], onError: (error: Error) => void): ChildProcess {
  return spawn(program, args, { stdio: 'ignore' }).on('error', onError);
}
