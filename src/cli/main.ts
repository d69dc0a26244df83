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
import { showCase } from './case.js'
import { check } from './check.js'
import { conform } from './conform.js'
import { showDeadlines } from './deadlines.js'
import { evidenceFormats, showEvidence } from './evidence.js'
import { checkLevel } from './level.js'
import { diagram, explain, permitted } from './lookup.js'
import { showHistories } from './histories.js'
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

const help = `mpcvd: the multi-party coordinated vulnerability disclosure (MPCVD) protocol

usage: mpcvd COMMAND [ARGUMENT…] [OPTION…]

  check FILE…       replay case logs (JSON lines; - is standard input), and say what is
                    not as the protocol has it: refused sends, unexpected messages, wrong
                    and missing replies, effects before their causes; with --level, hold
                    them against every requirement up to that level
  conform -- COMMAND [ARGUMENT…]
                    how far a program that speaks the line protocol (see step) conforms:
                    asks it the vectors, level by level
  vectors DIR       copies the conformance vectors into a folder
  requirements [ID…]
                    the requirements: all, those of a level, or all about some of them
  evidence FILE…    what a case log shows of the clauses of a standard: what is there, what
                    is missing, what came late, what no message can show
  case FILE…        one case from the logs of its participants: everybody's state side by
                    side and together, what is settled and whom the rest waits for, who may
                    publish, who owes what, what is wrong
  deadlines FILE…   who owes what by when, under disclosure policies
  timeline FILE…    the course of a case: lines, a Mermaid sequence diagram, or an SVG
  score FILE…       in which order things happened in published timelines (CVE records, sentences
                    with dates, case logs), as far as their dates say: how far beyond luck
                    that is at least and at most, and what is odd about them
  histories [PREFIX|STATE]
                    the 70 orders in which the events of a case can come, those that begin
                    so, or what may become of a case in a state
  next FILE…        what a participant of a case (--as) could do next: what is due, asked for,
                    allowed, advised against and forbidden, why, and what it would do
  advise STATE      what a case state says: embargo, SSVC, CVSS, zero days, and what those
                    who work on the case could do; (A,N,Vfdpxa), Vfdpxa, pxa or V..P..
  simulate          a case played by chance (--seed, --roles, --steps), as a case log
  verify            the protocol itself: explores all runs of a few participants (--roles),
                    and says what holds, or gives the shortest run that breaks it
  permitted STATE   what a participant in a state, such as '(A,N,Vfdpxa)', may send and do
  explain NAME      a rule (FT:110, sent.RS), an erratum (D-RM-01, M-01, A-01), a
                    requirement (VP-03-001) or a message type (RS)
  diagram MACHINE   rm, em, cs or consent as a Mermaid state diagram
  step              the line protocol: one JSON object a line in on standard input,
                    { id, protocol?, state, message | local }, one a line out, in order;
                    also words, values to read, logs to check and cases to put together

  --protocol NAME   adopted (the default, or what the log says) or published; for conform
                    also both
  --level LEVEL     for check: L1 words and machines, L2 steps, L3 the conduct of each, L4
                    the dealings of all; for conform and requirements: those alone, for
                    conform several, separated by commas
  --as PARTICIPANT  for check --level: whose conduct is asked for; for next: who asks
  --roles ROLES     for permitted: finder, reporter, vendor, coordinator, deployer, observer,
                    separated by commas; guessed from the shape of the state when absent;
                    for verify the participants, each with its roles joined by +, and where
                    it starts after @: reporter,vendor+deployer,vendor@(A,N,VFdpxa);
                    for simulate the same without @; for advise whom the advice is for
  --policy NAME     for deadlines: the id of a policy that is built in, or a file NAME.json;
                    may be given several times; all that are built in when absent
  --at MOMENT       for case, deadlines, next and score: the time to ask about; now when absent
  --format FORMAT   for timeline: text (the default), mermaid or svg; for evidence: text,
                    json, markdown or html; for conform: text, json or junit
  --standard NAME   for evidence: iso-30111 (the default), iso-29147, iso-tr-5895 or cra-14
  --of PARTICIPANT  for evidence: whose evidence; every vendor's when absent
  --within NAME=DURATION
                    for evidence: a term that the participant has set itself, such as
                    acknowledge=P7D; may be given several times
  --sample N        for conform: ask about one question of N
  --timeout SECONDS for conform: how long an answer may take (10)
  --vectors DIR     for conform: other vectors than those of the package
  --seed TEXT       for conform: repeat the order of an earlier run; for simulate: which case
                    is played (1)
  --force           for vectors: replace files that differ
  --channel KIND    for verify: fifo:2 (the default), reordering:2, fifo+losing:1,
                    fifo+duplicating:1; the number is how much a channel holds
  --property NAME   for verify: one of its properties; may be given several times
  --about TOPICS    for verify: what participants do of their own accord: rm, em, path,
                    public; all of them when absent
  --steps N         for verify: how many such steps, all together (3 with two participants,
                    2 with more), or all: without limit; for simulate after how many
                    entries nothing new is begun (200)
  --repeats N       for verify: how many of them may change nothing of their sender's own
  --local           for verify: silent steps and what is learned by other ways as well
  --no-acknowledgements
                    for verify: acknowledgements are not sent
  --no-reductions   for verify: every state is visited
  --memory MIB      for verify: the memory that states may take (1024)
  --promela         for verify: the same model for SPIN
  --ledger ORDER    for verify: participants keep case ledgers, in causal or manager order;
                    they agree whenever all has arrived, or the shortest run is given
  --decision RULE   for verify --ledger: first (the default), unanimous or owner
  --out DIR         for verify: write each shortest run as a case log and as charts
  --svg FILE        for score: a chart of the ranges, as SVG
  --json            results as JSON
  --help            this text
  --version         the version

exit codes: 0 clean, 1 findings, 2 something could not be read or understood`

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
