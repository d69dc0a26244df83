/**
 * Decoders as io-ts codecs that are Standard Schemas too, for those who compose them with codecs of their own.
 *
 * @module
 */
import { isRight } from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Decoding, encode } from './read.js'

/** The part of Standard Schema v1 (standardschema.dev) that a codec implements. */
export interface StandardSchema<A> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'mpcvd'
    readonly validate: (input: unknown) =>
      | { readonly value: A }
      | { readonly issues: ReadonlyArray<{ readonly message: string; readonly path: ReadonlyArray<string> }> }
    readonly types?: { readonly input: unknown; readonly output: A }
  }
}

const steps = (path: string): ReadonlyArray<string> =>
  path === '' ? [] : path.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A decoder as an io-ts codec that is a Standard Schema too. Encoding gives plain JSON data that shares nothing with the value. */
export const codec = <A>(name: string, decode: (input: unknown) => Decoding<A>): t.Type<A, unknown> & StandardSchema<A> =>
  Object.assign(
    new t.Type<A, unknown, unknown>(
      name,
      (input): input is A => isRight(decode(input)),
      (input, context) => {
        const decoded = decode(input)
        return isRight(decoded)
          ? t.success(decoded.right.value)
          : t.failures(
              decoded.left.map((fault) => ({
                value: input,
                context: [...context, ...steps(fault.path).map((key) => ({ key, type: t.unknown }))],
                message: `expected ${fault.expected}, got ${fault.got}`,
              })),
            )
      },
      (value) => encode(value),
    ),
    {
      '~standard': {
        version: 1 as const,
        vendor: 'mpcvd' as const,
        validate: (input: unknown) => {
          const decoded = decode(input)
          return isRight(decoded)
            ? { value: decoded.right.value }
            : { issues: decoded.left.map((fault) => ({ message: `expected ${fault.expected}, got ${fault.got}`, path: steps(fault.path) })) }
        },
      },
    },
  )
