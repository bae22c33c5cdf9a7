import { readdirSync, renameSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { AllRigs } from './all-rigs.ts';
import { ProductProcess } from './product-process.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';

/** `nobody`: in none of the groups that may open devices. */
const NOBODY = 65_534;
/** How long a process is watched that is not to get a device, after it has said so. */
const WATCHED_MS = 3_000;

/** What can be wrong on a machine: each has to be said in words that help, and to harm nothing else. */
export async function checkFaults({ all, ftdi, hidPos }: AllRigs): Promise<Report> {
  const rows: string[][] = [];
  const failures: string[] = [];

  async function check(name: string, run: () => Promise<string>): Promise<void> {
    console.error(name);
    try {
      rows.push([name, await run()]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      rows.push([name, 'FAILED']);
      failures.push(`${name}: ${message}`);
    } finally {
      for (const rig of all) await rig.unplug().catch(() => undefined); // those that aren't plugged in
    }
  }

  for (const rig of all) {
    await check(`no right to open: ${rig.name}`, () => withoutRight(rig));
    await check(`two processes: ${rig.name}`, () => twoProcesses(rig));
  }
  await check(`no libusb: ${hidPos.name}, while ${ftdi.name} goes on`, () => withoutLibusb(hidPos, ftdi));
  return { title: 'Faults of a machine', headings: ['fault', 'what the operator is told'], rows, failures };
}

async function withoutRight(rig: Rig): Promise<string> {
  await rig.plug();
  const product = await ProductProcess.start([rig.address], NOBODY);
  try {
    // while it is being plugged in it isn't there yet, which is another cure
    return await untilCure(product, /no right|group|permission|udev/i);
  } finally {
    await product.end();
  }
}

async function twoProcesses(rig: Rig): Promise<string> {
  await rig.plug();
  const first = await ProductProcess.start([rig.address]);
  let second: ProductProcess | undefined;
  try {
    await first.untilState('ready');
    second = await ProductProcess.start([rig.address]);
    const cure = await untilCure(second, new RegExp(`\\b${first.pid}\\b`));
    await pause(WATCHED_MS);
    if (second.told.some((one) => one.name === 'state' && one.state.name === 'ready')) {
      throw new Error('the second process has the device too');
    }
    await rig.show('LZ1:FIRST');
    await first.untilScan('LZ1:FIRST');
    await first.end();
    await second.untilState('ready');
    return cure.replaceAll(String(first.pid), 'PID');
  } finally {
    await first.end();
    await second?.end();
  }
}

async function withoutLibusb(hid: Rig, serial: Rig): Promise<string> {
  await hid.plug();
  await serial.plug();
  const library = '/usr/lib/x86_64-linux-gnu';
  const names = readdirSync(library).filter((name) => name.startsWith('libusb-1.0.so'));
  for (const name of names) renameSync(`${library}/${name}`, `${library}/hidden-${name}`);
  const product = await ProductProcess.start([`${hid.address}?role=other`, serial.address]);
  try {
    const cure = await untilCure(product, /libusb-1\.0-0/);
    await product.untilState('ready');
    await serial.show('LZ1:SERIAL');
    await product.untilScan('LZ1:SERIAL');
    return cure;
  } finally {
    for (const name of names) renameSync(`${library}/hidden-${name}`, `${library}/${name}`);
    await product.end();
  }
}

/** Waits until the product says what would help, in such words. */
async function untilCure(product: ProductProcess, words: RegExp): Promise<string> {
  return product.untilTold(`a cure like ${words}`, (one) =>
    one.name === 'state' && one.state.name === 'searching' && words.test(one.state.cure)
      ? one.state.cure
      : undefined,
  );
}
