/** Writes docs/audit-events.md anew. `audit-events-document.test.ts` tells when that is due. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { auditEventsDocument } from './audit-events-document.ts';

const file = new URL('../../docs/audit-events.md', import.meta.url);
const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
const after = auditEventsDocument();
writeFileSync(file, after);
console.log(`docs/audit-events.md ${after === before ? 'is up to date' : 'was written anew'}`);
