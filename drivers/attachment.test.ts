import { expect, test } from 'vitest';
import { type AttachmentListeners, attach } from './attachment.ts';
import type { Hookup } from './hook-up.ts';
import type { ScannerFault } from './scanner.ts';
import { memoryWire } from './testing/memory-wire.ts';

function openWire(wish: Partial<Hookup> = {}) {
  const wire = memoryWire(wish);
  return { hookup: wire.hookup, wire };
}

async function attached(hookup: Hookup, wish: Partial<AttachmentListeners> = {}) {
  const codes: string[] = [];
  const faults: ScannerFault[] = [];
  const result = await attach(hookup, {
    code: ({ bytes }) => codes.push(Buffer.from(bytes).toString('latin1')),
    discarded: () => undefined,
    fault: (fault) => faults.push(fault),
    ...wish,
  });
  if (!result.ok) throw new Error(result.detail);
  return { ...result.attachment, codes, faults };
}

test('codes come through until the device leaves, with the reason', async () => {
  const { hookup, wire } = openWire();
  const { codes, ended } = await attached(hookup);
  wire.send('LZ1:6BF\r');
  wire.unplug();
  expect(await ended).toBe('unplugged');
  expect(codes).toEqual(['LZ1:6BF']);
});

test('what a listener throws ends the connection with that reason, and nothing else', async () => {
  const { hookup, wire } = openWire();
  const { ended } = await attached(hookup, {
    code: () => {
      throw new Error('a listener broke');
    },
  });
  expect(() => wire.send('LZ1:6BF\r')).not.toThrow();
  expect(await ended).toBe('the driver failed: a listener broke');
  expect(wire.closed).toBe(1);
});

test('an acknowledgement that can not be sent is a fault, and the code comes through', async () => {
  const { hookup, wire } = openWire({
    startFraming: (onFrame) => ({
      take(chunk) {
        onFrame({ name: 'reply', bytes: Uint8Array.of(6) });
        onFrame({ name: 'code', bytes: chunk, frames: 1 });
      },
      close: () => undefined,
    }),
  });
  const { codes, faults } = await attached({
    ...hookup,
    async open(onChunk) {
      const opened = await hookup.open(onChunk);
      if (!opened.ok) return opened;
      const write = () => Promise.reject(new Error('the port is closed'));
      return { ok: true, connection: { ...opened.connection, write } };
    },
  });
  wire.send('LZ1:6BF');
  await expect.poll(() => faults).toMatchObject([{ name: 'write-failed' }]);
  expect(codes).toEqual(['LZ1:6BF']);
});

test('a device that does not open says why, and its framing is closed', async () => {
  let closed = false;
  const { hookup } = openWire({
    startFraming: () => ({
      take: () => undefined,
      close: () => {
        closed = true;
      },
    }),
    open: () => Promise.resolve({ ok: false, detail: 'busy', cure: 'wait' }),
  });
  expect(
    await attach(hookup, { code: () => undefined, discarded: () => undefined, fault: () => undefined }),
  ).toEqual({
    ok: false,
    detail: 'busy',
    cure: 'wait',
  });
  expect(closed).toBe(true);
});
