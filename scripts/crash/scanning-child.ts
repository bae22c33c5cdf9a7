/**
 * The way of a scan on real stores, as fast as it goes, until somebody kills this process: each verdict it was told is
 * said on the standard output at once, and nothing else is said by then.
 *
 *   node scripts/crash/scanning-child.ts --data FOLDER --run N [--mutate NAME] [--say-rows]
 */
import { flushCompileCache } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { CityKnowledge } from '../../terminal/core/city-knowledge.ts';
import { TestClock } from '../../terminal/core/clock.ts';
import { Pipeline, type PipelineOutput } from '../../terminal/core/pipeline.ts';
import { Recorder } from '../../terminal/core/recorder.ts';
import { noResolver } from '../../terminal/core/resolver.ts';
import { TimeKeeper } from '../../terminal/core/time-keeper.ts';
import { AuditStore } from '../../terminal/store/audit-store.ts';
import { SyncSource } from '../../terminal/store/sync-source.ts';
import { TrustPin } from '../../terminal/store/trust-pin.ts';
import { NOW_MS, phoneCode } from '../../terminal/testing/demo-city.ts';
import { textOf } from './check-store.ts';
import { say, type Told } from './child-line.ts';
import { prepareFolder, TERMINAL_ID } from './crash-world.ts';
import { isMutation, MUTATIONS, type Mutation } from './mutations.ts';
import { hexOf, readStore } from './read-store.ts';

/** Scans between two looks after the store, which a terminal does every second. */
const LOOK_EVERY = 8;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    run: { type: 'string', default: '1' },
    mutate: { type: 'string' },
    'say-rows': { type: 'boolean', default: false },
  },
});
if (values.data === undefined) throw new Error('--data FOLDER is missing');

const folder = await prepareFolder(values.data);
const clock = new TestClock(NOW_MS);
const verifier = nativeVerifier();
const unexpected = (fault: string) => say({ type: 'news', detail: fault });

flushCompileCache(); // otherwise written at the end of a process, which this one doesn't live to see
say({ type: 'opening' });
const store = new AuditStore({
  folder,
  terminalId: TERMINAL_ID,
  onNews: (news) => say({ type: 'news', detail: JSON.stringify(news) }),
});
store.look();
const knowledge = new CityKnowledge({
  source: new SyncSource(folder.syncDb),
  pin: new TrustPin(store),
  timeKeeper: new TimeKeeper(clock, 0, store.lastUnixMs()),
  verifier,
  clock,
  onFault: unexpected,
});
knowledge.refresh();
if (values['say-rows']) sayRows();

/** Where the row written last stands: that of the verdict told next. */
let last: Omit<Told, 'type' | 'scan'> | undefined;
const writing = values.mutate === undefined ? store : MUTATIONS[mutationOf(values.mutate)](store);
const recorder = new Recorder({
  store: {
    append: (event, used) => {
      const { epoch, seq, head } = writing.append(event, used);
      last = { epoch: hexOf(epoch), seq, head: hexOf(head), ...(used ? { proof: hexOf(used.hash) } : {}) };
      return { epoch, seq, head };
    },
  },
  sealer: () => knowledge.sealer,
  now: () => knowledge.estimatedTime(),
  onFault: unexpected,
});
let good = '';
const number = { run: Number(values.run), scan: 0 };
const pipeline = new Pipeline({
  knowledge,
  verifier,
  resolver: noResolver,
  audit: store,
  recorder,
  clock,
  serviceId: () => 'medical-insurance',
  inService: () => true,
  verdictShowing: () => false,
  emit: tell,
  onAlarm: () => undefined,
});

for (;;) {
  number.scan += 1;
  const bytes = new TextEncoder().encode(codeOf(number.scan));
  // the scanner's name is the one public field of a row that is free: it says which scan the row is of
  await pipeline.receive({ bytes, device: textOf(number), receivedAt: clock.monotonic() });
  if (number.scan % LOOK_EVERY === 0) store.look();
  await turn();
}

function tell(output: PipelineOutput): void {
  if (output.type === 'verdict' && last) say({ type: 'told', scan: textOf(number), ...last });
  if (output.type === 'store-failed') unexpected(output.error.message);
}

/** A good code, foreign ones, the good one again …: rows with and without a proof, and looks into the replay memory. */
function codeOf(scan: number): string {
  if (scan % 8 === 1) good = phoneCode();
  return scan % 4 === 1 ? good : `https://pay.example/${scan}`;
}

function mutationOf(name: string): Mutation {
  if (isMutation(name)) return name;
  throw new Error(`there is no mutation ${name}; there are: ${Object.keys(MUTATIONS).join(', ')}`);
}

function sayRows(): void {
  const { epochs, proofs } = readStore(folder.auditDb);
  for (const { epoch, rows } of epochs) {
    for (const { seq, head, bytes } of rows) {
      say({ type: 'row', epoch, seq, head: hexOf(head), bytes: Buffer.from(bytes).toString('base64') });
    }
  }
  for (const hash of proofs) say({ type: 'proof', hash });
  say({ type: 'read', epochs: epochs.map(({ epoch }) => epoch) });
}
