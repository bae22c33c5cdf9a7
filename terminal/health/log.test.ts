import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { CENSORED, makeLog } from './log.ts';

test('a line is JSON with the process it came from', () => {
  const { log, lines } = recorded('info');
  log.info({ task: 'trust' }, 'done');
  expect(lines()).toEqual([expect.objectContaining({ process: 'terminal', task: 'trust', msg: 'done' })]);
});

test('what is below the level is not written', () => {
  const { log, lines } = recorded('warn');
  log.info('chatter');
  log.warn('a fault');
  expect(lines()).toHaveLength(1);
});

test.each(['text', 'code', 'bytes', 'fields', 'licence', 'pin', 'badge', 'grant', 'caseNo', 'token', 'sub'])(
  'a %s handed to the log by mistake is censored, at the top and one level down',
  (name) => {
    const { log, lines } = recorded('info');
    log.info({ [name]: '张三' }, 'top');
    log.info({ scan: { [name]: '张三' } }, 'below');
    expect(lines()).toMatchObject([{ [name]: CENSORED }, { scan: { [name]: CENSORED } }]);
  },
);

function recorded(level: string) {
  const stream = new PassThrough();
  const log = makeLog(level, 'terminal', stream);
  const lines = () =>
    String(stream.read() ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { log, lines };
}
