/**
 * Behaviour trees as nested lists, read from the Mermaid flowcharts that the library writes.
 *
 * A list needs no picture: it wraps on a telephone, is read aloud in its order, and can be searched. The shape of a node
 * says what it is, as in the flowchart: round a condition, a box an action, six-cornered a question for people.
 */
import { escaped } from './code.js'

type Shape = 'control' | 'action' | 'condition' | 'question'
interface Node { readonly shape: Shape; readonly text: string; readonly children: Node[] }

const plain = (text: string): string => text.replaceAll('#quot;', '"').replaceAll('#lt;', '<').replaceAll('#gt;', '>').replaceAll('#amp;', '&')

const brackets: ReadonlyArray<readonly [pattern: RegExp, shape: Shape]> = [
  [/^(n\d+)\(\["(.*)"\]\)$/, 'condition'], [/^(n\d+)\{\{"(.*)"\}\}$/, 'question'], [/^(n\d+)\["(.*)"\]$/, 'action'],
]

/** What the signs of the inner nodes mean, for who hears them. */
const signs: Readonly<Record<string, string>> = { '→': 'sequence', '?': 'fallback', '↺': 'loop', '⇉': 'parallel' }

const read = (text: string): Node | undefined => {
  const nodes = new Map<string, Node>()
  for (const line of text.split('\n').map((one) => one.trim())) {
    const edge = /^(n\d+) --> (n\d+)$/.exec(line)
    if (edge !== null) {
      const child = nodes.get(edge[2] ?? '')
      if (child !== undefined) nodes.get(edge[1] ?? '')?.children.push(child)
      continue
    }
    for (const [pattern, shape] of brackets) {
      const found = pattern.exec(line)
      if (found === null) continue
      const label = plain(found[2] ?? '')
      nodes.set(found[1] ?? '', { shape: Object.hasOwn(signs, label.charAt(0)) ? 'control' : shape, text: label, children: [] })
      break
    }
  }
  return nodes.get('n0')
}

const labelled = ({ shape, text }: Node, linked: (html: string) => string): string =>
  shape === 'control'
    ? `<span class="bt-sign" aria-hidden="true">${escaped(text.charAt(0))}</span> ${signs[text.charAt(0)] ?? ''}${escaped(text.slice(1))}`
    : `${shape === 'question' ? '<span class="hidden">asked: </span>' : shape === 'condition' ? '<span class="hidden">condition: </span>' : ''}${linked(escaped(text))}`

const item = (node: Node, linked: (html: string) => string): string =>
  `<li><span class="bt-node bt-${node.shape}">${labelled(node, linked)}</span>${node.children.length === 0 ? '' : `<ul>${node.children.map((child) => item(child, linked)).join('')}</ul>`}</li>`

/** A flowchart as a list; `linked` makes links of the errata that a label names. Nothing where the text is no tree. */
export const treeList = (text: string, linked: (html: string) => string): string | undefined => {
  const root = text.startsWith('flowchart TD') ? read(text) : undefined
  return root === undefined ? undefined : `<ul class="bt">${item(root, linked)}</ul>`
}
