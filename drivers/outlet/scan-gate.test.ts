import { expect, test } from 'vitest';
import { HOLD_OFF_MS, MAX_SCAN_AGE_MS, type Scan } from '../scanner.ts';
import { SCANS_AT_ONCE, ScanGate } from './scan-gate.ts';

const scan = (code: string, receivedAt: number): Scan => ({
  bytes: new TextEncoder().encode(code),
  encoding: 'utf-8',
  device: 'simulated:',
  receivedAt,
  frames: 1,
});

test('a scan as old as the limit still passes', () => {
  expect(
    new ScanGate({ holdOffMs: 0, scansPerSecond: 0 }).refuses(scan('A', 0), MAX_SCAN_AGE_MS),
  ).toBeUndefined();
});

test('a scan older than the limit is stale', () => {
  expect(new ScanGate({ holdOffMs: 0, scansPerSecond: 0 }).refuses(scan('A', 0), MAX_SCAN_AGE_MS + 1)).toBe(
    'stale',
  );
});

test('a paused gate refuses fresh scans, and passes them again once it is not', () => {
  const gate = new ScanGate({ holdOffMs: 0, scansPerSecond: 0 });
  gate.paused = true;
  expect(gate.refuses(scan('A', 0), 0)).toBe('paused');
  gate.paused = false;
  expect(gate.refuses(scan('A', 0), 0)).toBeUndefined();
});

test('the same bytes within the hold-off are the same showing', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  expect(gate.refuses(scan('A', 0), 0)).toBeUndefined();
  expect(gate.refuses(scan('A', HOLD_OFF_MS - 1), HOLD_OFF_MS)).toBe('held-off');
});

test('the hold-off counts from when the code was last seen, however long it is held there', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  gate.refuses(scan('A', 0), 0);
  for (let at = 1_000; at < 20_000; at += 1_000) expect(gate.refuses(scan('A', at), at)).toBe('held-off');
  expect(gate.refuses(scan('A', 19_000 + HOLD_OFF_MS), 19_000 + HOLD_OFF_MS)).toBeUndefined();
});

test('another code passes at once', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  expect(['A', 'B'].map((code, at) => gate.refuses(scan(code, at), at))).toEqual([undefined, undefined]);
});

test('of two codes in view at once each is one showing', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  const refusals = ['A', 'B', 'A', 'B', 'A'].map((code, at) => gate.refuses(scan(code, at), at));
  expect(refusals).toEqual([undefined, undefined, 'held-off', 'held-off', 'held-off']);
});

test('however many codes are shown, few are remembered', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  for (let i = 0; i < 100; i++) gate.refuses(scan(`CODE ${i}`, i), i);
  expect(gate.refuses(scan('CODE 99', 100), 100)).toBe('held-off');
  expect(gate.refuses(scan('CODE 0', 101), 101)).toBeUndefined();
});

test('a code dropped in a pause passes when it is shown again after it', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 0 });
  gate.paused = true;
  gate.refuses(scan('A', 0), 0);
  gate.paused = false;
  expect(gate.refuses(scan('A', 1), 1)).toBeUndefined();
});

test('a device that brings more codes than people can show is slowed down', () => {
  const gate = new ScanGate({ holdOffMs: HOLD_OFF_MS, scansPerSecond: 5 });
  const passed = (from: number, ms: number) =>
    Array.from({ length: 200 }, (_, i) => gate.refuses(scan(`CODE ${from + i}`, ms), ms)).filter((r) => !r)
      .length;
  expect(passed(0, 0)).toBe(SCANS_AT_ONCE);
  expect(passed(1_000, 1_000)).toBe(5);
});
