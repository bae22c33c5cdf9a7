import { expect, onTestFinished, test, vi } from 'vitest';
import { demoHandOn, HOLDER_NAME, rejectedVerdict, SERVICE } from '../testing/demo-bridge.ts';
import { type ServedBridge, serveBridge } from '../testing/serve-bridge.ts';

// imported as a page would, as what it is: plain JavaScript
const { checkReceipt, connect } = await import(new URL('./liangzheng-bridge.js', import.meta.url).href);

/** After a lost connection it waits one second. */
const RECONNECTED = { timeout: 5000 };

test('it hears the state, verdicts, and what is handed on with its claims', async () => {
  const served = await serveBridge();
  const heard = listen(served);
  await vi.waitFor(() => expect(heard.of('state')).toEqual([{ service: SERVICE, inService: true }]));
  served.bridge.verdict(rejectedVerdict(), SERVICE);
  handOn(served);
  await vi.waitFor(() => expect(heard.names()).toEqual(['state', 'verdict', 'handedOn']));
  expect(heard.of('verdict')).toMatchObject([{ outcome: 'rejected', reason: 'expired' }]);
  expect(heard.of('handedOn')).toMatchObject([{ claims: { aud: 'his', caseNo: 'MZ-2026-0001' } }]);
});

test('it asks, looks, cancels and acknowledges', async () => {
  const served = await serveBridge();
  const { client } = listen(served);
  const { id, state } = await client.request({ businessType: '01301' });
  expect(state).toBe('waiting');
  expect(await client.look(id)).toMatchObject({ id, state: 'waiting' });
  expect(await client.cancel(id)).toEqual({ id, state: 'cancelled' });
  const again = await client.request();
  handOn(served);
  expect(await client.look(again.id)).toHaveProperty('receipt');
  await client.acknowledge(again.id);
  expect(await client.look(again.id)).toEqual({ id: again.id, state: 'handed-on' });
});

test('a refusal is an error with its code', async () => {
  const { client } = listen(await serveBridge());
  await client.request();
  await expect(client.request()).rejects.toMatchObject({ code: 'busy', status: 409 });
});

test('it comes back after a restart, and is told what it missed once', async () => {
  const served = await serveBridge();
  const heard = listen(served);
  await vi.waitFor(() => expect(heard.of('state')).toHaveLength(1));
  served.bridge.verdict(rejectedVerdict(1), SERVICE);
  const restarted = served.restart();
  await vi.waitFor(() => expect(heard.of('trouble')).toHaveLength(1), RECONNECTED);
  served.bridge.verdict(rejectedVerdict(2), SERVICE);
  await restarted;
  await vi.waitFor(
    () => expect(heard.of('verdict')).toMatchObject([{ number: 1 }, { number: 2 }]),
    RECONNECTED,
  );
});

test('what its page failed over is told again', async () => {
  const served = await serveBridge();
  let failures = 1;
  const heard = listen(served, () => {
    if (failures-- > 0) throw new Error('the server did not take it');
  });
  await vi.waitFor(() => expect(heard.of('state')).toHaveLength(1));
  handOn(served);
  await vi.waitFor(() => expect(heard.of('handedOn')).toHaveLength(2), RECONNECTED);
  expect(heard.of('trouble')).toHaveLength(1);
});

test('a token that is refused is said, and no stream is opened', async () => {
  const served = await serveBridge();
  const heard = listen({ ...served, his: 'x' });
  await vi.waitFor(() => expect(heard.of('trouble')).toMatchObject([{ code: 'unknown-token' }]));
  expect(served.bridge.listening).toBe(0);
});

test('closed, it leaves the terminal alone', async () => {
  const served = await serveBridge();
  const heard = listen(served);
  await vi.waitFor(() => expect(served.bridge.listening).toBe(1));
  heard.client.close();
  await vi.waitFor(() => expect(served.bridge.listening).toBe(0));
  expect(heard.of('trouble')).toEqual([]);
});

test('it can check a receipt for a page’s own eyes', async () => {
  const served = await serveBridge();
  const heard = listen(served);
  await vi.waitFor(() => expect(served.bridge.listening).toBe(1));
  handOn(served);
  await vi.waitFor(() => expect(heard.of('handedOn')).toHaveLength(1));
  const { publicKey } = await heard.client.terminal();
  const { receipt } = (await served.bridge.look('his', requestIn(heard))) ?? {};
  const forged = forge(receipt ?? '');
  expect(await checkReceipt(receipt, publicKey)).toBe('valid');
  expect(await checkReceipt(forged, publicKey)).toBe('invalid');
  expect(await checkReceipt(receipt, { ...publicKey, crv: 'Ed448' })).toBe('unknown');
});

type Heard = ReturnType<typeof listen>;

/** A client of the hospital's, closed when the test has finished. */
function listen({ port, his }: Pick<ServedBridge, 'port' | 'his'>, onHandedOn: () => void = () => undefined) {
  const heard: { readonly name: string; readonly what: object }[] = [];
  const hear = (name: string) => (what: object) => void heard.push({ name, what });
  const client = connect({
    token: his,
    url: `http://127.0.0.1:${port}`,
    onState: hear('state'),
    onVerdict: hear('verdict'),
    onHandedOn: async (what: object) => {
      hear('handedOn')(what);
      onHandedOn();
    },
    onTrouble: hear('trouble'),
  });
  onTestFinished(() => client.close());
  return {
    client,
    names: () => heard.map(({ name }) => name),
    of: (name: string) => heard.filter((one) => one.name === name).map(({ what }) => what),
  };
}

function handOn({ bridge, told }: ServedBridge): void {
  const receiver = bridge.receiverFor(SERVICE, told.at(-1)?.id);
  if (!receiver || !bridge.handOn(receiver, demoHandOn())) throw new Error('nobody took it');
}

function requestIn(heard: Heard): string {
  const [told] = heard.of('handedOn');
  return told && 'request' in told ? String(told.request) : '';
}

/** The same receipt about somebody else. */
function forge(receipt: string): string {
  const [header, payload = '', signature] = receipt.split('.');
  const claims = Buffer.from(payload, 'base64url').toString().replace(HOLDER_NAME, '李示例');
  return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
}
