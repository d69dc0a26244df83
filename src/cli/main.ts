#!/usr/bin/env node
/**
 * The `mpcvd` command: the only part of the library that touches files, streams and the process.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { readMoment } from '../index.js'
import { checksOf, levels } from '../conformance/index.js'
import { readDuration } from '../case/index.js'
import { type MeasureName, measures, standards } from '../crosswalk/index.js'
import { advise } from './advise.js'
import { showBridges } from './bridges.js'
import { showCase } from './case.js'
import { check } from './check.js'
import { conform } from './conform.js'
import { convert } from './convert.js'
import { showDeadlines } from './deadlines.js'
import { evidenceFormats, showEvidence } from './evidence.js'
import { checkLevel } from './level.js'
import { diagram, explain, permitted } from './lookup.js'
import { help } from './help.js'
import { showHistories } from './histories.js'
import { checkMap } from './map.js'
import { showNext } from './next.js'
import { showRequirements } from './requirements.js'
import { scoreCommand } from './score.js'
import { simulateCommand } from './simulate.js'
import { step } from './step.js'
import { showTimeline, timelineFormats } from './timeline.js'
import { complain, type ExitCode, type Options, say, sayText, type UsageError } from './terminal.js'
import { copyVectors } from './vectors.js'
import { ledgerCommand } from './verify-ledger.js'
import { type VerifyArguments, verifyCommand } from './verify.js'

declare const __VERSION__: string

const run = async (): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      protocol: { type: 'string' },
      roles: { type: 'string' },
      policy: { type: 'string', multiple: true, default: [] },
      at: { type: 'string' },
      format: { type: 'string', default: 'text' },
      level: { type: 'string' },
      as: { type: 'string' },
      standard: { type: 'string', default: 'iso-30111' },
      of: { type: 'string' },
      within: { type: 'string', multiple: true, default: [] },
      sample: { type: 'string' },
      timeout: { type: 'string' },
      vectors: { type: 'string' },
      seed: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      channel: { type: 'string', default: 'fifo:2' },
      property: { type: 'string', multiple: true, default: [] },
      about: { type: 'string' },
      steps: { type: 'string' },
      repeats: { type: 'string' },
      local: { type: 'boolean', default: false },
      'no-acknowledgements': { type: 'boolean', default: false },
      'no-reductions': { type: 'boolean', default: false },
      memory: { type: 'string', default: '1024' },
      promela: { type: 'boolean', default: false },
      ledger: { type: 'string' },
      decision: { type: 'string' },
      out: { type: 'string' },
      svg: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      into: { type: 'string' },
      case: { type: 'string' },
      parties: { type: 'string' },
      answer: { type: 'string', multiple: true, default: [] },
      vulnerability: { type: 'string' },
      publisher: { type: 'string' },
      version: { type: 'boolean', short: 'v', default: false },
    },
  })
  if (values.version) {
    say(__VERSION__)
    return 0
  }
  const [command, ...rest] = positionals
  if (values.help || command === undefined) {
    sayText(help)
    return values.help ? 0 : 2
  }
  const asked = command === 'conform' && values.protocol === 'both' ? undefined : values.protocol
  if (asked !== undefined && asked !== 'published' && asked !== 'adopted') return wrong({ usage: `--protocol expects published or adopted, got ${asked}` })
  const level = levels.find((one) => one === values.level)
  if (values.level !== undefined && level === undefined && command !== 'conform') return wrong({ usage: `--level expects one of ${levels.join(', ')}, got ${values.level}` })
  const at = values.at ?? new Date().toISOString()
  if (readMoment(at) === undefined) return wrong({ usage: `--at expects an instant with its zone or a date, got ${at}` })
  const options: Options = { json: values.json, protocol: asked, roles: values.roles }
  const [first] = rest
  const one = (name: string, act: (argument: string, with_: Options) => UsageError | undefined): ExitCode =>
    first === undefined || rest.length > 1 ? wrong({ usage: `${command} expects one ${name}; see mpcvd --help` }) : wrong(act(first, options))
  switch (command) {
    case 'check':
      if (rest.length === 0) return wrong({ usage: 'check expects at least one file, or - for standard input' })
      return level === undefined ? check(rest, options) : checkLevel(rest, { json: values.json, level, protocol: asked, as: values.as })
    case 'conform':
      return rest.length === 0
        ? wrong({ usage: 'conform expects a program: mpcvd conform [OPTION…] -- COMMAND [ARGUMENT…]' })
        : conform(rest, {
            format: values.json ? 'json' : values.format, level: values.level, protocol: values.protocol, sample: values.sample, seed: values.seed, timeout: values.timeout,
            vectors: values.vectors, version: __VERSION__,
          })
    case 'vectors':
      return first === undefined || rest.length > 1 ? wrong({ usage: 'vectors expects one folder to copy into' }) : copyVectors(first, { json: values.json, force: values.force })
    case 'requirements':
      return wrong(showRequirements(rest, { json: values.json, level, checksOf }))
    case 'evidence': {
      const format = evidenceFormats.find((known) => known === (values.json ? 'json' : values.format))
      if (format === undefined) return wrong({ usage: `--format expects ${evidenceFormats.join(', ')}, got ${values.format}` })
      const standard = standards.find((known) => known === values.standard)
      if (standard === undefined) return wrong({ usage: `--standard expects ${standards.join(', ')}, got ${values.standard}` })
      const within = readWithin(values.within)
      if ('usage' in within) return wrong(within)
      return rest.length === 0 ? wrong({ usage: 'evidence expects at least one file, or - for standard input' }) : showEvidence(rest, { standard, format, of: values.of, at: values.at, within: within.terms })
    }
    case 'case':
      return rest.length === 0 ? wrong({ usage: 'case expects at least one file, or - for standard input' }) : showCase(rest, { json: values.json, at })
    case 'deadlines':
      return rest.length === 0 ? wrong({ usage: 'deadlines expects at least one file, or - for standard input' }) : showDeadlines(rest, { json: values.json, at, policies: values.policy })
    case 'timeline': {
      const format = timelineFormats.find((known) => known === values.format)
      if (format === undefined) return wrong({ usage: `--format expects ${timelineFormats.join(', ')}, got ${values.format}` })
      return rest.length === 0 ? wrong({ usage: 'timeline expects at least one file, or - for standard input' }) : showTimeline(rest, format)
    }
    case 'score':
      return rest.length === 0 ? wrong({ usage: 'score expects at least one file, or - for standard input' }) : scoreCommand(rest, { json: values.json, svg: values.svg, at })
    case 'histories':
      return rest.length > 1 ? wrong({ usage: 'histories expects one beginning of a history, or one state' }) : wrong(showHistories(first, { json: values.json }))
    case 'next':
      if (rest.length === 0) return wrong({ usage: 'next expects at least one file, or - for standard input' })
      return values.as === undefined ? wrong({ usage: 'next expects --as PARTICIPANT' }) : showNext(rest, { json: values.json, as: values.as, at })
    case 'advise':
      return one('state', advise)
    case 'convert': {
      if (rest.length === 0) return wrong({ usage: 'convert expects at least one file, or - for standard input' })
      const code = convert(rest, {
        json: values.json, from: values.from, to: values.to, into: values.into, case: values.case, parties: values.parties, answers: values.answer, vulnerability: values.vulnerability,
        as: values.as, publisher: values.publisher, at,
      })
      return typeof code === 'object' ? wrong(code) : code
    }
    case 'bridges':
      return rest.length > 1 ? wrong({ usage: 'bridges expects one format, or nothing' }) : wrong(showBridges(first, options))
    case 'map': {
      const code = first === undefined || rest.length > 1 ? { usage: 'map expects one status map' } : checkMap(first, options)
      return typeof code === 'object' ? wrong(code) : code
    }
    case 'simulate':
      if (rest.length > 0) return wrong({ usage: `simulate takes options only, got ${rest.join(' ')}` })
      return wrong(simulateCommand({ seed: values.seed, roles: values.roles, steps: values.steps }))
    case 'verify': {
      if (rest.length > 0) return wrong({ usage: `verify takes options only, got ${rest.join(' ')}` })
      const given: VerifyArguments = {
        json: values.json, protocol: asked, roles: values.roles, channel: values.channel, property: values.property, about: values.about, steps: values.steps, repeats: values.repeats,
        local: values.local, silent: values['no-acknowledgements'], memory: values.memory, reductions: !values['no-reductions'], promela: values.promela, out: values.out,
      }
      const code = values.ledger === undefined ? verifyCommand(given) : ledgerCommand({ ...given, ledger: values.ledger, decision: values.decision })
      return typeof code === 'object' ? wrong(code) : code
    }
    case 'permitted':
      return one('state', permitted)
    case 'explain':
      return one('name', explain)
    case 'diagram':
      return one('machine', diagram)
    case 'step':
      return rest.length > 0 ? wrong({ usage: 'step takes no arguments: it reads standard input' }) : step(process.stdin, process.stdout)
    default:
      return wrong({ usage: `unknown command ${command}; see mpcvd --help` })
  }
}

/** Terms that a participant has set itself, each as a measure and a duration. */
const readWithin = (given: ReadonlyArray<string>): UsageError | { readonly terms: Partial<Readonly<Record<MeasureName, string>>> } => {
  const terms: Partial<Record<MeasureName, string>> = {}
  for (const one of given) {
    const [name = '', duration = ''] = one.split('=')
    const measure = measures.find((known) => known === name)
    if (measure === undefined || readDuration(duration)._tag === 'Left') return { usage: `--within expects NAME=DURATION with a name of ${measures.join(', ')} and a duration such as P7D, got ${one}` }
    terms[measure] = duration
  }
  return { terms }
}

const wrong = (error: UsageError | undefined): ExitCode => {
  if (error === undefined) return 0
  complain(error.usage)
  return 2
}

/** A reader that went away (`mpcvd … | head`) is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

run().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    complain(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    process.exitCode = 2
  },
)
