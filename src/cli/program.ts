/**
 * A program on the other end of two pipes: started, given lines, listened to, and ended, whatever it does.
 *
 * Lines go out while fewer than a few hundred questions wait, and only as fast as they are read. Nothing is taken on trust:
 *
 * - Time runs between one answer and the next, not from the question: a program may be slow with the hundreds before it.
 * - When it runs out, the program is given as much time again; if it then speaks, it was slow. If not, its input is ended;
 *   if that brings the answers, they were held back in a buffer. Otherwise they never came.
 * - The program is the leader of a process group, which is killed in the end, with whatever it has started.
 * - Output is bytes until it is known to be UTF-8, a line may have a megabyte, and of standard error the end is kept.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { type ChildProcess, spawn } from 'node:child_process'
import type { TroubleList } from '../conformance/dialogue.js'

/** Who makes the lines for a program and takes in what it says. */
export interface Interlocutor {
  /** The next line, or nothing before more answers have come, or nothing more. */
  readonly next: () => string | undefined
  /** Takes in a line; whether it was an answer. */
  readonly hear: (line: string) => boolean
  /** How many questions have no answer yet. */
  readonly open: () => number
  /** How many of them come after the last answer. */
  readonly waiting: () => number
  /** The question that the program should answer now, by its name. */
  readonly current: () => string
  readonly answers: () => number
  /** How many questions were passed over, and the first of them; nothing where none was. */
  readonly passed: () => string | undefined
}

/** How a conversation ended, and why the question that was waiting then got no answer; no reason where nobody spoke. */
export interface Ending {
  readonly why?: string
  readonly stderr: string
}

/** How many questions may wait, and how many bytes may wait to be read. */
const WINDOW = 256
const BACKLOG = 1 << 18

/** The longest line that is listened to, in bytes. */
const LONGEST = 1 << 20
/** How much of standard error is kept, in bytes. */
const TAIL = 4096
/** How many questions may be passed over before there is no point in going on. */
const PASSED = 1000

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const endOf = (code: number | null, signal: NodeJS.Signals | null): string => (signal !== null ? `signal ${signal}` : `exit code ${code ?? 'unknown'}`)

/** Text of bytes that are not UTF-8, with these shown. */
const shown = (bytes: Buffer): string =>
  Array.from(bytes.subarray(0, 80), (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join('')

/** Kills a program and whatever it has started. */
const kill = (child: ChildProcess): void => {
  const { pid } = child
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

const start = (command: string, args: ReadonlyArray<string>): ChildProcess | string => {
  try {
    return spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true })
  } catch (error) {
    return reasonOf(error)
  }
}

/** Has a conversation with a program until all is said; `timeout` is in milliseconds. */
export const converse = ([command = '', ...args]: ReadonlyArray<string>, other: Interlocutor, timeout: number, troubles: TroubleList): Promise<Ending> =>
  new Promise((resolve) => {
    const child = start(command, args)
    if (typeof child === 'string' || child.stdin === null || child.stdout === null || child.stderr === null) {
      troubles.add('not-started', `${command}: ${typeof child === 'string' ? child : 'no pipes'}`)
      resolve({ stderr: '' })
      return
    }
    const { stdin, stdout, stderr } = child

    /** Talking; nothing came in time; the input has ended for that reason; the input has ended because all is said; over. */
    let phase: 'talking' | 'overdue' | 'flushing' | 'closing' | 'over' = 'talking'
    let since = performance.now()
    let suspected = false
    let late = ''
    let lines = 0
    let parts: Buffer[] = []
    let held = 0
    let tail = Buffer.alloc(0)
    let exit: string | undefined
    let well = false
    let outputEnded = false
    let inputBroken = false

    const restart = (): void => {
      since = performance.now()
      suspected = false
    }
    const over = (why?: string): void => {
      if (phase === 'over') return
      phase = 'over'
      unanswered()
      clearInterval(clock)
      process.removeListener('exit', last)
      for (const signal of signals) process.removeListener(signal, interrupted)
      kill(child)
      for (const stream of [stdin, stdout, stderr]) stream.destroy()
      child.unref()
      resolve({ ...(why === undefined ? {} : { why }), stderr: tail.toString('utf8') })
    }
    const seconds = `${timeout / 1000} s`
    const timedOut = (): void => {
      troubles.add('time-out', `no answer within ${seconds} to ${late}, after ${other.answers()} answers`)
      over(`no answer within ${seconds}`)
    }
    /** Says which questions were passed over, if any were. */
    const unanswered = (): void => {
      const passed = other.passed()
      if (passed !== undefined) troubles.add('unanswered', passed)
    }
    /** All is said: the program is to end. */
    const close = (): void => {
      phase = 'closing'
      restart()
      stdin.end()
    }

    const pump = (): void => {
      if (phase !== 'talking') return
      const out: string[] = []
      let size = stdin.writableLength
      while (other.waiting() < WINDOW && size < BACKLOG) {
        const line = other.next()
        if (line === undefined) break
        if (other.waiting() === 1) restart()
        out.push(line, '\n')
        size += line.length
      }
      if (out.length > 0) {
        if (!inputBroken) stdin.write(out.join(''))
      } else if (other.open() === 0) close()
      else if (other.open() - other.waiting() > PASSED) over('passed over')
    }

    const hear = (line: string): void => {
      lines++
      if (!other.hear(line)) return
      restart()
      if (phase === 'overdue') timedOut()
      else if (phase === 'flushing' && other.open() === 0) {
        troubles.add('unflushed', `no answer within ${seconds} to ${late}; it came, with those after it, when the input ended`)
        close()
      }
    }
    const hearBytes = (bytes: Buffer): void => {
      if (isUtf8(bytes)) {
        for (const line of bytes.toString('utf8').split('\n')) hear(line)
        return
      }
      for (let from = 0; from <= bytes.length; ) {
        const found = bytes.indexOf(10, from)
        const to = found < 0 ? bytes.length : found
        const line = bytes.subarray(from, to)
        from = to + 1
        if (isUtf8(line)) hear(line.toString('utf8'))
        else {
          lines++
          troubles.add('not-utf8', shown(line))
          // What else is in it may still be an answer.
          if (line[0] === 0x7b) hear(line.toString('utf8'))
        }
      }
    }
    const take = (chunk: Buffer): void => {
      const end = chunk.lastIndexOf(10)
      if (end < 0) {
        parts.push(chunk)
        held += chunk.length
      } else {
        const whole = Buffer.concat([...parts, chunk.subarray(0, end)])
        parts = [chunk.subarray(end + 1)]
        held = chunk.length - end - 1
        hearBytes(whole)
      }
      if (held > LONGEST) {
        troubles.add('endless-line', `more than ${LONGEST} bytes without a line break: ${shown(Buffer.concat(parts).subarray(0, 60))}…`)
        over('a line that did not end')
      }
    }

    /** The program has ended, and all that it said has been heard. */
    const ended = (how: string): void => {
      if (phase === 'over') return
      if (phase === 'closing') {
        if (!well) troubles.add('exit-code', how)
        over()
      } else if (phase === 'flushing') timedOut()
      else {
        const before = other.open() === 0 ? 'the rest was asked' : `the answer to ${other.current()}`
        troubles.add(lines === 0 ? 'said-nothing' : 'exited', `${how} after ${other.answers()} answers, before ${before}`)
        over(lines === 0 ? undefined : `the program ended (${how}) before it answered`)
      }
    }

    const tick = (): void => {
      if (performance.now() - since < timeout) return
      // We may have been busy ourselves, with answers in the pipe: what is there is heard before the next tick.
      if (!suspected) {
        suspected = true
        return
      }
      if (exit !== undefined) ended(exit)
      else if (phase === 'closing') {
        troubles.add('hung-exit', `still running ${seconds} after its input ended; killed`)
        over()
      } else if (outputEnded) {
        troubles.add('closed-output', `after ${other.answers()} answers, before the answer to ${other.current()}`)
        over('the program closed its output')
      } else if (inputBroken) {
        troubles.add('closed-input', `after ${other.answers()} answers, before the answer to ${other.current()}`)
        over('the program closed its input')
      } else if (phase === 'flushing') timedOut()
      else if (other.waiting() === 0) close()
      else if (phase === 'talking') {
        phase = 'overdue'
        late = other.current()
        restart()
      } else {
        phase = 'flushing'
        restart()
        stdin.end()
      }
    }
    const clock = setInterval(tick, Math.min(100, timeout / 4))

    // Interrupted ourselves, we leave nothing running.
    const last = (): void => kill(child)
    const interrupted = (): void => {
      kill(child)
      process.exit(130)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    process.on('exit', last)
    for (const signal of signals) process.on(signal, interrupted)

    child.on('error', (error) => {
      if (child.pid !== undefined) return
      troubles.add('not-started', `${command}: ${reasonOf(error)}`)
      over()
    })
    child.on('exit', (code, signal) => {
      exit = endOf(code, signal)
      well = code === 0
      // What it has started may hold the pipe open: that is waited for no longer than for an answer.
      if (outputEnded) ended(exit)
      else restart()
    })
    stdin.on('error', () => {
      if (inputBroken) return
      inputBroken = true
      restart()
    })
    stdin.on('drain', pump)
    stdout.on('data', (chunk: Buffer) => {
      if (phase === 'over') return
      const before = other.answers()
      take(chunk)
      pump()
      if (other.answers() > before) return
      // Who writes without a stop and answers nothing must not keep the clock from being looked at.
      stdout.pause()
      setImmediate(() => stdout.resume())
    })
    stdout.on('error', () => undefined)
    stdout.on('end', () => {
      if (phase === 'over') return
      outputEnded = true
      if (held > 0) hearBytes(Buffer.concat(parts))
      if (exit !== undefined) ended(exit)
      else restart()
    })
    stderr.on('data', (chunk: Buffer) => {
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL)
    })
    stderr.on('error', () => undefined)
    pump()
  })
