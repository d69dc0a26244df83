/**
 * `mpcvd step`: the protocol as a line protocol, one JSON object in, one out, in order.
 *
 * In: `{ id, protocol?, state, message | local }`. Out: `{ id, right }`, `{ id, left }` for what the caller may not do, or
 * `{ id, fault }` for what cannot be read. A line that is no JSON has `id` null, and the run goes on. What else can be asked
 * is in `request.ts`.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { decodeMessage, decodeParticipant, type Fault, parseJson } from '../codec/index.js'
import { adopted, type LocalEvent, localEvents, type Outcome, type Participant, type Protocol, published, type Refusal } from '../index.js'
import { answerTo as answerRequest } from './request.js'
import type { ExitCode } from './terminal.js'

const record = (input: unknown): { readonly [key: string]: unknown } | undefined =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : undefined

const under = (path: string, faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> =>
  faults.map((fault) => ({ ...fault, path: path + fault.path }))

const protocolNamed = (name: unknown): Protocol | undefined =>
  name === undefined || name === 'adopted' || name === adopted.edition
    ? adopted
    : name === 'published' || name === published.edition
      ? published
      : undefined

const rightOf = ({ state, fired, replies, optional, notes }: Outcome): object => ({
  state: { id: state.id, roles: state.roles, rm: state.rm, em: state.em, cs: state.cs },
  fired,
  replies,
  ...(optional.length > 0 ? { optional } : {}),
  ...(notes.length > 0 ? { notes } : {}),
})

const leftOf = ({ kind, rule, requirements, tried, state, allowed }: Refusal): object => ({
  kind, ...(rule === undefined ? {} : { rule }), requirements, tried, state, allowed,
})

/** A local event, by its name or as `{ event }`. */
const localIn = (input: unknown): LocalEvent | undefined => {
  const name = record(input)?.['event'] ?? input
  return localEvents.find((event) => event === name)
}

/** The answer to one line. Only what is nested too deep to be written again, and a fault of the library itself, cannot be answered under its own id. */
export const stepLine = (line: string): string => {
  try {
    return answerTo(line)
  } catch (reason) {
    const got = reason instanceof RangeError ? 'one that is nested too deep' : `a fault of this library: ${reason instanceof Error ? reason.message : String(reason)}`
    return JSON.stringify({ id: null, fault: [{ path: '', expected: 'a line that can be answered', got }] })
  }
}

const answerTo = (line: string): string => {
  const parsed = parseJson(line)
  if (isLeft(parsed)) return JSON.stringify({ id: null, fault: [parsed.left] })
  const request = record(parsed.right)
  const id = request?.['id'] ?? null
  const fault = (faults: ReadonlyArray<Fault>): string => JSON.stringify({ id, fault: faults })
  if (request === undefined) return fault([{ path: '', expected: 'an object with id, state, and message or local', got: 'no object' }])
  const other = answerRequest(request)
  if (other !== undefined) return JSON.stringify({ id, ...other })
  const protocol = protocolNamed(request['protocol'])
  const state = decodeParticipant(request['state'])
  const faults = [
    ...(protocol === undefined ? [{ path: '/protocol', expected: 'published or adopted', got: JSON.stringify(request['protocol']) }] : []),
    ...(isLeft(state) ? under('/state', state.left) : []),
  ]
  if ('message' in request === 'local' in request)
    return fault([...faults, { path: '', expected: 'one of message and local', got: 'message' in request ? 'both' : 'neither' }])
  const answer = (participant: Participant, reading: Protocol): string => {
    if ('message' in request) {
      const message = decodeMessage(request['message'])
      return isLeft(message) ? fault(under('/message', message.left)) : written(reading.transition(participant, message.right.value))
    }
    const event = localIn(request['local'])
    return event === undefined
      ? fault([{ path: '/local', expected: `one of ${localEvents.join(', ')}`, got: JSON.stringify(request['local']) }])
      : written(reading.local(participant, event))
  }
  const written = (result: ReturnType<Protocol['transition']>): string =>
    JSON.stringify(isLeft(result) ? { id, left: leftOf(result.left) } : { id, right: rightOf(result.right) })
  if (isLeft(state) || protocol === undefined) {
    const message = 'message' in request ? decodeMessage(request['message']) : undefined
    return fault([...faults, ...(message !== undefined && isLeft(message) ? under('/message', message.left) : [])])
  }
  return answer(state.right.value, protocol)
}

/** Answers every line of the input until it ends, waiting where the reader of the answers is slow. */
export const step = async (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<ExitCode> => {
  let rest = ''
  const answer = async (lines: ReadonlyArray<string>): Promise<void> => {
    if (lines.length === 0) return
    const written = output.write(lines.map((line) => `${stepLine(line)}\n`).join(''))
    if (!written) await new Promise<void>((resolve) => output.once('drain', resolve))
  }
  input.setEncoding('utf8')
  for await (const chunk of input) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    await answer(lines)
  }
  await answer(rest === '' ? [] : [rest])
  return 0
}
