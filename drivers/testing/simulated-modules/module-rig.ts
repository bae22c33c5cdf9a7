import { type Attachment, attach } from '../../attachment.ts';
import type { FramingName } from '../../framing/framing.ts';
import { type Hookup, hookUp } from '../../hook-up.ts';
import type { Ask, ModuleName, ScannerModule } from '../../modules/module.ts';
import type { ScannerFault } from '../../scanner.ts';
import type { PtyPair } from '../pty-pair.ts';
import { PlayedModule } from './played-module.ts';
import { runOnPty } from './run-on-pty.ts';
import type { SimulatedModule } from './simulated-module.ts';

/** A module's commands with the simulated module at the other end of the wire. */
export interface ModuleRig {
  readonly module: ScannerModule;
  readonly ask: Ask;
  readonly attachment: Attachment;
  readonly played: PlayedModule;
  /** What was taken for a code, as Latin-1 text. */
  readonly codes: readonly string[];
  /** What was thrown away, by its reason. */
  readonly discarded: readonly string[];
  readonly faults: readonly ScannerFault[];
  /** Shows a code to the scanner: these bytes come over the wire. */
  show(bytes: string): Promise<void>;
  close(): Promise<void>;
}

/** Over a wire that is a function call, so that timers can be faked. */
export function openModuleRig(
  name: ModuleName,
  framing: FramingName,
  simulated: SimulatedModule,
): Promise<ModuleRig> {
  const ended = Promise.withResolvers<undefined>();
  let deliver: (bytes: Uint8Array) => void = () => undefined;
  const played = new PlayedModule(simulated, (bytes) => deliver(bytes));
  const hookup: Hookup = {
    ...hookUp(device('nowhere'), { model: name, framing, module: name }, () => performance.now()),
    async open(onChunk) {
      deliver = onChunk;
      const write = async (bytes: Uint8Array) => played.hear(bytes);
      const close = () => ended.resolve(undefined);
      return { ok: true, connection: { ended: ended.promise, write, close } };
    },
  };
  return startRig(hookup, played, async (bytes) => deliver(Buffer.from(bytes, 'latin1')));
}

/** Over a real cable; the pauses between commands are left out, no module here needs them. */
export async function openModuleRigOnPty(
  name: ModuleName,
  framing: FramingName,
  simulated: SimulatedModule,
  pty: PtyPair,
): Promise<ModuleRig> {
  const { played, show, close } = await runOnPty(simulated, pty);
  const hookup = hookUp(device(pty.terminalEnd), { model: name, framing, module: name }, () =>
    performance.now(),
  );
  const { module } = hookup;
  const hurried = module && { ...module, pacing: { ...module.pacing, gapMs: 0 } };
  return startRig({ ...hookup, ...(hurried ? { module: hurried } : {}) }, played, show, close);
}

function device(path: string) {
  return { transport: 'serial', path } as const;
}

async function startRig(
  hookup: Hookup,
  played: PlayedModule,
  show: (bytes: string) => Promise<void>,
  closeFarEnd: () => Promise<void> = () => Promise.resolve(),
): Promise<ModuleRig> {
  const codes: string[] = [];
  const discarded: string[] = [];
  const faults: ScannerFault[] = [];
  const attached = await attach(hookup, {
    code: ({ bytes }) => codes.push(Buffer.from(bytes).toString('latin1')),
    discarded: ({ why }) => discarded.push(why),
    fault: (fault) => faults.push(fault),
  });
  if (!attached.ok) throw new Error(attached.detail);
  const { attachment } = attached;
  const { module } = hookup;
  if (!module || !attachment.ask) throw new Error('there is no module to talk with');
  return {
    module,
    ask: attachment.ask,
    attachment,
    played,
    codes,
    discarded,
    faults,
    show,
    async close() {
      attachment.close();
      await attachment.ended;
      await closeFarEnd();
    },
  };
}
