import { readdirSync, renameSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { AllRigs } from './all-rigs.ts';
import { messageOf } from './message-of.ts';
import { ProductProcess } from './product-process.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';

/** `nobody`: in none of the groups that may open devices. */
const NOBODY = 65_534;
/** How long a process that is not to get a device is watched after it has said so. */
const WATCHED_MS = 3_000;
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';

/** What can be wrong on a machine: each has to be said in words that help, and to harm nothing else. */
export async function checkFaults({ all, ftdi, hidPos }: AllRigs): Promise<Report> {
  const findings = new Findings();
  for (const rig of all) await rig.plug();
  await withoutRight(all, findings);
  await twoProcesses(all, findings);
  for (const rig of all) await rig.unplug();
  await withoutLibusb(hidPos, ftdi, findings);
  return {
    title: 'Faults of a machine',
    headings: ['fault', 'rig', 'what the operator is told'],
    rows: findings.rows,
    failures: findings.failures,
  };
}

class Findings {
  readonly rows: string[][] = [];
  readonly failures: string[] = [];

  /** Adds what the check says, or that it failed. */
  async add(fault: string, rig: Rig, check: () => Promise<string>): Promise<void> {
    try {
      this.rows.push([fault, rig.name, await check()]);
    } catch (error) {
      this.rows.push([fault, rig.name, 'FAILED']);
      this.failures.push(`${fault}, ${rig.name}: ${messageOf(error)}`);
    }
    console.error(`faults: ${this.rows.at(-1)?.join(', ')}`);
  }
}

async function withoutRight(rigs: readonly Rig[], findings: Findings): Promise<void> {
  const product = await ProductProcess.start(addressesOf(rigs), NOBODY);
  for (const rig of rigs) {
    const cure = () => untilCure(product, rig, /no right|group|permission|udev/i);
    await findings.add('no right to open it', rig, cure);
  }
  await product.end();
}

async function twoProcesses(rigs: readonly Rig[], findings: Findings): Promise<void> {
  const first = await ProductProcess.start(addressesOf(rigs));
  for (const rig of rigs) await first.untilState(rig.address, 'ready').catch(() => undefined); // told by the checks
  const second = await ProductProcess.start(addressesOf(rigs));
  await pause(WATCHED_MS);
  for (const rig of rigs) {
    await findings.add('another process has it', rig, async () => {
      const cure = await untilCure(second, rig, new RegExp(`\\b${first.pid}\\b`));
      await rig.show('LZ1:FIRST');
      await first.untilScan(rig.address, 'LZ1:FIRST');
      return cure.replaceAll(String(first.pid), 'PID');
    });
  }
  const shared = second.told.filter(
    (one) => one.name === 'scan' || (one.name === 'state' && one.state.name === 'ready'),
  );
  findings.failures.push(
    ...shared.map(({ device }) => `another process has it: the second one has ${device} too`),
  );
  await first.end();
  for (const rig of rigs) {
    await findings.add('the other process let go', rig, async () => {
      await second.untilState(rig.address, 'ready');
      return 'ready';
    });
  }
  await second.end();
}

async function withoutLibusb(hid: Rig, serial: Rig, findings: Findings): Promise<void> {
  await hid.plug();
  await serial.plug();
  const names = readdirSync(LIBRARIES).filter((name) => name.startsWith('libusb-1.0.so'));
  for (const name of names) renameSync(`${LIBRARIES}/${name}`, `${LIBRARIES}/hidden-${name}`);
  const product = await ProductProcess.start(addressesOf([hid, serial]));
  await findings.add('no libusb', hid, () => untilCure(product, hid, /libusb-1\.0-0/));
  await findings.add('no libusb', serial, async () => {
    await product.untilState(serial.address, 'ready');
    await serial.show('LZ1:SERIAL');
    await product.untilScan(serial.address, 'LZ1:SERIAL');
    return 'ready, and reads';
  });
  await product.end();
  for (const name of names) renameSync(`${LIBRARIES}/hidden-${name}`, `${LIBRARIES}/${name}`);
  await hid.unplug();
  await serial.unplug();
}

function addressesOf(rigs: readonly Rig[]): string[] {
  return rigs.map(({ address }) => address);
}

/** Waits until the product says what would help with that scanner, in such words. */
function untilCure(product: ProductProcess, { address }: Rig, words: RegExp): Promise<string> {
  return product.untilTold(`a cure like ${words}`, (one) => {
    if (one.name !== 'state' || one.device !== address || one.state.name !== 'searching') return undefined;
    return words.test(one.state.cure) ? one.state.cure : undefined;
  });
}
