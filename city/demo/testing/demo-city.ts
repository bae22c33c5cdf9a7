import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeVerifier } from '../../../licence/ed25519/native-verifier.ts';
import { openStatusList, type StatusList } from '../../../licence/status/status-list.ts';
import { parseIssuers } from '../../../licence/trust/issuers.ts';
import { TARGET } from '../../../licence/trust/trust.ts';
import type { Verdict } from '../../../licence/verdict.ts';
import { verify } from '../../../licence/verify.ts';
import { defaultCatalogue } from '../../catalogue/default-catalogue.ts';
import { type City, openCity } from '../../city.ts';

/** A real city on a real folder, with a clock to turn. */
export interface DemoCity {
  readonly city: City;
  readonly data: string;
  readonly wallet: string;
  readonly clock: { nowMs: number };
  /** A terminal in step with this city as it is now: what it says to a code at a counter of this service. */
  terminal(): Promise<(text: string, serviceId: string) => Verdict>;
  remove(): Promise<void>;
}

export async function demoCity(): Promise<DemoCity> {
  const data = mkdtempSync(join(tmpdir(), 'demo-city-'));
  const clock = { nowMs: Date.now() };
  const city = await openCity({ data, clock: { now: () => clock.nowMs } });
  return {
    city,
    data,
    wallet: join(data, 'demo', 'holders.json'),
    clock,
    terminal: () => terminal(city),
    async remove() {
      await city.close();
      rmSync(data, { recursive: true });
    },
  };
}

async function terminal(city: City): Promise<(text: string, serviceId: string) => Verdict> {
  const verifier = nativeVerifier();
  const issuers = parseIssuers((await city.trust.target(TARGET.issuers)) ?? new Uint8Array(0));
  if (typeof issuers === 'string') throw new Error(issuers);
  const lists = new Map<string, StatusList>();
  for (const { uri } of issuers.flatMap((issuer) => issuer.statusLists)) {
    const held = await city.statusLists.token(uri);
    const opened = held && openStatusList(held.token, uri, issuers, verifier);
    if (opened?.ok) lists.set(uri, opened.list);
  }
  return (text, serviceId) => {
    const service = defaultCatalogue.services.find((one) => one.id === serviceId);
    if (!service) throw new Error(`no service ${serviceId}`);
    const unixMs = city.clock.now();
    return verify(Buffer.from(text, 'latin1'), {
      time: { trusted: true, unixMs, signed: true, signedMs: unixMs },
      trust: { issuers, expires: unixMs + 1 },
      service,
      verifier,
      statusList: (uri) => lists.get(uri),
      alreadyUsed: () => false,
    });
  };
}
