import { HOUR_MS } from './ago.ts';
import { type Found, type Rule, when } from './finding.ts';
import type { HealthDocument } from './health-document.ts';

/** A module that fell silent is spoken of for so long after it came back. */
export const SILENCE_TOLD_MS = HOUR_MS;

const PLUG_IN = {
  en: 'Plug in a scanner; liangzheng devices says what is there and what it is taken for.',
  zh: '请接上扫码器；liangzheng devices 可查看已接设备及其识别结果。',
};

export const SCANNER_RULES: readonly Rule[] = [
  {
    code: 'no-scanner',
    area: 'scanners',
    level: 'fail',
    find: ({ scanners }) =>
      when(
        !scanners.some(({ state }) => state === 'ready'),
        { en: 'No scanner is ready, so no code can be shown.', zh: '没有可用的扫码器，无法出示二维码。' },
        PLUG_IN,
      ),
  },
  {
    code: 'scanner-searching',
    area: 'scanners',
    level: 'warn',
    find: ({ scanners }) =>
      scanners.filter(isMissed).map(
        ({ id, cure }): Found => ({
          about: id,
          sentence: { en: 'The scanner is not there, or can’t be used.', zh: '扫码器未连接或无法使用。' },
          // the driver's own words: it knows what stood in its way
          cure: cure ? { en: cure, zh: `${PLUG_IN.zh}（${cure}）` } : PLUG_IN,
        }),
      ),
  },
  {
    code: 'module-silent',
    area: 'scanners',
    level: 'warn',
    find: ({ scanners }) =>
      scanners
        .filter(
          ({ statistics: { lastFault } }) =>
            lastFault?.name === 'module-silent' && lastFault.agoMs < SILENCE_TOLD_MS,
        )
        .map(({ id }) => ({
          about: id,
          sentence: {
            en: 'The module stopped answering within the last hour and was opened anew.',
            zh: '扫码模块在最近一小时内曾无响应，已重新打开。',
          },
          cure: {
            en: 'If it comes again, change the cable, then the module.',
            zh: '如反复出现，请先更换线缆，再更换模块。',
          },
        })),
  },
  {
    code: 'scans-dropped',
    area: 'scanners',
    level: 'warn',
    find: ({ droppedScans, scanners }) => {
      const tooFast = scanners.reduce((sum, { statistics }) => sum + statistics.droppedTooFast, 0);
      const dropped = droppedScans + tooFast;
      return when(
        dropped > 0,
        {
          en: `${dropped} scans were dropped since the start: a scanner brought more codes than people can show.`,
          zh: `启动以来丢弃了 ${dropped} 次扫码：扫码器上报过快，超出人工出示的速度。`,
        },
        {
          en: 'liangzheng scan shows what the scanner sends; take away what lies in front of it.',
          zh: '可用 liangzheng scan 查看扫码器上报内容，并移开扫描口前的物品。',
        },
      );
    },
  },
];

/** A scanner that is only looked for isn't missed before it was there once. */
function isMissed({ id, state, statistics }: HealthDocument['scanners'][number]): boolean {
  return state === 'searching' && (!id.startsWith('auto:') || statistics.connections > 0);
}
