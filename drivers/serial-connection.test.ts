import { expect, test } from 'vitest';
import { openSerialConnection } from './serial-connection.ts';
import { DEFAULT_BAUD_RATE } from './serial-port-options.ts';
import { openPtyPair } from './testing/pty-pair.ts';

/** Of unplugs in the middle of a burst, this many hit a running read at least once, nearly always. */
const UNPLUGS = 6;

test('an unplug in the middle of a code ends the connection, also where serialport does not notice', async () => {
  await Promise.all(
    Array.from({ length: UNPLUGS }, async () => {
      const cable = await openPtyPair();
      const port = { path: cable.terminalEnd, baudRate: DEFAULT_BAUD_RATE };
      const opened = await openSerialConnection(port, () => undefined);
      if (!opened.ok) throw new Error(opened.detail);
      await cable.write('A'.repeat(3_000));
      await cable.close();
      expect(await opened.connection.ended).toBeTypeOf('string');
    }),
  );
});
