/**
 * Programs that speak the line protocol badly, each in one way: `node program.js BEHAVIOUR STEPS`, where STEPS is a module
 * with `stepLine`, which answers a line rightly. Files are written by their descriptors, since some are closed on the way.
 */
import { spawn } from 'node:child_process'
import { closeSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const [, , behaviour = '', steps = ''] = process.argv
const { stepLine } = await import(steps)

/** Writes all of it, waiting where the pipe is full. */
const write = (bytes, descriptor = 1) => {
  let rest = Buffer.from(bytes)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      if (error.code === 'EPIPE') process.exit(9)
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
const say = (line) => write(`${line}\n`)

/** Gives each line of the input, with its number from 1, to a function; then the end. */
const listen = (each, end = () => undefined) => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let number = 0
  process.stdin.on('data', (chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop()
    for (const line of lines) each(line, ++number)
  })
  process.stdin.on('end', end)
}
/** Answers rightly, apart from what a function makes of each answer. */
const answering = (change, end) => listen((line, number) => say(change(stepLine(line), number, line)), end)
const live = () => setInterval(() => undefined, 1000)
const changed = (text, change) => {
  const answer = JSON.parse(text)
  return JSON.stringify(change(answer) ?? answer)
}

const behaviours = {
  // ---- nothing wrong ----
  honest: () => answering((answer) => answer),
  crlf: () => answering((answer) => `${answer}\r`),
  // The break comes before each answer but the first: the last has none.
  'no last break': () => listen((line, number) => write(`${number === 1 ? '' : '\n'}${stepLine(line)}`)),
  'much on standard error': () => answering((answer) => {
    write(`${'complaint '.repeat(2000)}\n`, 2)
    return answer
  }),

  // ---- no answers ----
  silent: () => listen(() => undefined),
  'deaf and dumb': () => live(),
  'ends at once': () => {
    write('no such table\n', 2)
    process.exit(3)
  },
  'ends after 20': () => answering((answer, number) => {
    if (number === 21) {
      write('Traceback: out of luck\n', 2)
      process.exit(7)
    }
    return answer
  }),
  'crashes after 20': () => answering((answer, number) => {
    if (number === 21) process.kill(process.pid, 'SIGKILL')
    return answer
  }),
  'leaves a child behind': () => answering((answer, number) => {
    if (number === 21) {
      spawn('sleep', ['30'], { stdio: ['ignore', 1, 'ignore'] })
      process.exit(4)
    }
    return answer
  }),
  'slow with 21': () => {
    let late = false
    const held = []
    listen((line, number) => {
      if (number === 21) {
        late = true
        held.push(line)
        setTimeout(() => {
          late = false
          for (const one of held) say(stepLine(one))
        }, 3200)
      } else if (late) held.push(line)
      else say(stepLine(line))
    })
  },
  'stuck at 21': () => listen((line, number) => {
    if (number < 21) say(stepLine(line))
  }),
  'closes its output': () => listen((line, number) => {
    if (number < 21) say(stepLine(line))
    else if (number === 21) {
      closeSync(1)
      live()
    }
  }),
  'closes its input': () => {
    live()
    answering((answer, number) => {
      if (number === 21) {
        process.stdin.destroy()
        closeSync(0)
      }
      return answer
    })
  },
  'does not end': () => answering((answer) => answer, live),
  'ends badly': () => answering((answer) => answer, () => process.exit(5)),
  'answers when the input ends': () => {
    const held = []
    listen((line) => held.push(stepLine(line)), () => held.forEach(say))
  },
  'keeps the last answers': () => {
    let held = ''
    listen((line) => {
      held += `${stepLine(line)}\n`
      if (held.length > 8192) {
        write(held)
        held = ''
      }
    }, () => write(held))
  },
  'passes over every hundredth': () => listen((line, number) => {
    if (number % 100 !== 0) say(stepLine(line))
  }),

  // ---- lines that are no answers ----
  'writes a banner': () => {
    say('ready.')
    behaviours.honest()
  },
  'logs to its output': () => answering((answer, number) => (number % 10 === 0 ? `DEBUG number ${number}\n${answer}` : answer)),
  'writes arrays': () => answering((answer, number) => (number % 11 === 0 ? `[${answer}]` : answer)),
  'writes empty lines': () => answering((answer) => `${answer}\n`),
  'writes bytes': () => listen(() => write(Buffer.from([0x00, 0xff, 0xfe, 0x1b, 0x5b, 0x32, 0x4a, 0x0a]))),
  'writes without an end': () => {
    listen(() => undefined)
    const more = () => {
      write('x'.repeat(65536))
      setImmediate(more)
    }
    more()
  },
  'writes without a stop': () => {
    listen(() => undefined)
    const more = () => {
      write('chatter\n'.repeat(100))
      setImmediate(more)
    }
    more()
  },
  'invents answers': () => answering((answer, number) => (number % 10 === 0 ? `{"id":"q${number}","right":{}}\n${answer}` : answer)),
  'counts the ids itself': () => answering((answer, number) => changed(answer, (one) => ({ ...one, id: number }))),
  'answers twice': () => answering((answer, number) => (number % 10 === 0 ? `${answer}\n${answer}` : answer)),
  'swaps two answers': () => {
    let held
    listen((line) => {
      if (held === undefined) held = stepLine(line)
      else {
        say(stepLine(line))
        say(held)
        held = undefined
      }
    }, () => {
      if (held !== undefined) say(held)
    })
  },
  echoes: () => answering((answer, number, line) => line),
  'says right and left': () => answering((answer) => changed(answer, (one) => ({ right: {}, left: {}, ...one }))),
  'says nothing of it': () => answering((answer) => changed(answer, ({ id }) => ({ id, ok: true }))),
  'nests deeply': () => answering((answer, number) => (number === 21 ? changed(answer, ({ id }) => ({ id, right: 0 })).replace(/0\}$/, `{"state":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`) : answer)),

  // ---- answers that say too little ----
  'always says the same': () => answering((answer) => changed(answer, ({ id }) => ({ id, left: { kind: 'no-row' } }))),
  'always says fault': () => answering((answer) => changed(answer, ({ id }) => ({ id, fault: [{ path: '', expected: 'something else', got: 'this' }] }))),
  'knows the kit by its names': () => answering((answer, number, line) => (line.includes('"self"') ? answer : changed(answer, ({ id }) => ({ id, left: { kind: 'no-row' } })))),
  // Not noticed at once: every other participant that has the report accepted is taken for one that has closed.
  'keeps state between lines': () => {
    let before = 'Start'
    answering((answer, number, line) => {
      const { state } = JSON.parse(line)
      const wrong = before === 'Closed' && state?.rm === 'Accepted'
      before = state?.rm ?? before
      return wrong ? changed(answer, ({ id }) => ({ id, left: { kind: 'no-row' } })) : answer
    })
  },
  'is wrong far from the start': () => answering((answer, number, line) => {
    const { state, message } = JSON.parse(line)
    const wrong = message?.types[0] === 'RS' && message.to[0] === state.id && state.rm === 'Accepted' && state.cs.includes('P') && state.em !== 'None'
    return wrong ? changed(answer, ({ id }) => ({ id, left: { kind: 'no-row' } })) : answer
  }),
}

behaviours[behaviour]()
