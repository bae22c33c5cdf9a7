import { onTestFinished } from 'vitest';
import { nativeVerifier } from '../../licence/ed25519/native-verifier.ts';
import type { SignatureVerifier } from '../../licence/ed25519/signature-verifier.ts';
import { TestClock } from '../core/clock.ts';
import { Pipeline, type PipelineOutput, type ScannedCode } from '../core/pipeline.ts';
import { Recorder } from '../core/recorder.ts';
import { noResolver, type Resolver } from '../core/resolver.ts';
import { type DataFolder, dataFolder } from '../store/data-folder.ts';
import { SyncStore } from '../store/sync-store.ts';
import { DemoCity, NOW_MS } from './demo-city.ts';
import { openKnowledge } from './open-knowledge.ts';
import { tempFolder } from './temp-folder.ts';

/** A pipeline between real stores, in the demo world. */
export interface PipelineBench {
  readonly folder: DataFolder;
  readonly clock: TestClock;
  readonly city: DemoCity;
  readonly pipeline: Pipeline;
  /** Everything it has told. */
  readonly outputs: PipelineOutput[];
  readonly alarms: string[];
  /** Reasons of the verdicts among it. */
  reasons(): string[];
  /** Says whether the last verdict still shows. */
  show(showing: boolean): void;
  /** Shows a code to the scanner and waits until it is judged. */
  scan(code: ScannedCode['bytes'] | string, symbology?: string): Promise<void>;
  /** Takes a code without waiting. */
  receive(code: ScannedCode['bytes'] | string, symbology?: string): void;
}

export async function openPipelineBench(
  wish: {
    readonly service?: string;
    readonly resolver?: Resolver;
    readonly verifier?: SignatureVerifier;
    readonly onOutput?: (output: PipelineOutput) => void;
  } = {},
): Promise<PipelineBench> {
  const folder = dataFolder(tempFolder());
  const city = await DemoCity.found();
  const store = new SyncStore(folder.syncDb);
  city.enrol(store);
  store.close();
  const clock = new TestClock(NOW_MS);
  const { knowledge, store: audit, close } = openKnowledge(folder, clock);
  const verifier = wish.verifier ?? nativeVerifier();
  const recorder = new Recorder({
    store: audit,
    sealer: () => knowledge.sealer,
    now: () => knowledge.estimatedTime(),
    onFault: () => undefined,
  });
  onTestFinished(close);
  const outputs: PipelineOutput[] = [];
  const alarms: string[] = [];
  let showing = false;
  const pipeline = new Pipeline({
    knowledge,
    verifier,
    resolver: wish.resolver ?? noResolver,
    audit,
    recorder,
    clock,
    serviceId: () => wish.service ?? 'medical-insurance',
    inService: () => true,
    verdictShowing: () => showing,
    emit: (output) => {
      outputs.push(output);
      wish.onOutput?.(output);
    },
    onAlarm: (alarm) => alarms.push(alarm),
  });
  const receive = (code: ScannedCode['bytes'] | string, symbology?: string) => {
    const bytes = code === 'too-long' || typeof code !== 'string' ? code : new TextEncoder().encode(code);
    const scan: ScannedCode = { bytes, device: 'simulated:', receivedAt: clock.monotonic() };
    void pipeline.receive(symbology === undefined ? scan : { ...scan, symbology });
  };
  return {
    folder,
    clock,
    city,
    pipeline,
    outputs,
    alarms,
    reasons: () => outputs.flatMap((output) => (output.type === 'verdict' ? [output.verdict.reason] : [])),
    show: (now) => {
      showing = now;
    },
    scan: async (code, symbology) => {
      receive(code, symbology);
      await pipeline.idle();
    },
    receive,
  };
}
