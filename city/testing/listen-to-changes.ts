import { ROUTE } from '../../licence/wire/route.ts';
import type { TestCity } from './start-test-city.ts';
import type { TestTerminal } from './test-terminal.ts';

/** An open `/v1/changes` stream, read one message at a time. */
export interface ChangeListener {
  readonly answer: Response;
  /** The next event, comments passed over; undefined when the stream has ended. */
  next(): Promise<string | undefined>;
  close(): void;
}

export async function listenToChanges(test: TestCity, terminal: TestTerminal): Promise<ChangeListener> {
  const abort = new AbortController();
  const token = Buffer.from(terminal.request(ROUTE.changes)).toString('base64url');
  const answer = await fetch(test.url + ROUTE.changes, {
    headers: { authorization: `COSE ${token}` },
    signal: abort.signal,
  });
  const messages = split(answer);
  return {
    answer,
    next: async () => {
      const { value, done } = await messages.next();
      return done ? undefined : value;
    },
    close: () => abort.abort(),
  };
}

async function* split(answer: Response): AsyncGenerator<string, undefined> {
  if (!answer.body) return undefined;
  let text = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const message = text.slice(0, end);
      text = text.slice(end + 2);
      if (!message.startsWith(':')) yield message;
    }
  }
  return undefined;
}
