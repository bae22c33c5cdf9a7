import type { SignatureVerifier } from '../../../licence/ed25519/signature-verifier.ts';
import { judgeReplacement } from '../../../licence/status/judge-replacement.ts';
import { openStatusList, type StatusList } from '../../../licence/status/status-list.ts';
import type { Issuer } from '../../../licence/trust/issuers.ts';

/** A token as it is held somewhere, and the list it is said to be. */
export interface StatusListToken {
  /** For the operator: where it lies. */
  readonly from: string;
  readonly uri: string;
  readonly token: Uint8Array;
}

/** Opens what can be opened, and complains of the rest. Of two tokens of one list the later counts. */
export function openStatusLists(
  tokens: readonly StatusListToken[],
  issuers: readonly Issuer[],
  verifier: SignatureVerifier,
  complain: (sentence: string) => void,
): ReadonlyMap<string, StatusList> {
  const lists = new Map<string, StatusList>();
  for (const { from, uri, token } of tokens) {
    const opened = openStatusList(token, uri, issuers, verifier);
    if (!opened.ok) {
      complain(`${from} is left out: ${opened.detail}`);
      continue;
    }
    switch (judgeReplacement(lists.get(uri), opened.list)) {
      case 'newer':
        lists.set(uri, opened.list);
        break;
      case 'same':
        break;
      case 'rollback':
        complain(`${from} is left out: a later one is there`);
        break;
      case 'conflict':
        complain(`${from} is left out: another one signed in the same second is there`);
    }
  }
  return lists;
}
