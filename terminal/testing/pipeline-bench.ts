import { onTestFinished } from 'vitest';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import { CityKnowledge } from '../core/city-knowledge.ts';
import { TestClock } from '../core/clock.ts';
import { Pipeline, type PipelineOutput, type ScannedCode } from '../core/pipeline.ts';
import { AuditLog } from '../store/audit-log.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { SyncReader, SyncStore } from '../store/sync-store.ts';
import { DemoCity, NOW_MS } from './demo-city.ts';
import { tempFolder } from './temp-folder.ts';

/** A pipeline between real stores, in the demo world. */
export interface PipelineBench {
  readonly folder: DataFolder;
  readonly clock: TestClock;
  readonly city: DemoCity;
  readonly pipeline: Pipeline;
  /** Everything it has told. */
  readonly outputs: PipelineOutput[];
  /** Reasons of the verdicts among it. */
  reasons(): string[];
  /** Says whether the last verdict still shows. */
  show(showing: boolean): void;
  /** Shows a code to the scanner and waits until it is judged. */
  scan(code: ScannedCode['bytes'] | string): Promise<void>;
  /** Takes a code without waiting. */
  receive(code: ScannedCode['bytes'] | string): void;
}

export async function openPipelineBench(
  wish: { readonly service?: string; readonly onOutput?: (output: PipelineOutput) => void } = {},
): Promise<PipelineBench> {
  const folder = dataFolder(tempFolder());
  const city = await DemoCity.found();
  const store = new SyncStore(folder.syncDb);
  city.enrol(store);
  store.close();
  const reader = SyncReader.open(folder.syncDb);
  if (!reader) throw new Error('the store was made, but can not be read');
  const clock = new TestClock(NOW_MS);
  const verifier = nativeVerifier();
  const audit = AuditLog.open(folder.auditDb, new Uint8Array(16));
  onTestFinished(() => {
    audit.close();
    reader.close();
  });
  const outputs: PipelineOutput[] = [];
  let showing = false;
  const pipeline = new Pipeline({
    knowledge: new CityKnowledge({ reader, verifier, clock, buildMs: 0, onFault: unexpected }),
    verifier,
    audit,
    clock,
    serviceId: () => wish.service ?? 'medical-insurance',
    verdictShowing: () => showing,
    emit: (output) => {
      outputs.push(output);
      wish.onOutput?.(output);
    },
  });
  const receive = (code: ScannedCode['bytes'] | string) => {
    const bytes = code === 'too-long' || typeof code !== 'string' ? code : new TextEncoder().encode(code);
    pipeline.receive({ bytes, device: 'simulated:', receivedAt: clock.monotonic() });
  };
  return {
    folder,
    clock,
    city,
    pipeline,
    outputs,
    reasons: () => outputs.flatMap((output) => (output.type === 'verdict' ? [output.verdict.reason] : [])),
    show: (now) => {
      showing = now;
    },
    scan: async (code) => {
      receive(code);
      await pipeline.idle();
    },
    receive,
  };
}

function unexpected(fault: string): void {
  throw new Error(`unexpected fault: ${fault}`);
}
