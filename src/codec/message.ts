/**
 * The codec of messages.
 *
 * The description below is the format. Valid messages, which are almost all, take a shorter way: {@link quick} reads a
 * message field by field as the description has it and gives up at the first thing that is not plainly right, and only
 * then is the description read, to say everything that is wrong. A test holds the two to the same answers. What is not
 * plainly right is so read twice, and only the second reading is copied.
 *
 * @module
 */
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import {
  bundleRank, type EmbargoTerms, type Id, isBundle, type Message, type MessageType, messageTypes, type ReportReference,
  type Subject, type Tlp,
} from '../protocol/message.js'
import { id, isId, isMoment, isRecord, isText, json, type JsonSchema, lengthOf, moment, text } from './leaf.js'
import { type Check, type Decoding, type Fault, reader, show, some } from './read.js'
import { schemaOf } from './schema.js'
import { codec, type StandardSchema } from './standard.js'

const ids = t.readonlyArray(id)

/** The description of embargo terms. */
export const embargoShape: t.Type<EmbargoTerms, unknown> = t.intersection([
  t.type({ id }),
  t.partial({ answers: id, existing: t.boolean, end: moment, respondBy: moment, reason: text, scope: text }),
])

const report: t.Type<ReportReference, unknown> = t.intersection([
  t.type({ id }),
  t.partial({ duplicateOf: id, title: text, vulnerabilities: t.readonlyArray(text), products: t.readonlyArray(text) }),
])

const subject: t.Type<Subject, unknown> = t.union([id, t.intersection([t.type({ participant: id }), t.partial({ product: text })])])

const tlp: t.Type<Tlp, unknown> = t.keyof({ CLEAR: null, GREEN: null, AMBER: null, 'AMBER+STRICT': null, RED: null })

/** The description of a message. */
export const messageShape: t.Type<Message, unknown> = t.intersection([
  t.type({ id, case: id, from: id, to: some(id), types: some(t.keyof(messageTypes)), at: moment }),
  t.partial({
    v: t.literal(1),
    after: ids,
    inReplyTo: id,
    subject,
    cause: t.keyof({ own: null, observed: null }),
    embargo: embargoShape,
    report,
    tlp,
    note: text,
    ext: json,
  }),
])

/** What holds of a message beyond its form. */
export const checkMessage: Check<Message> = (message) => {
  const faults: Fault[] = []
  message.to.forEach((recipient, index) => {
    if (recipient === message.from)
      faults.push({ path: `/to/${index}`, expected: 'somebody else than the sender', got: show(recipient) })
  })
  const types: ReadonlyArray<string> = message.types
  if (!isBundle(types))
    faults.push({ path: '/types', expected: 'types in the order RS, other R*, E*, CX, CP, other C*, G*', got: show(types.join(' ')) })
  if (message.inReplyTo === message.id) faults.push({ path: '/inReplyTo', expected: 'another message', got: show(message.id) })
  message.after?.forEach((cited, index) => {
    if (cited === message.id) faults.push({ path: `/after/${index}`, expected: 'another message', got: show(cited) })
  })
  return faults
}

/** A list of different ids, copied; `undefined` where it is not plainly one. */
const quickIds = (input: unknown, self: unknown): ReadonlyArray<Id> | undefined => {
  if (!Array.isArray(input)) return undefined
  const length = lengthOf(input)
  if (length > 8) return undefined
  const items: Id[] = []
  for (let i = 0; i < length; i++) {
    const item: unknown = input[i]
    if (!isId(item) || item === self || items.includes(item)) return undefined
    items.push(item)
  }
  return items
}

/** A bundle, copied; `undefined` where it is not plainly one. */
const quickTypes = (input: unknown): ReadonlyArray<MessageType> | undefined => {
  if (!Array.isArray(input)) return undefined
  const length = lengthOf(input)
  if (length === 0 || length > 8) return undefined
  const items: MessageType[] = []
  let rank = -1
  for (let i = 0; i < length; i++) {
    const item: unknown = input[i]
    if (typeof item !== 'string' || !isMessageType(item) || items.includes(item)) return undefined
    const next = bundleRank[item]
    if (next < rank) return undefined
    rank = next
    items.push(item)
  }
  return items
}

const isMessageType = (name: string): name is MessageType => Object.hasOwn(bundleRank, name)

type Writable<A> = { -readonly [K in keyof A]: A[K] }

/** Embargo terms, copied; `undefined` where they are not plainly right. */
const quickEmbargo = (input: unknown): EmbargoTerms | undefined => {
  if (!isRecord(input)) return undefined
  const { id: ownId, answers, existing, end, respondBy, reason, scope } = input
  if (!isId(ownId)) return undefined
  const terms: Writable<EmbargoTerms> = { id: ownId }
  let known = 1
  if (answers !== undefined) { if (!isId(answers)) return undefined; terms.answers = answers; known++ }
  if (existing !== undefined) { if (typeof existing !== 'boolean') return undefined; terms.existing = existing; known++ }
  if (end !== undefined) { if (!isMoment(end)) return undefined; terms.end = end; known++ }
  if (respondBy !== undefined) { if (!isMoment(respondBy)) return undefined; terms.respondBy = respondBy; known++ }
  if (reason !== undefined) { if (!isText(reason)) return undefined; terms.reason = reason; known++ }
  if (scope !== undefined) { if (!isText(scope)) return undefined; terms.scope = scope; known++ }
  return Object.keys(input).length === known ? terms : undefined
}

/** A message, copied, where it is plainly right and has no report, product or `ext`; `undefined` for everything else. */
const quick = (input: unknown): Message | undefined => {
  if (!isRecord(input)) return undefined
  const { id: ownId, case: ofCase, from, to, types, at, v, after, inReplyTo, subject: about, cause, embargo: terms, report: cited, tlp: label, note, ext } = input
  if (cited !== undefined || ext !== undefined) return undefined
  if (!isId(ownId) || !isId(ofCase) || !isId(from) || !isMoment(at)) return undefined
  const recipients = quickIds(to, from)
  const bundle = quickTypes(types)
  if (recipients === undefined || recipients.length === 0 || bundle === undefined) return undefined
  const message: Writable<Message> = { id: ownId, case: ofCase, from, to: recipients, types: bundle, at }
  let known = 6
  if (v !== undefined) { if (v !== 1) return undefined; message.v = v; known++ }
  if (after !== undefined) {
    const seen = quickIds(after, ownId)
    if (seen === undefined) return undefined
    message.after = seen
    known++
  }
  if (inReplyTo !== undefined) { if (!isId(inReplyTo) || inReplyTo === ownId) return undefined; message.inReplyTo = inReplyTo; known++ }
  if (about !== undefined) { if (!isId(about)) return undefined; message.subject = about; known++ }
  if (cause !== undefined) { if (cause !== 'own' && cause !== 'observed') return undefined; message.cause = cause; known++ }
  if (terms !== undefined) {
    const copied = quickEmbargo(terms)
    if (copied === undefined) return undefined
    message.embargo = copied
    known++
  }
  if (label !== undefined) { if (!tlp.is(label)) return undefined; message.tlp = label; known++ }
  if (note !== undefined) { if (!isText(note)) return undefined; message.note = note; known++ }
  return Object.keys(input).length === known ? message : undefined
}

const noWarnings: ReadonlyArray<never> = []

/** Takes in a message from anywhere: the message and what was left out of it, or everything that is wrong with it. Never throws. */
export const decodeMessage = (input: unknown): Decoding<Message> => {
  try {
    const message = quick(input)
    if (message !== undefined) return right({ value: message, warnings: noWarnings })
  } catch {
    // Something threw when it was read; reading by the description says so.
  }
  return decodeMessageByDescription(input)
}

/** The same as {@link decodeMessage}, always by the description: the slow twin that the tests compare it with. */
export const decodeMessageByDescription: (input: unknown) => Decoding<Message> = /* @__PURE__ */ reader(messageShape, checkMessage)

/** A message as an io-ts codec and Standard Schema. */
export const MessageCodec: t.Type<Message, unknown> & StandardSchema<Message> = codec('Message', decodeMessage)

/** The JSON Schema of a message. */
export const messageSchema: JsonSchema = schemaOf(messageShape, 'Message', ['sender-not-recipient', 'bundle-order', 'no-self-reference'])
