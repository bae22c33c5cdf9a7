import { type CborNode, type HeadForm, shortestWidth } from './cbor-tree.ts';

/** Writes a tree: shortest forms, but where a node says otherwise. */
export function writeTree(node: CborNode): Uint8Array {
  const writer = new Writer();
  write(node, writer);
  return writer.taken();
}

function write(node: CborNode, writer: Writer): void {
  switch (node.kind) {
    case 'raw':
      writer.bytes(node.bytes);
      return;
    case 'integer':
      if (node.value < 0) writeHead(writer, 1, -1 - node.value, node.head);
      else writeHead(writer, 0, node.value, node.head);
      return;
    case 'bytes':
    case 'text':
      writeString(writer, node.kind === 'bytes' ? 2 : 3, node.bytes, node.head);
      return;
    case 'wrapped':
      writeString(writer, 2, writeTree(node.item), node.head);
      return;
    case 'array':
      writeHead(writer, 4, node.items.length, node.head);
      for (const item of node.items) write(item, writer);
      break;
    case 'map':
      writeHead(writer, 5, node.entries.length, node.head);
      for (const { key, value } of node.entries) {
        write(key, writer);
        write(value, writer);
      }
      break;
    case 'tag':
      writeHead(writer, 6, node.tag, node.head);
      write(node.item, writer);
      return;
  }
  if (node.head?.width === 'indefinite') writer.byte(BREAK);
}

const BREAK = 0xff;

function writeString(writer: Writer, major: 2 | 3, bytes: Uint8Array, form: HeadForm | undefined): void {
  writeHead(writer, major, bytes.length, form);
  if (form?.width === 'indefinite') writeHead(writer, major, bytes.length, undefined);
  writer.bytes(bytes);
  if (form?.width === 'indefinite') writer.byte(BREAK);
}

function writeHead(writer: Writer, major: number, length: number, form: HeadForm | undefined): void {
  const argument = form?.claimed ?? length;
  if (form?.width === 'indefinite') {
    writer.byte((major << 5) | 31);
    return;
  }
  const width = Math.max(form?.width ?? 0, shortestWidth(argument));
  if (width === 0) writer.byte((major << 5) | argument);
  else {
    writer.byte((major << 5) | (24 + Math.log2(width)));
    for (let i = width - 1; i >= 0; i--) writer.byte(Math.floor(argument / 256 ** i) % 256);
  }
}

class Writer {
  #buffer = new Uint8Array(512);
  #length = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  taken(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.length) return;
    const grown = new Uint8Array(needed * 2);
    grown.set(this.taken());
    this.#buffer = grown;
  }
}
