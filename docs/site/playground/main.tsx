/** Puts the playground into its page, with the case that the address holds, if it holds one. */
import { render } from 'preact'
import { App } from './app.js'
import { fromFragment } from './fragment.js'
import { chooseWith } from './theme.js'

const select = document.querySelector<HTMLSelectElement>('#theme')
if (select !== null) chooseWith(select)

const place = document.getElementById('app')
if (place !== null) render(<App shared={await fromFragment(location.hash)} />, place)
