import { meaningOf } from './agent-causes.ts';
import { MINUTE_MS, spanOf } from './ago.ts';
import { type Found, type Rule, when } from './finding.ts';
import type { HealthDocument } from './health-document.ts';

/** A living agent talks to its city every few minutes, or notes that it couldn't. */
export const AGENT_SILENT_MS = 20 * MINUTE_MS;

const START_AGENT = {
  en: 'Start the sync agent, or see why it ended: its log says.',
  zh: '请启动同步程序，或查看其日志了解退出原因。',
};

export const AGENT_RULES: readonly Rule[] = [
  {
    code: 'agent-never-ran',
    area: 'agent',
    level: 'fail',
    find: ({ tasks, upSeconds }) =>
      when(
        tasks.length === 0 && upSeconds * 1000 > AGENT_SILENT_MS,
        { en: 'The sync agent has never run here.', zh: '同步程序从未在本机运行。' },
        START_AGENT,
      ),
  },
  {
    code: 'agent-silent',
    area: 'agent',
    level: 'fail',
    find: ({ tasks, clock, upSeconds }) => {
      const silent = Math.min(clock.systemMs - lastWord(tasks), upSeconds * 1000);
      const span = spanOf(silent);
      return when(
        tasks.length > 0 && silent > AGENT_SILENT_MS,
        {
          en: `Nothing was heard of the sync agent for ${span.en} or longer.`,
          zh: `已有 ${span.zh}以上没有同步程序的消息。`,
        },
        START_AGENT,
      );
    },
  },
  {
    code: 'agent-failing',
    area: 'agent',
    level: 'fail',
    find: (document) => failing(document, 'fail'),
  },
  {
    code: 'agent-hindered',
    area: 'agent',
    level: 'warn',
    find: (document) => failing(document, 'warn'),
  },
];

function failing({ tasks }: HealthDocument, level: 'fail' | 'warn'): readonly Found[] {
  return tasks.flatMap(({ name, okAt, failedAt, failure }) => {
    if (failedAt === null || failure === null || failedAt <= (okAt ?? 0)) return [];
    const { level: meant, sentence, cure } = meaningOf(failure);
    return meant === level ? [{ about: `${name} (${failure})`, sentence, cure }] : [];
  });
}

function lastWord(tasks: HealthDocument['tasks']): number {
  return Math.max(0, ...tasks.map(({ okAt, failedAt }) => Math.max(okAt ?? 0, failedAt ?? 0)));
}
