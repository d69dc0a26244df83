/**
 * The register: every requirement of the formal protocol and what stands around it, in order.
 *
 * The order is that of the specification: the families one after the other, within a family as their file has them, which
 * is nearly but not quite that of the numbers. The published counts are those of {@link requirementCounts}.
 *
 * @module
 */
import { caseStateRequirements, embargoRequirements, reportRequirements } from './behaviour.js'
import { documentRequirements, draftRequirements, durationRequirements, embargoPolicyRequirements, machineRequirements, structure } from './further.js'
import { coreFamilies, type Evidence, type Family, type Level, type Modality, type Requirement, requirementOf, type Unseen } from './requirement.js'
import { protocolRequirements } from './vp.js'

/** Every requirement, in the order of its family and of its specification. */
export const requirements: ReadonlyArray<Requirement> = [
  protocolRequirements, reportRequirements, embargoRequirements, caseStateRequirements, machineRequirements, documentRequirements, structure, draftRequirements,
  embargoPolicyRequirements, durationRequirements,
].flatMap((rows) => rows.map(requirementOf))

const byId: ReadonlyMap<string, Requirement> = new Map(requirements.map((requirement) => [requirement.id, requirement]))

/** The requirement with this id, if there is one. */
export const requirementById = (id: string): Requirement | undefined => byId.get(id)

/** Where the requirements of a family are written, in the public repository CERTCC/Vultron; a source `y24` is line 24 of it. */
export const specificationOf: Readonly<Record<Family, string>> = {
  VP: 'specs/vultron-protocol-spec.yaml',
  RMB: 'specs/rm-behavior.yaml',
  EMB: 'specs/em-behavior.yaml',
  CSB: 'specs/cs-behavior.yaml',
  SM: 'specs/state-machine.yaml',
  PX: 'the documents; no specification',
  ST: 'the documents; no specification',
  DVS: 'docs/reference/draft-vultron-spec.md',
  EP: 'specs/embargo-policy.yaml',
  DUR: 'specs/duration.yaml',
}

/** How many of the requirements of a family, or of several, have each modality, each evidence, and each level. */
export interface RequirementCounts {
  readonly rows: number
  readonly modality: Readonly<Record<Modality, number>>
  readonly evidence: Readonly<Record<Evidence, number>>
  readonly unseen: Readonly<Record<Unseen, number>>
  readonly level: Readonly<Record<Level, number>>
}

/** Counts the requirements of these families; of the formal protocol when none are given. */
export const requirementCounts = (of: ReadonlyArray<Family> = coreFamilies): RequirementCounts => {
  const those = requirements.filter((one) => of.includes(one.family))
  const having = (test: (one: Requirement) => boolean): number => those.filter(test).length
  const modality = (name: Modality): number => having((one) => one.modality === name)
  const evidence = (name: Evidence): number => having((one) => one.evidence === name)
  const unseen = (name: Unseen): number => having((one) => one.unseen === name)
  const level = (name: Level): number => having((one) => one.level === name)
  return {
    rows: those.length,
    modality: {
      MUST: modality('MUST'), 'MUST NOT': modality('MUST NOT'), SHOULD: modality('SHOULD'), 'SHOULD NOT': modality('SHOULD NOT'), MAY: modality('MAY'), none: modality('none'),
    },
    evidence: { step: evidence('step'), 'own log': evidence('own log'), 'case log': evidence('case log'), none: evidence('none') },
    unseen: {
      judgement: unseen('judgement'), policy: unseen('policy'), inside: unseen('inside'), transport: unseen('transport'), design: unseen('design'), counting: unseen('counting'),
    },
    level: { L1: level('L1'), L2: level('L2'), L3: level('L3'), L4: level('L4') },
  }
}
