#!/usr/bin/env node
/**
 * The `mpcvd` command: the only part of the library that touches files, streams and the process.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { readMoment } from '../index.js'
import { showCase } from './case.js'
import { check } from './check.js'
import { showDeadlines } from './deadlines.js'
import { diagram, explain, permitted } from './lookup.js'
import { step } from './step.js'
import { showTimeline, timelineFormats } from './timeline.js'
import { complain, type ExitCode, type Options, say, sayText, type UsageError } from './terminal.js'

declare const __VERSION__: string

const help = `mpcvd: the multi-party coordinated vulnerability disclosure (MPCVD) protocol

usage: mpcvd COMMAND [ARGUMENT…] [OPTION…]

  check FILE…       replay case logs (JSON lines; - is standard input), and say what is
                    not as the protocol has it: refused sends, unexpected messages, wrong
                    and missing replies, effects before their causes
  case FILE…        one case from the logs of its participants: everybody's state side by
                    side and together, what is settled and whom the rest waits for, who may
                    publish, who owes what, what is wrong
  deadlines FILE…   who owes what by when, under disclosure policies
  timeline FILE…    the course of a case: lines, a Mermaid sequence diagram, or an SVG
  permitted STATE   what a participant in a state, such as '(A,N,Vfdpxa)', may send and do
  explain NAME      a rule (FT:110, sent.RS), an erratum (D-RM-01), a requirement
                    (VP-03-001) or a message type (RS)
  diagram MACHINE   rm, em, cs or consent as a Mermaid state diagram
  step              the line protocol: one JSON object a line in on standard input,
                    { id, protocol?, state, message | local }, one a line out, in order

  --protocol NAME   adopted (the default, or what the log says) or published
  --roles ROLES     for permitted: finder, reporter, vendor, coordinator, deployer, observer,
                    separated by commas; guessed from the shape of the state when absent
  --policy NAME     for deadlines: the id of a policy that is built in, or a file NAME.json;
                    may be given several times; all that are built in when absent
  --at MOMENT       for case and deadlines: the time to ask about; now when absent
  --format FORMAT   for timeline: text (the default), mermaid or svg
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
      help: { type: 'boolean', short: 'h', default: false },
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
  if (values.protocol !== undefined && values.protocol !== 'published' && values.protocol !== 'adopted')
    return wrong({ usage: `--protocol expects published or adopted, got ${values.protocol}` })
  const at = values.at ?? new Date().toISOString()
  if (readMoment(at) === undefined) return wrong({ usage: `--at expects an instant with its zone or a date, got ${at}` })
  const options: Options = { json: values.json, protocol: values.protocol, roles: values.roles }
  const [first] = rest
  const one = (name: string, act: (argument: string, with_: Options) => UsageError | undefined): ExitCode =>
    first === undefined || rest.length > 1 ? wrong({ usage: `${command} expects one ${name}; see mpcvd --help` }) : wrong(act(first, options))
  switch (command) {
    case 'check':
      return rest.length === 0 ? wrong({ usage: 'check expects at least one file, or - for standard input' }) : check(rest, options)
    case 'case':
      return rest.length === 0 ? wrong({ usage: 'case expects at least one file, or - for standard input' }) : showCase(rest, { json: values.json, at })
    case 'deadlines':
      return rest.length === 0 ? wrong({ usage: 'deadlines expects at least one file, or - for standard input' }) : showDeadlines(rest, { json: values.json, at, policies: values.policy })
    case 'timeline': {
      const format = timelineFormats.find((known) => known === values.format)
      if (format === undefined) return wrong({ usage: `--format expects ${timelineFormats.join(', ')}, got ${values.format}` })
      return rest.length === 0 ? wrong({ usage: 'timeline expects at least one file, or - for standard input' }) : showTimeline(rest, format)
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
