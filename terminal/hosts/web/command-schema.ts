import { z } from 'zod';
import { MAX_GRANT_TEXT } from '../../../licence/wire/grant-text.ts';
import { caseNo } from '../../bridge/api-schemas.ts';
import { type Command, type Login, MAX_KEYBOARD_TEXT, REVEAL_REASONS } from '../../contract.ts';

const id = z.string().min(1).max(64);

/** What a screen may send. */
export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('keyboard-scan'), text: z.string().min(1).max(MAX_KEYBOARD_TEXT) }),
  z.strictObject({
    type: z.literal('settings'),
    settings: z.strictObject({ language: z.enum(['zh', 'en']), largeText: z.boolean() }),
  }),
  z.strictObject({ type: z.literal('dismiss') }),
  z.strictObject({ type: z.literal('more-time') }),
  z.strictObject({ type: z.literal('back') }),
  z.strictObject({ type: z.literal('ask-for-staff') }),
  z.strictObject({ type: z.literal('choose-business') }),
  z.strictObject({ type: z.literal('business'), business: id }),
  z.strictObject({ type: z.literal('begin-case'), matter: id.exactOptional() }),
  z.strictObject({ type: z.literal('choose'), id }),
  z.strictObject({ type: z.literal('choose-all') }),
  z.strictObject({ type: z.literal('add-another') }),
  z.strictObject({ type: z.literal('hand-on'), caseNo: caseNo.exactOptional() }),
  z.strictObject({
    type: z.literal('look-up'),
    by: z.enum(['uscc', 'id']),
    /** Both kinds of number have 18 characters. */
    value: z.string().length(18),
    consent: z.literal(true),
  }),
  z.strictObject({
    type: z.literal('reveal'),
    label: z.int().min(1).max(255),
    reason: z.enum(REVEAL_REASONS),
  }),
  z.strictObject({ type: z.literal('switch-service'), service: id }),
]) satisfies z.ZodType<Command>;

const pin = z.string().min(1).max(64);

export const loginSchema = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('staff'), id, pin }),
  z.strictObject({
    as: z.literal('maintenance'),
    id,
    pin,
    grant: z.string().min(1).max(MAX_GRANT_TEXT).exactOptional(),
  }),
]) satisfies z.ZodType<Login>;
