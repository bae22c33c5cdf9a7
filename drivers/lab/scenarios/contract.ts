import { ProductProcess } from './product-process.ts';
import type { Report } from './report.ts';
import type { Rig } from './rig.ts';
import { sampleCode } from './sample-code.ts';

/** What every transport has to do at all: open, read a short code, a long one and one with an AIM identifier. */
export async function checkContract(rigs: readonly Rig[]): Promise<Report> {
  const rows: string[][] = [];
  const failures: string[] = [];
  for (const rig of rigs) {
    const [row, wrong] = await checkRig(rig);
    rows.push([rig.name, `\`${rig.address}\``, ...COLUMNS.map((_, i) => row[i] ?? '—')]);
    failures.push(...wrong.map((what) => `${rig.name}: ${what}`));
  }
  return {
    title: 'Contract on each transport',
    headings: ['rig', 'address', ...COLUMNS],
    rows,
    failures,
  };
}

const COLUMNS = ['used as', 'short code', 'long code', 'AIM identifier', 'let go'];

async function checkRig(rig: Rig): Promise<[row: string[], failures: string[]]> {
  const failures: string[] = [];
  const row: string[] = [];
  const product = await ProductProcess.start([rig.address]);

  async function cell(what: string, check: () => Promise<string>): Promise<boolean> {
    console.error(`${rig.name}: ${what}`);
    try {
      row.push(await check());
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      console.error(`${rig.name}: ${what}: ${message}`);
      failures.push(`${what}: ${message}`);
      row.push('FAILED');
      return false;
    }
  }

  try {
    await rig.plug();
    const isReady = await cell('ready', async () => {
      const { state } = await product.untilState('ready');
      return state.name === 'ready' ? state.model : '';
    });
    if (!isReady) return [row, failures];
    await cell('short code', () => showOnce(product, rig, 'LZ1:6BF'));
    await cell('long code', () => showOnce(product, rig, sampleCode('LONG', rig.codeLength)));
    await cell('AIM identifier', async () => {
      const since = product.told.length;
      await rig.show(']Q1LZ1:AIM');
      const { symbology } = await product.untilScan('LZ1:AIM', since);
      if (symbology !== ']Q1') throw new Error(`the scan has the symbology ${symbology}`);
      return symbology;
    });
    await cell('let go', async () => {
      if (!(await product.end())) throw new Error('the process did not end by itself');
      return 'yes';
    });
  } finally {
    await product.end();
    await rig.unplug();
  }
  return [row, failures];
}

async function showOnce(product: ProductProcess, rig: Rig, code: string): Promise<string> {
  const since = product.told.length;
  await rig.show(code);
  const { at } = await product.untilScan(code, since);
  const told = product.told.slice(since);
  if (told.length > 1)
    throw new Error(`beside the scan it told ${JSON.stringify(told.find((one) => one.at !== at))}`);
  return `${code.length} bytes`;
}
