/**
 * Behaviour trees as Mermaid flowcharts.
 *
 * @module
 */
import { isCallback } from './callbacks.js'
import type { PublishedTree } from './drawing.js'
import { corrections } from './leaves.js'
import type { TreeNode } from './tree.js'

const quoted = (text: string): string => `"${text.replaceAll('&', '#amp;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;')}"`

/** The shape of a node: rounded for a condition, a box for an action, a hexagon for a question that people answer. */
const shapeOf = (tree: PublishedTree['id'], node: TreeNode, erratum: string): string => {
  switch (node.kind) {
    case 'sequence':
      return `["→"]`
    case 'fallback':
      return `["?"]`
    case 'loop':
      return node.until === 'failure' ? '["↺ until one fails"]' : '["↺"]'
    case 'parallel':
      return `["⇉ ${node.needed}"]`
    case 'added':
      return shapeOf(tree, node.child, node.erratum)
    default: {
      const errata = [...(corrections[`${tree} ${node.label}`]?.errata ?? []), ...(erratum === '' ? [] : [erratum])]
      const text = quoted([node.label, ...(errata.length === 0 ? [] : [`(${[...new Set(errata)].join(', ')})`])].join(' '))
      return isCallback(`${tree} ${node.label}`) ? `{{${text}}}` : node.kind === 'condition' ? `([${text}])` : `[${text}]`
    }
  }
}

const childrenOf = (node: TreeNode): ReadonlyArray<TreeNode> => ('children' in node ? node.children : node.kind === 'added' ? childrenOf(node.child) : [])

/** A tree as a flowchart; leaves that are read otherwise than drawn, and nodes that were added, name their errata. */
export const treeDiagram = ({ id, root }: PublishedTree): string => {
  const lines: string[] = []
  let count = 0
  const draw = (node: TreeNode): string => {
    const name = `n${count++}`
    lines.push(`  ${name}${shapeOf(id, node, '')}`)
    for (const child of childrenOf(node)) lines.push(`  ${name} --> ${draw(child)}`)
    return name
  }
  draw(root)
  return ['flowchart TD', ...lines].join('\n')
}
