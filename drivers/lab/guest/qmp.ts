import { CharDevice } from './char-device.ts';
import { until } from './until.ts';

/** QEMU's monitor (QEMU Machine Protocol: a JSON object a line), through which a guest can plug its own devices. */
export class Qmp {
  readonly #device: CharDevice;
  readonly #answers = new Map<unknown, Record<string, unknown>>();
  readonly #deleted = new Set<string>();
  #line = '';
  #commands = 0;
  readonly #negotiated: Promise<unknown>;

  constructor() {
    this.#device = new CharDevice('/dev/virtio-ports/lab.qmp', (bytes) => this.#read(bytes));
    // an earlier process of this boot may have done it, which it answers with an error
    this.#negotiated = this.#exchange('qmp_capabilities');
  }

  /** Plugs a device into a port of the guest's USB controller. @param properties as of QEMU's `-device` */
  async plug(id: string, port: number, properties: Readonly<Record<string, string>>): Promise<void> {
    await this.#command('device_add', { id, bus: 'xhci.0', port: String(port), ...properties });
  }

  /** Resolves when the device is gone. */
  async unplug(id: string): Promise<void> {
    this.#deleted.delete(id);
    await this.#command('device_del', { id });
    await until(`QEMU's device ${id} gone`, () => this.#deleted.has(id));
  }

  /** Presses keys at once and lets go of them. @param keys QEMU's names, such as `shift` and `a` */
  async press(keys: readonly string[], holdMs: number): Promise<void> {
    const values = keys.map((data) => ({ type: 'qcode', data }));
    await this.#command('send-key', { keys: values, 'hold-time': holdMs });
  }

  close(): void {
    this.#device.close();
  }

  async #command(name: string, args: object): Promise<void> {
    await this.#negotiated;
    const { error } = await this.#exchange(name, args);
    if (isObject(error)) throw new Error(`QEMU refuses ${name}: ${error.desc}`);
  }

  async #exchange(execute: string, args: object = {}): Promise<Record<string, unknown>> {
    this.#commands += 1;
    const id = this.#commands;
    await this.#device.write(Buffer.from(`${JSON.stringify({ execute, arguments: args, id })}\n`));
    const answer = await until(`QEMU's answer to ${execute}`, () => this.#answers.get(id));
    this.#answers.delete(id);
    return answer;
  }

  #read(bytes: Buffer): void {
    const lines = (this.#line + bytes.toString()).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#take(JSON.parse(line));
  }

  #take(message: unknown): void {
    if (!isObject(message) || 'QMP' in message) return;
    const { event, data } = message;
    if (event === undefined) this.#answers.set(message.id, message);
    else if (event === 'DEVICE_DELETED' && isObject(data)) this.#deleted.add(String(data.device));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
