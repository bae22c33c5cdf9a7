/** Writes docs/bridge-openapi.json anew. `terminal/bridge/openapi.test.ts` tells when that is due. */
import { writeFileSync } from 'node:fs';
import { bridgeOpenApi } from '../../terminal/bridge/openapi.ts';

const file = new URL('../../docs/bridge-openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(bridgeOpenApi(), null, 2)}\n`);
console.log('docs/bridge-openapi.json was written');
