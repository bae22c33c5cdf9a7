import { startFraming } from '../framing/start-framing.ts';
import type { Hookup } from '../hook-up.ts';

/** A serial wire in memory, opened anew with each connection; lines are framed. */
export interface MemoryWire {
  readonly hookup: Hookup;
  readonly opened: number;
  readonly closed: number;
  send(text: string): void;
  unplug(): void;
}

/** @param onOpen called with each opening, before anything is sent */
export function memoryWire(
  wish: Partial<Hookup> = {},
  onOpen: (wire: MemoryWire) => void = () => undefined,
): MemoryWire {
  let opened = 0;
  let closed = 0;
  let send: (text: string) => void = () => undefined;
  let unplug: () => void = () => undefined;
  const wire: MemoryWire = {
    hookup: {
      device: '/dev/null',
      model: 'memory',
      wire: { transport: 'serial', framing: 'line' },
      wrap: (command) => command,
      startFraming: (onFrame) => startFraming('line', undefined, () => performance.now(), onFrame),
      open(onChunk) {
        const ended = Promise.withResolvers<string | undefined>();
        opened += 1;
        send = (text) => onChunk(Buffer.from(text, 'latin1'));
        unplug = () => ended.resolve('unplugged');
        let open = true;
        const close = () => {
          if (open) closed += 1;
          open = false;
          ended.resolve(undefined);
        };
        onOpen(wire);
        return Promise.resolve({
          ok: true,
          connection: { ended: ended.promise, write: () => Promise.resolve(), close },
        });
      },
      ...wish,
    },
    get opened() {
      return opened;
    },
    get closed() {
      return closed;
    },
    send: (text) => send(text),
    unplug: () => unplug(),
  };
  return wire;
}
