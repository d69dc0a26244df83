#!/usr/bin/env node
/**
 * The `mpcvd` command: the only part of the library that touches files, streams and the process. What a command needs is
 * loaded when it is called.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { levels } from '../conformance/requirement.js'
import { readMoment } from '../protocol/moment.js'
import { help } from './help.js'
import { complain, type ExitCode, type Options, say, sayText, type UsageError } from './terminal.js'
import type { VerifyArguments } from './verify.js'

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
      address: { type: 'string', multiple: true, default: [] },
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
  if (asked !== undefined && asked !== 'published' && asked !== 'adopted') return ended({ usage: `--protocol expects published or adopted, got ${asked}` })
  const level = levels.find((one) => one === values.level)
  if (values.level !== undefined && level === undefined && command !== 'conform') return ended({ usage: `--level expects one of ${levels.join(', ')}, got ${values.level}` })
  const at = values.at ?? new Date().toISOString()
  if (readMoment(at) === undefined) return ended({ usage: `--at expects an instant with its zone or a date, got ${at}` })
  const options: Options = { json: values.json, protocol: asked, roles: values.roles }
  const [first] = rest
  const one = (name: string, act: (argument: string, with_: Options) => UsageError | undefined): ExitCode =>
    first === undefined || rest.length > 1 ? ended({ usage: `${command} expects one ${name}; see mpcvd --help` }) : ended(act(first, options))
  switch (command) {
    case 'check':
      if (rest.length === 0) return ended({ usage: 'check expects at least one file, or - for standard input' })
      return level === undefined ? (await import('./check.js')).check(rest, options) : (await import('./level.js')).checkLevel(rest, { json: values.json, level, protocol: asked, as: values.as })
    case 'conform':
      return rest.length === 0
        ? ended({ usage: 'conform expects a program: mpcvd conform [OPTION…] -- COMMAND [ARGUMENT…]' })
        : (await import('./conform.js')).conform(rest, {
            format: values.json ? 'json' : values.format, level: values.level, protocol: values.protocol, sample: values.sample, seed: values.seed, timeout: values.timeout,
            vectors: values.vectors, version: __VERSION__,
          })
    case 'vectors':
      return first === undefined || rest.length > 1 ? ended({ usage: 'vectors expects one folder to copy into' }) : (await import('./vectors.js')).copyVectors(first, { json: values.json, force: values.force })
    case 'requirements':
      return ended((await import('./requirements.js')).showRequirements(rest, { json: values.json, level }))
    case 'evidence':
      return rest.length === 0
        ? ended({ usage: 'evidence expects at least one file, or - for standard input' })
        : ended((await import('./evidence.js')).showEvidence(rest, { standard: values.standard, format: values.json ? 'json' : values.format, of: values.of, at: values.at, within: values.within }))
    case 'case':
      return rest.length === 0 ? ended({ usage: 'case expects at least one file, or - for standard input' }) : (await import('./case.js')).showCase(rest, { json: values.json, at })
    case 'deadlines':
      return rest.length === 0 ? ended({ usage: 'deadlines expects at least one file, or - for standard input' }) : (await import('./deadlines.js')).showDeadlines(rest, { json: values.json, at, policies: values.policy })
    case 'timeline':
      return rest.length === 0 ? ended({ usage: 'timeline expects at least one file, or - for standard input' }) : ended((await import('./timeline.js')).showTimeline(rest, values.format))
    case 'score':
      return rest.length === 0 ? ended({ usage: 'score expects at least one file, or - for standard input' }) : (await import('./score.js')).scoreCommand(rest, { json: values.json, svg: values.svg, at })
    case 'histories':
      return rest.length > 1 ? ended({ usage: 'histories expects one beginning of a history, or one state' }) : ended((await import('./histories.js')).showHistories(first, { json: values.json }))
    case 'next':
      if (rest.length === 0) return ended({ usage: 'next expects at least one file, or - for standard input' })
      return values.as === undefined ? ended({ usage: 'next expects --as PARTICIPANT' }) : (await import('./next.js')).showNext(rest, { json: values.json, as: values.as, at })
    case 'advise':
      return one('state', (await import('./advise.js')).advise)
    case 'convert':
      return rest.length === 0
        ? ended({ usage: 'convert expects at least one file, or - for standard input' })
        : ended((await import('./convert.js')).convert(rest, {
            json: values.json, from: values.from, to: values.to, into: values.into, case: values.case, parties: values.parties, answers: values.answer, vulnerability: values.vulnerability,
            as: values.as, publisher: values.publisher, addresses: values.address, at,
          }))
    case 'bridges':
      return rest.length > 1 ? ended({ usage: 'bridges expects one format, or nothing' }) : ended((await import('./bridges.js')).showBridges(first, options))
    case 'map':
      return first === undefined || rest.length > 1 ? ended({ usage: 'map expects one status map' }) : ended((await import('./map.js')).checkMap(first, options))
    case 'simulate':
      if (rest.length > 0) return ended({ usage: `simulate takes options only, got ${rest.join(' ')}` })
      return ended((await import('./simulate.js')).simulateCommand({ seed: values.seed, roles: values.roles, steps: values.steps }))
    case 'verify': {
      if (rest.length > 0) return ended({ usage: `verify takes options only, got ${rest.join(' ')}` })
      const given: VerifyArguments = {
        json: values.json, protocol: asked, roles: values.roles, channel: values.channel, property: values.property, about: values.about, steps: values.steps, repeats: values.repeats,
        local: values.local, silent: values['no-acknowledgements'], memory: values.memory, reductions: !values['no-reductions'], promela: values.promela, out: values.out,
      }
      return ended(values.ledger === undefined ? (await import('./verify.js')).verifyCommand(given) : (await import('./verify-ledger.js')).ledgerCommand({ ...given, ledger: values.ledger, decision: values.decision }))
    }
    case 'permitted':
      return one('state', (await import('./lookup.js')).permitted)
    case 'explain':
      return one('name', (await import('./lookup.js')).explain)
    case 'diagram':
      return one('machine', (await import('./lookup.js')).diagram)
    case 'step':
      return rest.length > 0 ? ended({ usage: 'step takes no arguments: it reads standard input' }) : (await import('./step.js')).step(process.stdin, process.stdout)
    default:
      return ended({ usage: `unknown command ${command}; see mpcvd --help` })
  }
}

/** How a command ended: a code, nothing to say about it, or a mistake in how it was called. */
const ended = (result: ExitCode | UsageError | undefined): ExitCode => {
  if (typeof result !== 'object') return result ?? 0
  complain(result.usage)
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
