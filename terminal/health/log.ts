import pino, { type DestinationStream, type Logger } from 'pino';

/** Where nobody reads the log, lines beyond this are dropped rather than kept in memory. */
export const MAX_UNREAD_LOG_BYTES = 1024 * 1024;

/** What stands in the place of a value that should never have been handed to the log. */
export const CENSORED = '[not logged]';

/**
 * The structured log of one process: a line of JSON each on standard error. Nothing personal is ever handed to it; should a
 * mistake do so, values under these names are censored all the same, at the top and one level down.
 *
 * @param level as pino names them, or `silent`. @param name of the process.
 */
export function makeLog(
  level: string,
  name: string,
  destination: DestinationStream = standardError(),
): Logger {
  return pino(
    {
      level,
      base: { process: name },
      redact: { paths: NEVER.flatMap((key) => [key, `*.${key}`]), censor: CENSORED },
    },
    destination,
  );
}

/** Names under which codes, people and secrets go in this program. */
const NEVER = [
  ...['code', 'text', 'bytes', 'raw', 'body', 'payload'],
  ...['fields', 'holder', 'licence', 'personal', 'value', 'sub', 'cti', 'caseNo'],
  ...['pin', 'badge', 'grant', 'secret', 'token', 'privateKey', 'authorization'],
];

function standardError(): DestinationStream {
  return pino.destination({ dest: 2, maxLength: MAX_UNREAD_LOG_BYTES, sync: false });
}
