/**
 * The JSON Schema of a description (draft 2020-12). What JSON Schema cannot state is listed by name under
 * `x-mpcvd-rules`; `schemaRules` in `leaf.ts` says what each means.
 *
 * @module
 */
import type * as t from 'io-ts'
import type { JsonSchema, SchemaRule } from './leaf.js'
import { fieldsOf, isRecordNode, ITEMS, nodeOf, SOME } from './read.js'

/** The rules below a description that JSON Schema cannot state. */
const rulesOf = (type: t.Mixed): ReadonlyArray<SchemaRule> => {
  const node = nodeOf(type)
  switch (node._tag) {
    case 'Leaf':
      return node.rules
    case 'ReadonlyArrayType':
      return rulesOf(node.type)
    case 'UnionType':
    case 'IntersectionType':
      return node.types.flatMap(rulesOf)
    case 'InterfaceType':
    case 'PartialType':
      return Object.values(node.props).flatMap(rulesOf)
    default:
      return []
  }
}

const schemaOfNode = (type: t.Mixed): JsonSchema => {
  const node = nodeOf(type)
  switch (node._tag) {
    case 'Leaf':
      return node.schema
    case 'BooleanType':
      return { type: 'boolean' }
    case 'LiteralType':
      return { const: node.value }
    case 'KeyofType':
      return { enum: Object.keys(node.keys) }
    case 'ReadonlyArrayType':
      return {
        type: 'array', items: schemaOfNode(node.type), maxItems: ITEMS,
        // Of records only the keys must differ, which a rule says; comparing hostile ones by value makes Ajv throw.
        ...(isRecordNode(nodeOf(node.type)) ? {} : { uniqueItems: true }),
        ...(node.name === SOME ? { minItems: 1 } : {}),
      }
    case 'UnionType':
      return { anyOf: node.types.map(schemaOfNode) }
    default: {
      const { required, optional } = fieldsOf(node)
      const properties: { [name: string]: JsonSchema } = {}
      for (const [name, field] of [...Object.entries(required), ...Object.entries(optional)]) properties[name] = schemaOfNode(field)
      return { type: 'object', properties, required: Object.keys(required) }
    }
  }
}

/** The JSON Schema (2020-12) of a description. Unknown fields are allowed, since decoding only leaves them out. */
export const schemaOf = (type: t.Mixed, title: string, rules: ReadonlyArray<SchemaRule>): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...schemaOfNode(type),
  'x-mpcvd-rules': [...new Set([...rulesOf(type), ...rules])].sort(),
})
