/**
 * The Electron window around the kiosk page. It only shows what the terminal serves on loopback; everything a page
 * could otherwise ask of the machine is denied.
 */
import { app, BrowserWindow, session } from 'electron';

const url = process.argv.find((argument) => argument.startsWith('--url='))?.slice('--url='.length) ?? '';
const { origin, hostname, protocol } = new URL(url);
if (protocol !== 'http:' || hostname !== '127.0.0.1')
  throw new Error('only the terminal on loopback is shown');

app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
if (!app.requestSingleInstanceLock()) app.quit();

app.on('web-contents-created', (_, contents) => {
  // a page can't leave the terminal, open another window or embed one
  contents.on('will-navigate', (event) => {
    if (new URL(event.url).origin !== origin) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
});

await app.whenReady();
session.defaultSession.setPermissionRequestHandler((_, __, answer) => answer(false));
session.defaultSession.setPermissionCheckHandler(() => false);
session.defaultSession.on('will-download', (event) => event.preventDefault());

const window = new BrowserWindow({
  width: 1080,
  height: 1920,
  autoHideMenuBar: true,
  webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, devTools: false },
});
await window.loadURL(url);
