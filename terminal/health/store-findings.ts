import type { Names } from '../contract.ts';
import { DAY_MS, spanOf } from './ago.ts';
import { type Rule, when } from './finding.ts';
import type { HealthDocument } from './health-document.ts';

/** Handhelds work offline for a shift; what the city hasn't had after a day is late. */
export const QUEUE_OLD_MS = DAY_MS;
/** About two days of a busy counter. */
export const QUEUE_LONG = 1000;

const LET_THE_CITY_HAVE_IT = {
  en: 'See to the network and to the sync agent: rows leave this disk after the city has had them for half a year.',
  zh: '请检查网络和同步程序：记录在市级系统确认半年后才会从本机清除。',
};

export const STORE_RULES: readonly Rule[] = [
  {
    code: 'store-failed',
    area: 'store',
    level: 'fail',
    find: ({ store }) =>
      when(
        store.level === 'failed',
        {
          en: `The audit log can’t be written (${store.failure ?? 'no cause named'}), so no code is taken.`,
          zh: `审计日志无法写入（${store.failure ?? '原因未知'}），已停止受理扫码。`,
        },
        cureOfFailure(store.failure ?? ''),
      ),
  },
  {
    code: 'store-full',
    area: 'store',
    level: 'fail',
    find: ({ store }) =>
      when(
        store.level === 'full',
        {
          en: `The audit log is ${store.usedPercent} % full, so no code is taken until there is room.`,
          zh: `审计日志已用 ${store.usedPercent}%，腾出空间前停止受理扫码。`,
        },
        {
          en: `Free space on this disk. ${LET_THE_CITY_HAVE_IT.en}`,
          zh: `请清理本机磁盘。${LET_THE_CITY_HAVE_IT.zh}`,
        },
      ),
  },
  {
    code: 'store-low',
    area: 'store',
    level: 'warn',
    find: ({ store }) =>
      when(
        store.level === 'low',
        { en: `The audit log is ${store.usedPercent} % full.`, zh: `审计日志已用 ${store.usedPercent}%。` },
        LET_THE_CITY_HAVE_IT,
      ),
  },
  {
    code: 'queue-old',
    area: 'store',
    level: 'warn',
    find: ({ audit, at }) => {
      const waits = audit.oldestMs === undefined ? 0 : at - audit.oldestMs;
      const span = spanOf(waits);
      return when(
        waits > QUEUE_OLD_MS,
        {
          en: `${audit.unacknowledged ?? 0} audit rows wait for the city, the oldest for ${span.en}.`,
          zh: `有 ${audit.unacknowledged ?? 0} 条审计记录尚未上报，最早的已等待 ${span.zh}。`,
        },
        LET_THE_CITY_HAVE_IT,
      );
    },
  },
  {
    code: 'queue-long',
    area: 'store',
    level: 'warn',
    find: ({ audit, at }) =>
      when(
        (audit.unacknowledged ?? 0) > QUEUE_LONG && at - (audit.oldestMs ?? at) <= QUEUE_OLD_MS,
        {
          en: `${audit.unacknowledged ?? 0} audit rows wait for the city: they come faster than they leave.`,
          zh: `有 ${audit.unacknowledged ?? 0} 条审计记录等待上报，产生速度快于上报速度。`,
        },
        LET_THE_CITY_HAVE_IT,
      ),
  },
];

/** Also of a folder whose terminal isn't running. */
export const SET_ASIDE_RULES: readonly Rule<{
  readonly store: Pick<HealthDocument['store'], 'setAside'>;
}>[] = [
  {
    code: 'store-set-aside',
    area: 'store',
    level: 'warn',
    find: ({ store }) =>
      when(
        store.setAside > 0,
        {
          en: `${store.setAside === 1 ? 'A broken audit store lies' : `${store.setAside} broken audit stores lie`} in the folder set-aside; service went on in a new one.`,
          zh: `set-aside 目录中有 ${store.setAside} 个损坏的审计库；业务已在新库中继续。`,
        },
        {
          en: 'Copy what lies there off this machine, check it with liangzheng audit verify --file FILE, then remove it; check the disk.',
          zh: '请将其拷出本机，用 liangzheng audit verify --file FILE 检查后删除，并检查磁盘。',
        },
      ),
  },
];

/** By the name a failure begins with. */
function cureOfFailure(failure: string): Names {
  const [name = ''] = failure.split(':');
  return CURES.get(name) ?? OTHER_FAILURE;
}

const CURES: ReadonlyMap<string, Names> = new Map([
  [
    'read-only',
    {
      en: 'The disk is mounted read-only, often after an error of its own: look into the system’s log, check it, mount it to be written.',
      zh: '磁盘为只读（常因磁盘自身出错）：请查看系统日志、检查磁盘并以可写方式重新挂载。',
    },
  ],
  [
    'no-access',
    {
      en: 'Give the data folder and its files to the user the terminal runs as (chown), mode 0700 and 0600.',
      zh: '请将数据目录及文件归属改为终端运行用户（chown），权限 0700 和 0600。',
    },
  ],
  ['no-space', { en: 'Free space on this disk.', zh: '请清理本机磁盘空间。' }],
  ['gone', { en: 'Mount the disk the data folder lies on.', zh: '请挂载数据目录所在的磁盘。' }],
  [
    'busy',
    {
      en: 'Another program keeps audit.db locked: end it. Only the terminal may write this file.',
      zh: '有其他程序锁定了 audit.db：请结束该程序，此文件只能由终端写入。',
    },
  ],
  [
    'broken',
    {
      en: 'audit.db is damaged and could not be set aside: see that the data folder can be written.',
      zh: 'audit.db 已损坏且未能移开：请确认数据目录可写。',
    },
  ],
  [
    'io-error',
    {
      en: 'The disk answers with errors: look into the system’s log and replace it.',
      zh: '磁盘读写出错：请查看系统日志并更换磁盘。',
    },
  ],
]);

const OTHER_FAILURE: Names = {
  en: 'Check the disk and the data folder; service goes on by itself once it can be written.',
  zh: '请检查磁盘和数据目录；恢复可写后业务会自动继续。',
};
