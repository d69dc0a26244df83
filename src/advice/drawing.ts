/**
 * How trees are written down: one function for each kind of node.
 *
 * @module
 */
import type { Leaf, TreeNode } from './tree.js'

/** A published tree. */
export interface PublishedTree {
  /** `BT-01` to `BT-29`, in the order of the published pages. */
  readonly id: `BT-${number}`
  readonly name: string
  /** The file in docs/topics/behavior_logic and the line of its drawing. */
  readonly source: string
  readonly root: TreeNode
}

/** A condition. */
export const cond = (label: string): Leaf => ({ kind: 'condition', label })
/** An action. */
export const action = (label: string): Leaf => ({ kind: 'action', label })
/** A sequence of nodes. */
export const sequence = (...children: ReadonlyArray<TreeNode>): TreeNode => ({ kind: 'sequence', children })
/** A fallback over nodes. */
export const fallback = (...children: ReadonlyArray<TreeNode>): TreeNode => ({ kind: 'fallback', children })
/** A loop over nodes. */
export const loop = (until: 'failure' | 'once', ...children: ReadonlyArray<TreeNode>): TreeNode => ({ kind: 'loop', until, children })
/** A parallel of nodes. */
export const parallel = (needed: 1 | 'm', ...children: ReadonlyArray<TreeNode>): TreeNode => ({ kind: 'parallel', needed, children })
/** A node that the drawing lacks. */
export const added = (erratum: string, child: TreeNode): TreeNode => ({ kind: 'added', erratum, child })
