import { type Rule, when } from './finding.ts';
import type { HealthDocument } from './health-document.ts';

/** Less than this, and the stores can't do their own work any more. */
export const DISK_FULL_BYTES = 16 * 1024 * 1024;
/** Room for an update and for the logs of a system in trouble. */
export const DISK_LOW_BYTES = 256 * 1024 * 1024;

const FREE_SPACE = {
  en: 'Free space: remove what isn’t the terminal’s; old system logs are often the largest.',
  zh: '请清理空间：删除与终端无关的文件，通常旧系统日志占用最多。',
};

export const DISK_RULES: readonly Rule<Pick<HealthDocument, 'disk' | 'exposed'>>[] = [
  {
    code: 'disk-full',
    area: 'disk',
    level: 'fail',
    find: ({ disk }) => when(disk !== null && disk.freeBytes < DISK_FULL_BYTES, free(disk), FREE_SPACE),
  },
  {
    code: 'disk-low',
    area: 'disk',
    level: 'warn',
    find: ({ disk }) =>
      when(
        disk !== null && disk.freeBytes >= DISK_FULL_BYTES && disk.freeBytes < DISK_LOW_BYTES,
        free(disk),
        FREE_SPACE,
      ),
  },
  {
    code: 'file-exposed',
    area: 'files',
    level: 'fail',
    find: ({ exposed }) =>
      exposed.map((about) => ({
        about,
        sentence: {
          en: 'Others than the terminal’s own user may open this file.',
          zh: '终端运行用户以外的人可以打开该文件。',
        },
        cure: { en: `chmod 600 ${about} (in the data folder)`, zh: `请在数据目录执行 chmod 600 ${about}` },
      })),
  },
];

function free(disk: HealthDocument['disk']) {
  const mebibytes = Math.floor((disk?.freeBytes ?? 0) / 1024 / 1024);
  return {
    en: `Only ${mebibytes} MiB are free where the data folder lies.`,
    zh: `数据目录所在磁盘仅剩 ${mebibytes} MiB。`,
  };
}
