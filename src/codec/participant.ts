/**
 * The codec of participants.
 *
 * The whole product of states that the roles' shape allows is taken in, also what the standard counts as unreachable;
 * `inhabits` says which is which. A case state of another shape than the roles give is a fault.
 *
 * @module
 */
import * as t from 'io-ts'
import { cs, dpxa, pxa } from '../protocol/cs.js'
import { em } from '../protocol/em.js'
import { caseMachine, fits, type Participant, type Role, shapeOf } from '../protocol/participant.js'
import { rm } from '../protocol/rm.js'
import { id, type JsonSchema } from './leaf.js'
import { type Check, type Decoding, reader, show, some } from './read.js'
import { schemaOf } from './schema.js'
import { codec, type StandardSchema } from './standard.js'

/** The description of a role. */
export const role: t.Type<Role, unknown> = t.keyof({ finder: null, reporter: null, vendor: null, coordinator: null, deployer: null, observer: null })

/** The description of roles: at least one, none twice. */
export const roleList: t.ReadonlyArrayC<t.Type<Role, unknown>> = some(role)

const shape: t.Type<Participant, unknown> = t.type({
  id,
  roles: roleList,
  rm: t.keyof(rm.table),
  em: t.keyof(em.table),
  cs: t.keyof({ ...cs.table, ...dpxa.table, ...pxa.table }),
})

const check: Check<Participant> = ({ roles, cs: state }) =>
  fits(roles, state)
    ? []
    : [{ path: '/cs', expected: `a case state of the shape ${caseMachine[shapeOf(roles)].initial}, which the roles give`, got: show(state) }]

/** Takes in a participant from anywhere. Never throws. */
export const decodeParticipant: (input: unknown) => Decoding<Participant> = /* @__PURE__ */ reader(shape, check)

/** A participant as an io-ts codec and Standard Schema. */
export const ParticipantCodec: t.Type<Participant, unknown> & StandardSchema<Participant> = codec('Participant', decodeParticipant)

/** The JSON Schema of a participant. */
export const participantSchema: JsonSchema = schemaOf(shape, 'Participant', ['case-state-shape'])
