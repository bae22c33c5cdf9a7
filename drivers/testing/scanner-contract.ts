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
        await rig.scanner.stop();
      } finally {
        await rig.close();
      }
    });

    test('it is stopped until it is started', () => {
      expect(rig.scanner.state).toEqual({ name: 'stopped' });
    });

    test('a code shown before it is started is not reported, then or later', async () => {
      const record = recordScanner(rig.scanner);
      await rig.show('BEFORE');
      await startAndWait();
      await rig.show('AFTER');
      await eventually(() => expect(record.codes).toEqual(['AFTER']));
    });

    test('it becomes ready after start and says so', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      expect(record.states.at(-1)).toEqual({ name: 'ready' });
    });

    test('a code is one scan with its bytes, its scanner and the time it came in', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      const before = performance.now();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      const [scan] = record.scans;
      expect(scan?.device).toBe(rig.scanner.id);
      expect(scan).not.toHaveProperty('symbology');
      expect(scan?.receivedAt).toBeGreaterThanOrEqual(before);
      expect(scan?.receivedAt).toBeLessThanOrEqual(performance.now());
    });

    test('spaces around a code are part of it', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      await rig.show(' LZ1:6BF  ');
      await eventually(() => expect(record.codes).toEqual([' LZ1:6BF  ']));
    });

    test('an AIM identifier is the symbology and not part of the code', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      await rig.show(']Q1LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(record.scans[0]?.symbology).toBe(']Q1');
    });

    test('a code beyond the limit is dropped whole with a fault, and the next one is read', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      await rig.show('A'.repeat(5_000));
      await eventually(() => expect(record.faults).toMatchObject([{ name: 'too-long' }]));
      await rig.show('NEXT');
      await eventually(() => expect(record.codes).toEqual(['NEXT']));
    });

    test('a listener that unsubscribed hears no more, the others do', async () => {
      const left: string[] = [];
      const unsubscribe = rig.scanner.on('scan', (scan) => left.push(scan.device));
      const record = recordScanner(rig.scanner);
      await startAndWait();
      unsubscribe();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(left).toEqual([]);
    });

    test('starting it twice changes nothing', async () => {
      const record = recordScanner(rig.scanner);
      rig.scanner.start();
      await startAndWait();
      await rig.show('LZ1:6BF');
      await eventually(() => expect(record.codes).toEqual(['LZ1:6BF']));
      expect(record.faults).toEqual([]);
    });

    test('it is stopped after stop, says so and reads no more', async () => {
      const record = recordScanner(rig.scanner);
      await startAndWait();
      await rig.scanner.stop();
      await rig.show('LATE');
      expect(rig.scanner.state).toEqual({ name: 'stopped' });
      expect(record.states.at(-1)).toEqual({ name: 'stopped' });
      expect(record.codes).toEqual([]);
    });

    test('stopping it right after start, or twice, comes to an end', async () => {
      rig.scanner.start();
      await Promise.all([rig.scanner.stop(), rig.scanner.stop()]);
      expect(rig.scanner.state).toEqual({ name: 'stopped' });
    });

    test('once stopped it can not be started again', async () => {
      await rig.scanner.stop();
      expect(() => rig.scanner.start()).toThrow('stopped');
    });

    async function startAndWait(): Promise<void> {
      rig.scanner.start();
      await eventually(() => expect(rig.scanner.state).toEqual({ name: 'ready' }));
    }
  });
}
