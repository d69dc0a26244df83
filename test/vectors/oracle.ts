/**
 * The answers of the two oracles to one type of message in one state: the twin of the adopted reading (test/spec/adopted.ts)
 * and the transcribed tables of the published one (test/spec/sent.txt, received.txt), in one form.
 */
import { adopted } from '../spec/adopted.js'
import { printed } from '../transcription.js'
import type { Context, Way } from './states.js'

export type Protocol = 'adopted' | 'published'

export interface State { readonly rm: string; readonly em: string; readonly cs: string }

export type Answer =
  | { readonly left: string }
  | State & { readonly fired: readonly string[]; readonly replies: readonly string[]; readonly optional: readonly string[] }

const words = (text: string | undefined): readonly string[] => (text ?? '').trim().split(' ').filter((word) => word !== '')

const memo = new Map<string, Answer>()

/** What the tables print, read back from the line that the transcription's interpreter writes. */
const inPrint = (way: Way, type: string, { rm, em, cs }: State): Answer => {
  const key = `${way} ${type} ${rm} ${em} ${cs}`
  const known = memo.get(key)
  if (known !== undefined) return known
  const text = printed(way, type, { rm, em, cs })
  const [after = '', fired, replies, optional] = text.split('|')
  const [rmAfter = '', emAfter = '', csAfter = ''] = after.trim().split(',')
  const answer: Answer = text.startsWith('Left ')
    ? { left: text.slice('Left '.length) }
    : { rm: rmAfter, em: emAfter, cs: csAfter, fired: words(fired), replies: words(replies), optional: words(optional) }
  memo.set(key, answer)
  return answer
}

const published = (way: Way, type: string, state: State, context: Context): Answer => {
  // Decision 2: what cites another message needs no send row and changes nothing; a relayed state has no row.
  if (way === 'sent' && context.reply === true) return { ...state, fired: [], replies: [], optional: [] }
  if (way === 'sent' && context.subject === 'other' && ['CV', 'CF', 'CD'].includes(type)) return { left: 'subject' }
  return inPrint(way, type, state)
}

/** What comes of one type, or of the pair CX+CP, in one state. */
export const answerOf = (protocol: Protocol, way: Way, type: string, roles: readonly string[], state: State, context: Context): Answer =>
  protocol === 'published'
    ? published(way, type, state, context)
    : adopted({
        way, type, roles, ...state, subject: context.subject ?? 'own', cause: 'none',
        reply: context.reply === true, existing: context.existing === true, answers: context.answers === true,
      })
