/**
 * A play as the fragment of an address, so that it can be shared: JSON, deflated, in base64url. Nothing is sent anywhere;
 * a browser keeps the fragment to itself.
 *
 * A fragment may come from anybody. What it holds is bounded before it is unpacked and while it is, every entry goes
 * through the codec, and whatever does not fit is told in a sentence and changes nothing.
 */
import type { LogHeader } from 'mpcvd'
import { MOST, goTo, openPlay, type Play, take } from './model.js'
import type { Move } from './world.js'

const NAME = 'case='
/** No longer fragment is looked at, and no more than this is unpacked from it. */
const LONGEST = 200_000
const LARGEST = 4_000_000

const piped = async (bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const writer = through.writable.getWriter()
  const written = writer.write(bytes).then(() => writer.close())
  written.catch(() => undefined)
  const readable: ReadableStream<Uint8Array> = through.readable
  const reader = readable.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value)
    size += next.value.length
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      return undefined
    }
  }
  const whole = new Uint8Array(size)
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}

const toBase64url = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let place = 0; place < binary.length; place++) bytes[place] = binary.charCodeAt(place)
  return bytes
}

/** A move as it is written: `[kind, what]`. */
const written = (move: Move): readonly unknown[] =>
  move.kind === 'said' ? [move.atOnce ? 'at once' : 'said', move.entry] : [move.kind, { message: move.message, by: move.by, ...(move.at === undefined ? {} : { at: move.at }) }]

/** The fragment of a play, without the `#`. */
export const toFragment = async (play: Play): Promise<string> => {
  const text = JSON.stringify({ header: play.first.header, at: play.at, moves: play.steps.map(({ move }) => written(move)) })
  const packed = await piped(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), LARGEST)
  return `${NAME}${toBase64url(packed ?? new Uint8Array())}`
}

/** What a fragment holds: a play, or a sentence on why it holds none; nothing where it does not claim to. */
export type Shared = { readonly play: Play } | { readonly fault: string } | undefined

/** Reads the fragment of an address. Never throws. */
export const fromFragment = async (fragment: string): Promise<Shared> => {
  const text = fragment.replace(/^#/, '')
  if (!text.startsWith(NAME)) return undefined
  const fault = (why: string): Shared => ({ fault: `The address holds no case that can be read: ${why}.` })
  if (text.length > LONGEST) return fault('it is too long')
  try {
    const packed = fromBase64url(text.slice(NAME.length))
    const bytes = await piped(packed, new DecompressionStream('deflate-raw'), LARGEST)
    if (bytes === undefined) return fault('it unpacks to too much')
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return await playIn(value, fault)
  } catch {
    return fault('it is damaged')
  }
}

const fieldsOf = (value: unknown): { readonly [name: string]: unknown } => (typeof value === 'object' && value !== null ? { ...value } : {})

const playIn = async (value: unknown, fault: (why: string) => Shared): Promise<Shared> => {
  const { decodeEntry, decodeHeader } = await import('./lazy-codec.js')
  const { at, header, moves } = fieldsOf(value)
  const head = decodeHeader(header)
  if (head._tag === 'Left') return fault(`its header is none: ${head.left.map(({ path, expected }) => `${path || 'it'} is to be ${expected}`).slice(0, 3).join('; ')}`)
  if (!Array.isArray(moves) || moves.length > MOST) return fault('it has no moves, or too many')
  const taken: Move[] = []
  for (const [place, one] of moves.entries()) {
    const [kind, what]: readonly unknown[] = Array.isArray(one) ? one : []
    if (kind === 'arrives' || kind === 'lost') {
      const receipt = decodeEntry({ receipt: what })
      if (receipt._tag === 'Left' || !('receipt' in receipt.right.value)) return fault(`its move ${place + 1} is none`)
      taken.push({ kind, ...receipt.right.value.receipt })
      continue
    }
    const entry = kind === 'at once' || kind === 'said' ? decodeEntry(what) : undefined
    if (entry === undefined || entry._tag === 'Left' || 'receipt' in entry.right.value) return fault(`its move ${place + 1} is none`)
    taken.push({ kind: 'said', entry: entry.right.value, atOnce: kind === 'at once' })
  }
  return played(head.right.value, taken, at, fault)
}

const played = (header: LogHeader, moves: ReadonlyArray<Move>, at: unknown, fault: (why: string) => Shared): Shared => {
  const opened = openPlay(header)
  if (opened._tag === 'Left') return fault(opened.left.map(({ path, expected }) => `${path} is to be ${expected}`).join('; '))
  const play = take(opened.right, moves)
  return { play: typeof at === 'number' && Number.isFinite(at) ? goTo(play, at) : play }
}
