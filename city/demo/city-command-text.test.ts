import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cityCommandText } from './city-command-text.ts';

const COMMAND = 'npm run liangzheng -- city revoke 0f';

test.each([
  ['under the home folder', join(homedir(), '.local/share/liangzheng/city'), {}],
  ['under $LIANGZHENG_DATA', '/srv/demo/city', { LIANGZHENG_DATA: '/srv/demo' }],
  ['under $XDG_DATA_HOME', '/srv/share/liangzheng/city', { XDG_DATA_HOME: '/srv/share' }],
])('the default folder %s is not named', (_, data, env) => {
  expect(cityCommandText(data, 'revoke 0f', env)).toBe(COMMAND);
});

test('another folder is named by its root, as the command takes it', () => {
  expect(cityCommandText('/tmp/try/city', 'revoke 0f', {})).toBe(`${COMMAND} --data /tmp/try`);
});

test('a relative folder is named whole', () => {
  expect(cityCommandText('try/city', 'revoke 0f', {})).toBe(
    `${COMMAND} --data ${join(process.cwd(), 'try')}`,
  );
});

test('a name with spaces and quotes stays one word', () => {
  expect(cityCommandText("/tmp/it's a try/city", 'revoke 0f', {})).toBe(
    `${COMMAND} --data '/tmp/it'\\''s a try'`,
  );
});

test('a folder not called city, which --data can’t name, is named by the variable', () => {
  expect(cityCommandText('/tmp/try', 'revoke 0f', {})).toBe(`LIANGZHENG_CITY_DATA=/tmp/try ${COMMAND}`);
});
