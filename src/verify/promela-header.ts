/**
 * What a Promela text says of itself: what it is of, and how to run it, here and past one machine.
 *
 * @module
 */
import { formsOf, localOf, type Model, nameOf } from './model.js'

/** The commands, each with what it is for. A test runs them. */
export const commands: ReadonlyArray<{ readonly for: string; readonly run: ReadonlyArray<string> }> = [
  {
    for: 'To visit every state. A run is written for each property that is violated; one of which nothing is said holds.',
    run: ['spin -a model.pml', 'gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c', './pan -E -c0 -e -m10000000'],
  },
  { for: 'To read the run that was written first, then the second.', run: ['spin -t1 model.pml', 'spin -t2 model.pml'] },
  {
    for: 'For a shortest run, of the property that has the shortest. Breadth-first search takes no hidden variables, VISIBLE makes them others.',
    run: ['spin -DVISIBLE -a model.pml', 'gcc -O2 -DSAFETY -DNOREDUCE -DBFS -o pan pan.c', './pan -E', 'spin -DVISIBLE -t model.pml'],
  },
  {
    for: 'Past the memory of one machine: states compressed, exact, half as fast.',
    run: ['spin -a model.pml', 'gcc -O2 -DSAFETY -DNOREDUCE -DCOLLAPSE -o pan pan.c', './pan -E -c0 -e -m10000000'],
  },
  {
    for: 'On several cores, exact, until the first violation: NCORE cores, MEMLIM megabytes.',
    run: ['spin -DVISIBLE -a model.pml', 'gcc -O2 -DSAFETY -DNOREDUCE -DNCORE=2 -DMEMLIM=4000 -o pan pan.c', './pan -E -m1000000'],
  },
  {
    for: 'As a swarm: any number of runs, on as many machines as there are, each with a seed of its own (-RS) and a bit for a state (-w30 is 2^30 bits, or 128 MB). What one of them finds is found; that none finds anything proves nothing.',
    run: ['spin -a model.pml', 'gcc -O2 -DSAFETY -DNOREDUCE -DBITSTATE -DRANDOMIZE -DT_RAND -DP_RAND -o pan pan.c', './pan -E -c0 -e -m1000000 -w30 -RS1', './pan -E -c0 -e -m1000000 -w30 -RS2'],
  },
]

const channelWords = ({ channel: { bound, duplicating, losing, reordering } }: Model): string =>
  [`${reordering === true ? 'reordering' : 'first-in-first-out'} channels of ${bound}`, ...(duplicating === true ? ['duplicating'] : []), ...(losing === true ? ['losing'] : [])].join(', ')

const wrapped = (text: string): ReadonlyArray<string> =>
  text.split(' ').reduce<ReadonlyArray<string>>((lines, word) => {
    const last = lines.at(-1)
    return last === undefined || last.length + word.length > 110 ? [...lines, word] : [...lines.slice(0, -1), `${last} ${word}`]
  }, [])

/** The comment that a text opens with. */
export const header = (model: Model, properties: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { acknowledgements, awaits, participants, protocol, repeats, script, steps, terms } = model
  const words = [
    channelWords(model),
    `of their own accord ${[...formsOf(model).map(({ name }) => name), ...localOf(model)].join(', ') || 'nothing'}`,
    ...(script === undefined ? [] : [`in this order: ${script.map(({ by, does }) => `${nameOf(model, by)} ${does}`).join(', ')}`]),
    ...(steps === undefined || script !== undefined ? [] : [`${steps} such steps at most`]),
    ...(repeats === undefined ? [] : [`${repeats} of them that change nothing`]),
    ...(acknowledgements === false ? ['no acknowledgements'] : []),
    ...(awaits === undefined ? [] : [`acknowledgements awaited of ${awaits.join(', ')}`]),
    ...(terms === true ? ['terms of embargoes told apart'] : []),
  ]
  const lines = [
    ...wrapped(`The protocol ${protocol.edition} among ${participants.map((_, place) => nameOf(model, place)).join(', ')}: ${words.join('; ')}.`),
    ...wrapped(properties.length === 0 ? 'No property is asserted; SPIN counts states.' : `Asserted: ${properties.join(', ')}.`),
    '',
    ...wrapped('One process has one loop, and each option of it is one step of one participant: it receives, pays what it owes, sends of its own accord, or does something in silence. Each is a d_step, so that the states that SPIN stores are the global states of the model, each once, and no others. What exists within a step only is hidden. An option that asserts changes nothing.'),
    ...commands.flatMap((one) => ['', ...wrapped(one.for), ...one.run.map((line) => `    ${line}`)]),
  ]
  return ['/*', ...lines.map((line) => ` * ${line.replace(/\*\//g, '* /')}`.trimEnd()), ' */']
}
