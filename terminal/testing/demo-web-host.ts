import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startWebHost, type WebHost } from '../hosts/web/web-host.ts';
import { type DemoTerminal, startDemoTerminal } from './demo-terminal.ts';
import { tempFolder } from './temp-folder.ts';

/** A demo terminal behind a real web host with pages as short as pages can be. @param port 0 takes any free one. */
export async function startDemoWebHost(
  port = 0,
  exact = false,
): Promise<DemoTerminal & { readonly host: WebHost }> {
  const demo = await startDemoTerminal();
  const pages = tempFolder();
  for (const page of ['kiosk', 'counter']) {
    mkdirSync(join(pages, 'kiosk-ui', page), { recursive: true });
    writeFileSync(join(pages, 'kiosk-ui', page, 'index.html'), `<title>${page}</title>`);
  }
  mkdirSync(join(pages, 'assets'));
  writeFileSync(join(pages, 'assets', 'app.js'), '// app');
  const host = await startWebHost(demo.terminal, pages, { port, exact });
  onTestFinished(() => host.close());
  return { ...demo, host };
}
