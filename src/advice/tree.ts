/**
 * Behaviour trees: what they are made of, and how one is run through.
 *
 * A node gives one of three results. A sequence goes through its children until one does not succeed, a fallback until one
 * does not fail; a child that is running stops both, and is their result. A loop goes on until a child fails, which is how it
 * succeeds, or goes round once. A parallel takes all its children, succeeds when enough have, and fails when enough cannot
 * any more. (What the published text leaves open of the last two is erratum D-BT-11.) A leaf is whatever {@link run} is told.
 *
 * Nothing is remembered from one run to the next: every run begins at the root.
 *
 * @module
 */

/** What a node gives. */
export type Status = 'success' | 'failure' | 'running'

/** A leaf by its label, as the published drawing has it. */
export interface Leaf {
  readonly kind: 'condition' | 'action'
  readonly label: string
}

/** A node of a tree. */
export type TreeNode =
  | Leaf
  | { readonly kind: 'sequence' | 'fallback'; readonly children: ReadonlyArray<TreeNode> }
  /** Until a child fails, or once. */
  | { readonly kind: 'loop'; readonly until: 'failure' | 'once'; readonly children: ReadonlyArray<TreeNode> }
  /** How many children have to succeed; `m` where that is left to who uses the tree. */
  | { readonly kind: 'parallel'; readonly needed: 1 | 'm'; readonly children: ReadonlyArray<TreeNode> }
  /** A node that the drawing lacks, and the erratum that adds it. */
  | { readonly kind: 'added'; readonly erratum: string; readonly child: TreeNode }

/** How leaves and the open number of a parallel are answered. */
export interface Runner {
  /** What a leaf gives. */
  readonly leaf: (leaf: Leaf) => Status
  /** How many of so many children have to succeed where the tree leaves it open. */
  readonly needed: (children: number) => number
}

/** More rounds than a loop over anything finite takes. */
const ROUNDS = 10_000

/** Runs through a node. */
export const run = (node: TreeNode, runner: Runner): Status => {
  switch (node.kind) {
    case 'condition':
    case 'action':
      return runner.leaf(node)
    case 'added':
      return run(node.child, runner)
    case 'sequence':
    case 'fallback': {
      const goesOn: Status = node.kind === 'sequence' ? 'success' : 'failure'
      for (const child of node.children) {
        const status = run(child, runner)
        if (status !== goesOn) return status
      }
      return goesOn
    }
    case 'loop': {
      const round: TreeNode = { kind: 'sequence', children: node.children }
      if (node.until === 'once') return run(round, runner)
      for (let rounds = 0; rounds < ROUNDS; rounds++) {
        const status = run(round, runner)
        if (status !== 'success') return status === 'failure' ? 'success' : 'running'
      }
      return 'running'
    }
    case 'parallel': {
      const needed = node.needed === 'm' ? runner.needed(node.children.length) : node.needed
      const results = node.children.map((child) => run(child, runner))
      const [succeeded, failed] = (['success', 'failure'] as const).map((status) => results.filter((one) => one === status).length)
      return (succeeded ?? 0) >= needed ? 'success' : results.length - (failed ?? 0) < needed ? 'failure' : 'running'
    }
  }
}
