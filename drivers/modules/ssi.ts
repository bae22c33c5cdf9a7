import type { CommandResult, Lit, ReadingMode } from '../capabilities.ts';
import { matchSsiPacket, NAK_RESEND, SSI, type SsiPacket, ssiPacket } from '../framing/packets/ssi-packet.ts';
import { askAgain, type ReplyOrAgain } from './again.ts';
import { inHex } from './dialogue.ts';
import type { Ask, Reply, ScannerModule } from './module.ts';
import { inOrder, setUpStep } from './set-up.ts';
import { type Coding, change, choices, current, type Keep, notOffered, type Setting } from './setting.ts';

/**
 * Zebra SSI, also Grow GM67. Commands and answers are packets (see `ssiPacket`): a command is acknowledged by CMD_ACK,
 * a question by its answer (Simple Serial Interface Programmer's Guide).
 */
export const ssi: ScannerModule = {
  name: 'ssi',
  framing: 'ssi',
  pacing: {
    timeoutMs: 500,
    // two resends (d)
    tries: 3,
    gapMs: 20,
    // the GM67 sleeps between two scans (d)
    wake: { bytes: Uint8Array.of(0x00), waitMs: 50 },
  },
  capabilities: (ask) => ({
    trigger: {
      start: () => perform(ask, 'trigger on', 0xe4),
      stop: () => perform(ask, 'trigger off', 0xe5),
    },
    beep: { beep: () => perform(ask, 'beep', 0xe6, [0x01]) },
    light: { set: (when) => switchLit(ask, when, { name: 'light', on: 0xc1, off: 0xc0 }) },
    aim: { set: (when) => switchLit(ask, when, { name: 'aim', on: 0xc5, off: 0xc4 }) },
    led: { set: (on) => perform(ask, 'LED', on ? 0xe7 : 0xe8, [LED]) },
    info: { read: () => readRevision(ask) },
    modes: { get: () => current(ask, MODE), set: (mode) => change(ask, MODE, mode) },
  }),
  async ping(ask) {
    const revision = await readRevision(ask);
    return revision.ok ? { ok: true, value: undefined } : revision;
  },
  async setUp(ask, wanted) {
    const enabled = await perform(ask, 'enable', 0xe9);
    if (!enabled.ok) return enabled;
    return inOrder([
      setUpStep(ask, 'packets', PACKETS, true),
      setUpStep(ask, 'acknowledgements', ACKNOWLEDGEMENTS, true),
      setUpStep(ask, 'mode', MODE, wanted.mode),
      setUpStep(ask, 'light', undefined, wanted.light),
      setUpStep(ask, 'aim', undefined, wanted.aim),
      setUpStep(ask, 'beep', undefined, wanted.beep),
      setUpStep(ask, 'same code', undefined, wanted.sameCodeMs),
    ]);
  },
};

const SWITCH = choices<boolean>([
  [true, 1],
  [false, 0],
]);
const PACKETS: Setting<boolean> = parameter(0xee, 'packets', SWITCH);
const ACKNOWLEDGEMENTS: Setting<boolean> = parameter(0x9f, 'acknowledgements', SWITCH);
/** 00 level, 02 pulse, 04 continuous, 08 host, 09 induction: public driver code for the GM67 (c). */
const MODE: Setting<ReadingMode> = parameter(
  0x8a,
  'mode',
  choices([
    ['trigger', 8],
    ['trigger', 0],
    ['trigger', 2],
    ['continuous', 4],
    ['sense', 9],
  ]),
);

const PARAM_REQUEST = 0xc7;
const REQUEST_REVISION = 0xa3;
const REPLY_REVISION = 0xa4;
/** Of several LEDs the first: public driver code (c). */
const LED = 0x01;
/** In PARAM_SEND: no beep when the parameter changes (d). */
const NO_BEEP = 0xff;
/** Bit 3 of PARAM_SEND's status: the parameter outlives the power (d). */
const PERMANENT = 0x08;
/** Storing a parameter may take longer than answering does (d). */
const STORE_TIMEOUT_MS = 2_000;

/** Reads and writes one parameter below F0, which has one byte. */
function parameter<V extends boolean | ReadingMode>(id: number, name: string, coding: Coding<V>): Setting<V> {
  return {
    coding,
    read: (ask) =>
      askAgain(ask, { name, bytes: ssiPacket(PARAM_REQUEST, [id]) }, (answer) =>
        readPacket(answer, SSI.paramSend, ({ data }): Reply<number> => {
          const [, echoed, value] = data;
          if (echoed === undefined)
            return { ok: false, reason: 'refused', detail: `${name}: no such parameter` };
          if (echoed === id && value !== undefined && data.length === 3) return { ok: true, value };
          return {
            ok: false,
            reason: 'unknown-answer',
            detail: `${name}: ${data.length} bytes of parameters`,
          };
        }),
      ),
    write: (ask, wire, keep) => storeParameter(ask, name, [id, wire], keep),
  };
}

function storeParameter(ask: Ask, name: string, data: readonly number[], keep: Keep): Promise<CommandResult> {
  const bytes = ssiPacket(SSI.paramSend, [NO_BEEP, ...data], keep === 'for-good' ? PERMANENT : 0);
  return askAgain(ask, { name, bytes, timeoutMs: STORE_TIMEOUT_MS }, readAck);
}

function perform(ask: Ask, name: string, op: number, data: readonly number[] = []): Promise<CommandResult> {
  return askAgain(ask, { name, bytes: ssiPacket(op, data) }, readAck);
}

interface Lamp {
  readonly name: string;
  readonly on: number;
  readonly off: number;
}

async function switchLit(ask: Ask, when: Lit, { name, on, off }: Lamp): Promise<CommandResult> {
  if (when === 'while-reading') return notOffered(`${name} ${when}`);
  return perform(ask, name, when === 'on' ? on : off);
}

function readRevision(ask: Ask): Promise<CommandResult<{ readonly version: string }>> {
  return askAgain(ask, { name: 'revision', bytes: ssiPacket(REQUEST_REVISION) }, (answer) =>
    readPacket(answer, REPLY_REVISION, ({ data }) => ({
      ok: true,
      value: { version: Buffer.from(data).toString('latin1').trim() },
    })),
  );
}

function readAck(answer: Uint8Array): ReplyOrAgain<void> | undefined {
  return readPacket(answer, SSI.ack, () => ({ ok: true, value: undefined }));
}

/** Undefined for packets of other kinds: the module also speaks unasked. */
function readPacket<T>(
  answer: Uint8Array,
  op: number,
  read: (packet: SsiPacket) => Reply<T>,
): ReplyOrAgain<T> | undefined {
  const match = matchSsiPacket(answer);
  if (match.name !== 'whole') return undefined;
  const { packet } = match;
  if (packet.op === op) return read(packet);
  if (packet.op !== SSI.nak) return undefined;
  // Zebra gives the cause as data, the GM67 as status (c)
  const cause = packet.data[0] ?? packet.status;
  if (cause === NAK_RESEND) return { name: 'again' };
  return { ok: false, reason: 'refused', detail: `NAK ${inHex(Uint8Array.of(cause))}` };
}
