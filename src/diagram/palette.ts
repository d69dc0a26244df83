/**
 * The colours of a drawing, by what they say, for light and for dark.
 *
 * Hues are those of Okabe and Ito, which people see apart who do not see all colours: each row of states has its own
 * (green, blue, purple) in three degrees; what waits is yellow, what is laid aside orange, what is over grey. No colour
 * is the only sign of anything: states are written out, lines have their own dashes, ends of arrows their own shapes. All
 * text reaches a contrast of 4.5 to 1 on whatever it stands on.
 *
 * @module
 */
import { ours } from './writing.js'

const light = {
  paper: '#ffffff', ink: '#1f2328', soft: '#59636e', hair: '#e3e7eb', shade: '#e6f1f8', alarm: '#b34700',
  none: '#f3f5f7', waiting: '#f5e98e', aside: '#f6cf95', over: '#d9dde2',
  'rm-low': '#dff2ea', 'rm-middle': '#b7e3d2', 'rm-high': '#7fcbb0',
  'em-low': '#d9ebf5', 'em-middle': '#b3d6ea', 'em-high': '#74b4d9',
  'fix-low': '#f4e2ed', 'fix-middle': '#e6bfd5', 'fix-high': '#d497b7',
}

/** What has a colour. */
type Colour = keyof typeof light

const dark: Readonly<Record<Colour, string>> = {
  paper: '#12161c', ink: '#e8edf2', soft: '#9aa4af', hair: '#29303a', shade: '#15242f', alarm: '#ff9550',
  none: '#1c222a', waiting: '#625a14', aside: '#70490f', over: '#3d454f',
  'rm-low': '#16342b', 'rm-middle': '#194d3d', 'rm-high': '#1d6851',
  'em-low': '#172b3a', 'em-middle': '#1c4763', 'em-high': '#1d6292',
  'fix-low': '#37232f', 'fix-middle': '#56324a', 'fix-high': '#7a4268',
}

/** Both palettes, by the same names. */
export const palettes: Readonly<Record<'light' | 'dark', Readonly<Record<Colour, string>>>> = { light, dark }

const variables = (palette: Readonly<Record<string, string>>): string =>
  Object.entries(palette).map(([name, value]) => `--${name}:${value}`).join(';')

/** A declaration for what knows custom properties, after one for what does not and so stays light. */
const paint = (property: string, name: Colour): string => `${property}:${light[name]};${property}:var(--${name})`

const tones = (['waiting', 'aside', 'over', 'none'] as const).map((tone) => `.${tone}{${paint('fill', tone)}}`)
const degrees = (['low', 'middle', 'high'] as const).flatMap((tone) =>
  (['rm', 'em', 'fix'] as const).map((row) => `.${row}.${tone}{${paint('fill', `${row}-${tone}`)}}`))

/** The rules, each for something within the drawing only: one page may hold many drawings, and other things. */
const rules: ReadonlyArray<string> = [
  `text{font:10px system-ui,sans-serif;${paint('fill', 'ink')};font-variant-numeric:tabular-nums}`,
  'text.heading{font-size:17px;font-weight:600}',
  'text.name{font-size:12.5px;font-weight:600}',
  `text.soft{${paint('fill', 'soft')}}`,
  'text.tiny{font-size:9px}',
  'text.types{font-size:10.5px;font-weight:600}',
  'text.centre{text-anchor:middle}',
  'text.end{text-anchor:end}',
  'text.struck{text-decoration:line-through}',
  `text.alarm{${paint('fill', 'alarm')}}`,
  `text.onalarm{${paint('fill', 'paper')};font-weight:700;text-anchor:middle}`,
  `.paper{${paint('fill', 'paper')}}`,
  `.bar{${paint('stroke', 'paper')};stroke-width:2}`,
  `.shade{${paint('fill', 'shade')}}`,
  `.hair{${paint('stroke', 'hair')};fill:none}`,
  `.solid{${paint('fill', 'ink')}}`,
  `.stroke{${paint('stroke', 'ink')};fill:none;stroke-width:1.3}`,
  `.hollow{${paint('stroke', 'ink')};${paint('fill', 'paper')};stroke-width:1.3}`,
  `.edge{${paint('stroke', 'soft')};fill:none;stroke-dasharray:3 2}`,
  `.bad.stroke,.bad.hollow{${paint('stroke', 'alarm')}}`,
  `.bad.solid{${paint('fill', 'alarm')}}`,
  `.faded.stroke,.faded.hollow{${paint('stroke', 'soft')}}`,
  `.faded.solid{${paint('fill', 'soft')}}`,
  `.chip{${paint('fill', 'alarm')}}`,
  `.fact{${paint('stroke', 'alarm')};fill:none;stroke-width:1.5}`,
  '.dash{stroke-dasharray:5 3}',
  '.dot{stroke-dasharray:1.5 3}',
  '.dashdot{stroke-dasharray:7 2.5 1.5 2.5}',
  `.hatch{${paint('stroke', 'soft')};stroke-opacity:.38}`,
  ...tones,
  ...degrees,
]

const root = ours('timeline')

/** The style sheet of a drawing: light, dark, or what the reader's system asks for. */
export const styleSheet = (theme: 'auto' | 'light' | 'dark'): string =>
  [
    `.${root}{${variables(theme === 'dark' ? dark : light)}}`,
    ...(theme === 'auto' ? [`@media (prefers-color-scheme:dark){.${root}{${variables(dark)}}}`] : []),
    ...rules.map((rule) => rule.replace(/^[^{]*/, (selectors) =>
      selectors.split(',').map((one) => `.${root} ${one.replaceAll('.', `.${ours('')}`)}`).join(','))),
  ].join('\n')
