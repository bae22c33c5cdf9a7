/*
 * Run as a program: for each line, a JSON string of hex, decodes the bytes and answers the hex they are encoded to
 * again, or the name of their fault.
 */
import { createInterface } from 'node:readline';
import { decodeCbor } from '../cbor/decode.ts';
import { encodeCbor } from '../cbor/encode.ts';
import { hex, toHex } from '../testing/hex.ts';

const PROFILE = {
  maxBytes: 64 * 1024,
  maxDepth: 16,
  maxItems: 4096,
  tag18: 'none',
  sortedKeys: true,
} as const;

for await (const line of createInterface({ input: process.stdin })) {
  const decoded = decodeCbor(hex(JSON.parse(line)), PROFILE);
  console.log(JSON.stringify(decoded.ok ? toHex(encodeCbor(decoded.value)) : decoded.fault.name));
}
