import { issueResolveAnswer } from '../../licence/issue/issue-resolve-answer.ts';
import { demoKey, demoLicence, licenceCode, NOW } from '../../licence/testing/demo-issuer.ts';
import type { ResolvedLicence, ResolveReason } from '../../licence/wire/resolve-answer.ts';
import type { ResolveOutcome, ResolveRequest, Resolver } from '../core/resolver.ts';
import { RESOLVER_KEY } from './demo-city.ts';

/** The demo city at the end of the resolver's port: it knows every reference under one licence. */
export class FakeResolver implements Resolver {
  /** What it was asked. */
  readonly requests: ResolveRequest[] = [];
  /** What it hands out. */
  licences: readonly ResolvedLicence[] = [{ code: licenceCode(demoLicence()), state: 'valid' }];
  reason: ResolveReason | undefined;
  signer = RESOLVER_KEY;
  /** In place of an answer. */
  failure: ((signal: AbortSignal) => Promise<ResolveOutcome>) | undefined;

  resolve(request: ResolveRequest, signal: AbortSignal): Promise<ResolveOutcome> {
    this.requests.push(request);
    if (this.failure) return this.failure(signal);
    const { requestId } = request;
    const content = this.reason ? { reason: this.reason } : { licences: this.licences };
    const answer = issueResolveAnswer({ requestId, iat: NOW, ...content }, this.signer);
    return Promise.resolve({ ok: true, answer });
  }

  /** Answers as somebody who isn't the city would. */
  impersonate(): void {
    this.signer = demoKey('impostor');
  }
}
