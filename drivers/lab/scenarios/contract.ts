import { messageOf } from './message-of.ts';
import { ProductProcess } from './product-process.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';
import { sampleCode } from './sample-code.ts';

/** What every transport has to do at all: open, read a short code, a long one and one with an AIM identifier. */
export async function checkContract(rigs: readonly Rig[]): Promise<Report> {
  const rows: string[][] = [];
  const failures: string[] = [];
  const product = await ProductProcess.start(rigs.map(({ address }) => address));
  for (const rig of rigs) {
    const row: string[] = [];
    try {
      for (const check of CHECKS) row.push(await check(product, rig));
    } catch (error) {
      failures.push(`${rig.name}: ${messageOf(error)}`);
    } finally {
      await rig.unplug();
    }
    rows.push([rig.name, `\`${rig.address}\``, ...CHECKS.map((_, i) => row[i] ?? 'FAILED')]);
    console.error(`contract: ${rows.at(-1)?.join(', ')}`);
  }
  if (!(await product.end())) failures.push('the process did not end by itself after letting go');
  const headings = ['rig', 'address', 'used as', 'short code', 'long code', 'AIM identifier'];
  return { title: 'Contract on each transport', headings, rows, failures };
}

/** One for each column: says what it saw, throws where that is wrong. */
const CHECKS: readonly ((product: ProductProcess, rig: Rig) => Promise<string>)[] = [
  async (product, rig) => {
    await rig.plug();
    const { state } = await product.untilState(rig.address, 'ready');
    return state.name === 'ready' ? state.model : '';
  },
  (product, rig) => showOnce(product, rig, 'LZ1:6BF'),
  (product, rig) => showOnce(product, rig, sampleCode('LONG', rig.codeLength)),
  async (product, rig) => {
    const since = product.told.length;
    await rig.show(']Q1LZ1:AIM');
    const { symbology = 'no symbology' } = await product.untilScan(rig.address, 'LZ1:AIM', since);
    if (symbology !== ']Q1') throw new Error(`the scan of ]Q1 has ${symbology}`);
    return `\`${symbology}\``;
  },
];

async function showOnce(product: ProductProcess, rig: Rig, code: string): Promise<string> {
  const since = product.told.length;
  await rig.show(code);
  await product.untilScan(rig.address, code, since);
  const told = product.told.slice(since).filter(({ device }) => device === rig.address);
  if (told.length > 1)
    throw new Error(`beside the scan of ${code.length} bytes it told ${told.length - 1} more`);
  return `${code.length} bytes`;
}
