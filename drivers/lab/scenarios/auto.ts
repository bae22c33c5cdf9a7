import type { AllRigs } from './all-rigs.ts';
import { messageOf } from './message-of.ts';
import { ProductProcess } from './product-process.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';
import { monotonicMs, type Told } from './told.ts';

const AUTO = 'auto:';

/** A terminal that is told of no scanner takes what is plugged in, keeps it, and finds another one when that is gone. */
export async function checkAuto({ hidPos, otherHidPos }: AllRigs): Promise<Report> {
  const rows: string[][] = [];
  const failures: string[] = [];
  const product = await ProductProcess.start([AUTO]);
  const step = async (what: string, check: () => Promise<string>) => {
    try {
      rows.push([what, await check()]);
    } catch (error) {
      rows.push([what, 'FAILED']);
      failures.push(`${what}: ${messageOf(error)}`);
    }
    console.error(`auto: ${rows.at(-1)?.join(', ')}`);
  };
  await step('nothing is plugged in', async () => {
    const cureOf = (one: Told) =>
      one.name === 'state' && one.state.name === 'searching' && /found/.test(one.state.cure)
        ? one.state.cure
        : undefined;
    return product.untilTold('a cure', cureOf);
  });
  await step(`${hidPos.name} is plugged in`, () => untilTaken(product, hidPos, () => hidPos.plug()));
  await step(`${otherHidPos.name} is plugged in too`, async () => {
    const since = product.told.length;
    await otherHidPos.plug();
    await hidPos.show('LZ1:STILL');
    await product.untilScan(AUTO, 'LZ1:STILL', since);
    return 'the first one goes on reading';
  });
  await step(`${hidPos.name} is unplugged`, () => untilTaken(product, otherHidPos, () => hidPos.unplug()));
  await step(`${hidPos.name} comes back, ${otherHidPos.name} goes`, async () => {
    await hidPos.plug();
    return untilTaken(product, hidPos, () => otherHidPos.unplug());
  });
  await hidPos.unplug();
  if (!(await product.end())) failures.push('the process did not end by itself after letting go');
  return {
    title: 'No scanner configured (`auto:`)',
    headings: ['what happens', 'what it does'],
    rows,
    failures,
  };
}

/** It takes this scanner after the change, and reads a code of it. */
async function untilTaken(product: ProductProcess, rig: Rig, change: () => Promise<void>): Promise<string> {
  const since = product.told.length;
  await change();
  const changedAt = monotonicMs();
  const { state, at } = await product.untilState(AUTO, 'ready', since);
  // another one each time: the same would be held off
  const code = `LZ1:CHANGE ${since}`;
  await rig.show(code);
  await product.untilScan(AUTO, code, since);
  const model = state.name === 'ready' ? state.model : '';
  return `used as ${model} after ${Math.max(0, Math.round(at - changedAt))} ms, reads`;
}
