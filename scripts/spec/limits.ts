import { MAX_BATCH_BYTES, MAX_BATCH_ROWS } from '../../licence/audit/batch.ts';
import { MAX_RECEIPT_BYTES } from '../../licence/audit/receipt.ts';
import { MAX_ROW_BYTES } from '../../licence/audit/row.ts';
import { CLOCK_TOLERANCE_MS, MAX_FUTURE_IAT_MS } from '../../licence/best-time.ts';
import { PRESENTATION_CTI_BYTES } from '../../licence/claims.ts';
import { MAX_CODE_TEXT } from '../../licence/code-text.ts';
import { CODE_MAX_BYTES, codeProfile, KID_BYTES, SIGNATURE_BYTES } from '../../licence/cose/sign1.ts';
import { CTI_BYTES, MAX_URI_BYTES } from '../../licence/cwt.ts';
import { MAX_REFERENCE_CHARACTERS } from '../../licence/reference-code.ts';
import { MAX_AGGREGATED_LISTS, MAX_AGGREGATION_BYTES } from '../../licence/status/aggregation.ts';
import { MAX_DELTA_BYTES, MAX_DELTA_CHANGES } from '../../licence/status/status-delta.ts';
import { MAX_TOKEN_BYTES } from '../../licence/status/status-list.ts';
import { MAX_FRESHNESS_SECONDS } from '../../licence/trust/catalogue.ts';
import { MAX_ISSUER_KEYS, MAX_LIST_ENTRIES } from '../../licence/trust/issuers.ts';
import { MAX_METADATA_BYTES } from '../../licence/trust/tuf.ts';
import { MAX_GRANT_TEXT } from '../../licence/wire/grant-text.ts';
import { REQUEST_ID_BYTES } from '../../licence/wire/label.ts';
import { MAX_GRANT_BYTES, MAX_GRANT_SECONDS } from '../../licence/wire/maintenance-grant.ts';
import { MAX_RESOLVE_ANSWER_BYTES, MAX_RESOLVED_LICENCES } from '../../licence/wire/resolve-answer.ts';
import { MAX_REQUEST_BYTES, REQUEST_WINDOW_SECONDS } from '../../licence/wire/terminal-request.ts';
import { MAX_TIME_ANSWER_BYTES } from '../../licence/wire/time-answer.ts';

type Unit = 'bytes' | 'characters' | 'seconds' | '';

/** Every limit that a constant of the code sets: what it is of, how much, in what. */
export function limits(): readonly (readonly [of: string, value: number, unit: Unit])[] {
  const code = codeProfile('none');
  return [
    ['text of a code, `LZ1:` included', MAX_CODE_TEXT, 'characters'],
    ['a code, and each part of it', CODE_MAX_BYTES, 'bytes'],
    ['depth of a part', code.maxDepth, ''],
    ['CBOR items in a part, map keys included', code.maxItems, ''],
    ['`kid`', KID_BYTES, 'bytes'],
    ['signature', SIGNATURE_BYTES, 'bytes'],
    ['`cti` of a licence or a delegation', CTI_BYTES, 'bytes'],
    ['`cti` of a presentation', PRESENTATION_CTI_BYTES, 'bytes'],
    ['freshness that a service may set, at most', MAX_FRESHNESS_SECONDS, 'seconds'],
    ['a reference code', MAX_REFERENCE_CHARACTERS, 'characters'],
    ['id of a request', REQUEST_ID_BYTES, 'bytes'],
    ['a resolve answer', MAX_RESOLVE_ANSWER_BYTES, 'bytes'],
    ['licences in a resolve answer', MAX_RESOLVED_LICENCES, ''],
    ['entries of a status list', MAX_LIST_ENTRIES, ''],
    ['keys in `issuers.cbor`', MAX_ISSUER_KEYS, ''],
    ['a status list token', MAX_TOKEN_BYTES, 'bytes'],
    ['a status delta', MAX_DELTA_BYTES, 'bytes'],
    ['changes in a status delta', MAX_DELTA_CHANGES, ''],
    ['a status list aggregation', MAX_AGGREGATION_BYTES, 'bytes'],
    ['lists in an aggregation', MAX_AGGREGATED_LISTS, ''],
    ['a `uri`, and `aggregation_uri`', MAX_URI_BYTES, 'bytes'],
    ['a TUF metadata file', MAX_METADATA_BYTES, 'bytes'],
    ['how far `iat` of a list may lie ahead', MAX_FUTURE_IAT_MS / 1000, 'seconds'],
    ['how far a clock may fall behind a signed time', CLOCK_TOLERANCE_MS / 1000, 'seconds'],
    ['a time answer', MAX_TIME_ANSWER_BYTES, 'bytes'],
    ['a terminal request', MAX_REQUEST_BYTES, 'bytes'],
    ['how far `iat` of a request may lie from the city’s time', REQUEST_WINDOW_SECONDS, 'seconds'],
    ['an audit row', MAX_ROW_BYTES, 'bytes'],
    ['rows in an audit batch', MAX_BATCH_ROWS, ''],
    ['rows of an audit batch together', MAX_BATCH_BYTES, 'bytes'],
    ['an audit receipt', MAX_RECEIPT_BYTES, 'bytes'],
    ['a maintenance grant', MAX_GRANT_BYTES, 'bytes'],
    ['text of a maintenance grant, `LZG1:` included', MAX_GRANT_TEXT, 'characters'],
    ['how long a maintenance grant may hold', MAX_GRANT_SECONDS, 'seconds'],
  ];
}
