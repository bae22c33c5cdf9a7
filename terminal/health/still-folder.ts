import { accessSync, constants, existsSync } from 'node:fs';
import type { Names } from '../contract.ts';
import { AuditReader } from '../store/audit-reader.ts';
import type { DataFolder } from '../store/data-folder.ts';
import { SyncReader } from '../store/sync-store.ts';
import { DISK_RULES } from './disk-findings.ts';
import { applyRules, bySeverity, type Finding } from './finding.ts';
import { lookAtFolder } from './folder-look.ts';
import { SET_ASIDE_RULES } from './store-findings.ts';
import { NOT_ENROLLED } from './trust-findings.ts';

/**
 * What is wrong with a terminal that doesn't answer, as far as its data folder shows.
 *
 * @param why it didn't, in words.
 */
export function findingsOfStill(folder: DataFolder, why: string): readonly Finding[] {
  const found = [noAnswer(folder, why)];
  const hindrance = hindranceOf(folder);
  if (hindrance) return [...found, hindrance];
  const look = lookAtFolder(folder);
  return bySeverity([
    ...found,
    ...auditFindings(folder),
    ...enrolmentFindings(folder),
    ...applyRules(DISK_RULES, { disk: look.disk, exposed: [...look.exposed] }),
    ...applyRules(SET_ASIDE_RULES, { store: look }),
  ]);
}

function noAnswer({ root }: DataFolder, why: string): Finding {
  return fail(
    ['no-answer', 'terminal'],
    { en: `The terminal gives no account of itself: ${why}.`, zh: `终端没有给出状态：${why}。` },
    {
      en: `Start it on ${root}: liangzheng run. One that hangs may be ended: what was acknowledged is on disk.`,
      zh: `请在 ${root} 上启动终端：liangzheng run。若已无响应可直接结束：已确认的记录都已写入磁盘。`,
    },
  );
}

function hindranceOf({ root }: DataFolder): Finding | undefined {
  if (!existsSync(root)) {
    return fail(
      ['no-data-folder', 'files'],
      { en: `There is no data folder ${root}.`, zh: `数据目录 ${root} 不存在。` },
      {
        en: 'Name the right one with --data, or start the terminal, which makes it.',
        zh: '请用 --data 指定正确目录，或启动终端自动创建。',
      },
    );
  }
  try {
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return fail(
      ['no-access', 'files'],
      {
        en: `The data folder can't be used: ${message(error)}.`,
        zh: `数据目录无法使用：${message(error)}。`,
      },
      {
        en: 'Ask as the user the terminal runs as, or give the folder to that user (chown); a read-only disk has to be mounted to be written.',
        zh: '请以终端运行用户执行，或将目录归属改为该用户（chown）；只读磁盘需以可写方式挂载。',
      },
    );
  }
}

function auditFindings({ auditDb }: DataFolder): readonly Finding[] {
  try {
    const reader = AuditReader.open(auditDb);
    try {
      reader?.epochs();
    } finally {
      reader?.close();
    }
    return [];
  } catch (error) {
    return [
      fail(
        ['audit-unreadable', 'store'],
        {
          en: `The audit log can't be read: ${message(error)}.`,
          zh: `审计日志无法读取：${message(error)}。`,
        },
        {
          en: 'Start the terminal: it puts a broken log aside and goes on with what still holds. Keep what was put aside.',
          zh: '请启动终端：它会移开损坏的日志并保留完好部分。请勿删除移开的文件。',
        },
      ),
    ];
  }
}

/** A store that can't be read is the agent's to say; whether there is an enrolment is all that is asked here. */
function enrolmentFindings({ syncDb }: DataFolder): readonly Finding[] {
  let reader: SyncReader | undefined;
  try {
    reader = SyncReader.open(syncDb);
    return reader?.enrolment()
      ? []
      : [fail(['not-enrolled', 'trust'], NOT_ENROLLED.sentence, NOT_ENROLLED.cure)];
  } catch (error) {
    return [
      fail(
        ['sync-unreadable', 'agent'],
        {
          en: `What came from the city can't be read: ${message(error)}.`,
          zh: `市级数据无法读取：${message(error)}。`,
        },
        {
          en: 'End the sync agent, move sync.db away and start it again; enrol with a fresh code.',
          zh: '请停止同步程序，移走 sync.db 后重新启动，并用新的登记码登记。',
        },
      ),
    ];
  } finally {
    reader?.close();
  }
}

function fail([code, area]: readonly [string, Finding['area']], sentence: Names, cure: Names): Finding {
  return { code, area, level: 'fail', about: '', sentence, cure };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
