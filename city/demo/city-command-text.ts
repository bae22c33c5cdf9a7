import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * What a tester types in the project's folder for a command of this city.
 *
 * @param words the command and what it is about, such as `revoke CTI`. @param data the city's data folder; named unless it is the one the command takes by itself.
 */
export function cityCommandText(data: string, words: string, env: NodeJS.ProcessEnv): string {
  const command = `npm run liangzheng -- city ${words}`;
  const folder = resolve(data);
  if (folder === defaultFolder(env)) return command;
  // `--data ROOT` means ROOT/city there; a city in a folder of another name is reached by the variable alone
  return basename(folder) === 'city'
    ? `${command} --data ${quoted(dirname(folder))}`
    : `LIANGZHENG_CITY_DATA=${quoted(folder)} ${command}`;
}

/** As the terminal's command line has it. */
function defaultFolder(env: NodeJS.ProcessEnv): string {
  const root =
    env.LIANGZHENG_DATA ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'liangzheng');
  return resolve(root, 'city');
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
