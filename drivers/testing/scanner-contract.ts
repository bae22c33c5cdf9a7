import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Scanner } from '../scanner.ts';
import { eventually } from './eventually.ts';
import { recordScanner } from './scanner-record.ts';

/** A scanner and the hand that shows codes to it. */
export interface ScannerRig {
  readonly scanner: Scanner;
  /** Shows a code made of ASCII text. Resolves when it is on its way. */
  show(code: string): Promise<void> | void;
  close(): Promise<void> | void;
}

/** What every `Scanner` promises, run against a real one. */
export function describeScannerContract(name: string, openRig: () => Promise<ScannerRig> | ScannerRig): void {
  describe(`${name}: the contract of every scanner`, () => {
    let rig: ScannerRig;

    beforeEach(async () => {
      rig = await openRig();
    });

    afterEach(async () => {
      try {
        await rig.scanner.release();
      } finally {
        await rig.close();
      }
    });

    test('it is released until it is claimed', () => {
      expect(rig.scanner.state).toEqual({ name: 'released' });
    });

    test('a code shown before it is claimed is not reported, then or later', async () => {
      const record = recordScanner(rig.scanner);
      await rig.show('BEFORE');
      await claimAndWait();
      await rig.show('AFTER');
      await eventually(() => expect(record.codes).toEqual(['AFTER']));
    });

    test('it becomes ready after the claim and says so', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      expect(record.states.at(-1)).toMatchObject({ name: 'ready' });
    });

    test('a code is one scan with its bytes, its scanner and the time it came in', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      const before = performance.now();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      const [scan] = record.scans;
      expect(scan?.device).toBe(rig.scanner.id);
      expect(scan).toMatchObject({ text: 'LZ1:6BF', encoding: 'utf-8', frames: 1 });
      expect(scan).not.toHaveProperty('symbology');
      expect(scan?.receivedAt).toBeGreaterThanOrEqual(before);
      expect(scan?.receivedAt).toBeLessThanOrEqual(performance.now());
    });

    test('spaces around a code are part of it', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      await rig.show(' LZ1:6BF  ');
      await eventually(() => expect(record.codes).toEqual([' LZ1:6BF  ']));
    });

    test('an AIM identifier is the symbology and not part of the code', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      await rig.show(']Q1LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(record.scans[0]?.symbology).toBe(']Q1');
    });

    test('a code beyond the limit is dropped whole with a fault, and the next one is read', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      await rig.show('A'.repeat(5_000));
      await eventually(() => expect(record.faults).toMatchObject([{ name: 'too-long' }]));
      await rig.show('NEXT');
      await eventually(() => expect(record.codes).toEqual(['NEXT']));
    });

    test('a listener that unsubscribed hears no more, the others do', async () => {
      const left: string[] = [];
      const unsubscribe = rig.scanner.on('scan', (scan) => left.push(scan.device));
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      unsubscribe();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(left).toEqual([]);
    });

    test('claiming it twice changes nothing', async () => {
      const record = recordScanner(rig.scanner);
      rig.scanner.claim();
      await claimAndWait();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(record.faults).toEqual([]);
    });

    test('it is released after release, says so and reads no more', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      await rig.scanner.release();
      await rig.show('LATE');
      expect(rig.scanner.state).toEqual({ name: 'released' });
      expect(record.states.at(-1)).toEqual({ name: 'released' });
      expect(record.codes).toEqual([]);
    });

    test('releasing it right after the claim, or twice, comes to an end', async () => {
      rig.scanner.claim();
      await Promise.all([rig.scanner.release(), rig.scanner.release()]);
      expect(rig.scanner.state).toEqual({ name: 'released' });
    });

    test('once released it can not be claimed again', async () => {
      await rig.scanner.release();
      expect(() => rig.scanner.claim()).toThrow('released');
    });

    test('while paused it drops and counts what is shown, and reads on once resumed', async () => {
      const record = recordScanner(rig.scanner);
      await claimAndWait();
      rig.scanner.pause();
      await rig.show('PAUSED');
      await eventually(() => expect(rig.scanner.statistics.droppedPaused).toBe(1));
      rig.scanner.resume();
      await rig.show('AFTER');
      await eventually(() => expect(record.codes).toEqual(['AFTER']));
    });

    test('its statistics count scans, connections and discarded bytes', async () => {
      await claimAndWait();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(rig.scanner.statistics.scans).toBe(1));
      await rig.show('A'.repeat(5_000));
      await eventually(() => expect(rig.scanner.statistics.discardedBytes).toBeGreaterThan(4_000));
      expect(rig.scanner.statistics).toMatchObject({
        connections: 1,
        lastFault: { name: 'too-long', detail: expect.not.stringContaining('AAA') },
      });
    });

    async function claimAndWait(): Promise<void> {
      rig.scanner.claim();
      await eventually(() => expect(rig.scanner.state.name).toBe('ready'));
    }
  });
}
