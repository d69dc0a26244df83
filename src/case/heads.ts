/**
 * What to cite: the `after` of the next entry that somebody writes.
 *
 * Its own previous entry comes first, as the format has it; then the deciding entries that nobody it knows of has
 * answered yet, so that the order of deciding entries does not hang on content. Nothing that a recipient may not have is
 * cited: a reference to hidden content would be a gap to it for ever. What lacks something itself is cited all the same,
 * since an answer to it may not come before it.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import type { Node } from './graph.js'
import { type Ledger, nodesOf, ownEntries } from './ledger.js'
import { forwards } from './tree.js'

/** The entry that an author wrote last, among those that some recipients may have. */
const previousOf = (ledger: Ledger, author: Id, to: ReadonlyArray<Id>): Node | undefined => {
  let last: Node | undefined
  for (const node of nodesOf(ledger)) {
    if (node.author !== author) continue
    const known = node.deciding || ('message' in node.entry && to.every((id) => 'message' in node.entry && node.entry.message.to.includes(id)))
    if (known) last = node
  }
  return last
}

/** What the next entry by somebody is to cite in `after`, when it goes to some recipients. */
export const heads = (ledger: Ledger, by: Id, to: ReadonlyArray<Id>): ReadonlyArray<Id> => {
  const previous = previousOf(ledger, by, to)
  const own = ownEntries(ledger, by).at(-1)
  const tips = [...forwards(ledger.graph.tips)].map(([id]) => id)
  const all = [...(previous === undefined ? [] : [previous.id]), ...(own === undefined ? [] : [own.id]), ...tips]
  return [...new Set(all)]
}
