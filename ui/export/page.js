// SPDX-License-Identifier: GPL-2.0-or-later
// Steps a replay. The data holds what is shown at each step; nothing is computed here but which rows are folded.

// -- the call trees
const lines = rows.map(([parent, depth, firstStep, model, kernel, layer, mark, worstRow, worst, reason, tip, chip, time, context, bars]) =>
  ({parent, depth, firstStep, model, kernel, layer, mark, worstRow, worst, reason, tip, chip, time, context, bars, inside: 0}))
for (let i = lines.length - 1; i >= 0; --i)
  if (lines[i].parent >= 0) lines[lines[i].parent].inside += lines[i].inside + 1

function barRow([words, right, context]) {
  const cell = make('td', {colspan: 5, role: 'gridcell'}, texts[words])
  if (texts[right]) cell.append(make('small', {}, texts[right]))
  return make('tr', {class: context < 0 ? 'bar loss' : `bar k${context}`, role: 'row'}, cell)
}
function nameCell(line, text, chip) {
  const cell = make('td', {class: 'name', role: 'gridcell'})
  const pad = make('span')
  pad.style.paddingLeft = `calc(var(--indent) * ${Math.min(line.depth, 40)})`
  if (chip) cell.append(line.chipBox = make('span', {class: 'chip'}))
  cell.append(pad)
  if (chip && line.inside) {
    line.button = make('button', {class: 'fold', type: 'button', tabindex: -1})
    cell.append(line.button)
  } else cell.append(make('span', {class: 'fold'}))
  cell.append(text ? make('span', {}, text) : make('span', {class: 'reason'}))
  return cell
}
function buildRow(line, number) {
  line.barRows = line.bars.map(barRow)
  const layer = make('td', {class: 'layer', role: 'gridcell'})
  if (texts[line.layer] !== ' ') layer.append(make('span', {class: `badge b${texts[line.layer]}`}, texts[line.layer]))
  line.modelCell = nameCell(line, texts[line.model], data.model.length > 0)
  line.markCell = make('td', {role: 'gridcell'})
  line.kernelCell = nameCell(line, texts[line.kernel], data.model.length === 0)
  line.row = make('tr', {class: `x${line.context}`, role: 'row', 'aria-level': line.depth + 1, 'data-row': number}, layer, line.modelCell,
    line.markCell, line.kernelCell, make('td', {class: 'time', role: 'gridcell'}, texts[line.time]))
  line.row.addEventListener('click', event => event.target === line.button ? toggle(number) : go(line.firstStep))
  id('rows').append(...line.barRows, line.row)
}
function isFolded(number) {
  const line = lines[number]
  return line.inside > 0 && (shown.folds.has(number) ? shown.folds.get(number) : line.firstStep > shown.step)
}
function toggle(number) {
  if (!lines[number].inside) return
  shown.folds.set(number, !isFolded(number))
  showRows()
}
function showLine(line, number, folded) {
  const worst = folded && line.worstRow >= 0 ? lines[line.worstRow] : line
  const mark = folded ? line.worst : line.mark
  const look = `${folded} ${mark}`
  if (line.look === look) return
  line.look = look
  if (line.button) {
    line.button.textContent = folded ? '▸' : '▾'
    line.button.setAttribute('aria-label', word(folded ? 'Unfold' : 'Fold'))
    line.row.setAttribute('aria-expanded', !folded)
  }
  const chip = folded ? word(line.inside === 1 ? '%1 call' : '%1 calls', line.inside) : texts[line.chip]
  line.chipBox.textContent = chip
  line.chipBox.hidden = !chip
  line.markCell.replaceChildren(...(mark >= 0 ? [markOf(mark)] : []))
  const empty = line.row.querySelector('.reason')
  if (empty) empty.textContent = texts[line.reason]
  line.row.title = texts[worst.tip]
  if (!empty && texts[worst.reason]) {
    line.why = line.why || line.kernelCell.appendChild(make('span', {class: 'reason'}))
    line.why.textContent = '  ' + (worst === line ? '' : (texts[worst.model] || texts[worst.kernel]) + ': ') + texts[worst.reason]
  } else if (line.why) {
    line.why.remove()
    line.why = null
  }
}
function showRows() {
  const current = ways[shown.step][0]
  // a step into something that was folded opens it
  for (let i = lines[current].parent; i >= 0; i = lines[i].parent) if (shown.folds.get(i)) shown.folds.delete(i)
  const hidden = []
  lines.forEach((line, i) => {
    hidden[i] = line.parent >= 0 && (hidden[line.parent] || isFolded(line.parent))
    for (const row of [...line.barRows, line.row]) if (row.hidden !== hidden[i]) row.hidden = hidden[i]
    if (hidden[i]) return
    showLine(line, i, isFolded(i))
    const here = i === current
    line.row.classList.toggle('here', here)
    line.row.classList.toggle('later', !here && line.firstStep > shown.step)
    if (here) line.row.setAttribute('aria-current', 'step')
    else line.row.removeAttribute('aria-current')
  })
  const row = lines[current].row, box = id('scroller')
  const top = row.offsetTop, room = box.clientHeight
  if (top < box.scrollTop + 60 || top > box.scrollTop + room - 90) box.scrollTop = Math.max(0, top - room * 0.55)
}

// -- a step
function readable(list, number) {
  if (list.shown === number) return
  list.shown = number
  list.replaceChildren(...drawnLists[number].map(text => make('li', {}, texts[text])))
}
const panes = ['stack', 'skbuff', 'bytes', 'timeline'].map((name, i) => {
  const pane = data.panes[i], timeline = name === 'timeline'
  const svg = draw('svg', {id: name, class: 'scene', viewBox: `0 0 ${pane.size[0]} ${pane.size[1]}`, 'aria-hidden': 'true'})
  const list = make('ul', {class: 'hidden'}), remark = make('span', {class: 'remark'})
  const title = make('h2', {}, pane.title, make('small', {}, pane.question), remark)
  if (timeline) title.className = 'hidden'
  id(timeline ? 'below' : 'drawn').append(make('section', {class: 'pane', 'aria-label': `${pane.title}: ${pane.question}`}, title, svg, list))
  return {name, svg, list, remark}
})
function show() {
  const at = data[shown.side][shown.step]
  const [sentence, crumbs, call, place, contextTitle, context, kind, agreement, mark, note] = at
  say(id('sentence'), texts[sentence])
  for (const [name, text] of Object.entries({crumbs, call, place, contextTitle, context})) id(name).textContent = texts[text]
  id('crumbs').scrollLeft = id('crumbs').scrollWidth // the nearest callers stay in sight
  id('contextBox').className = `c${kind}`
  panes.forEach((pane, i) => paint(pane.svg, at[10 + i]))
  panes.slice(0, 2).forEach((pane, i) => readable(pane.list, at[14 + i]))
  const bytes = panes[2].list, wanted = `${at[16]} ${at[17]}`
  if (bytes.shown !== wanted) {
    bytes.shown = wanted
    bytes.replaceChildren(...[...drawnLists[at[16]], ...drawnLists[at[17]]].map(text => make('li', {}, texts[text])))
  }
  panes[0].remark.textContent = panes[3].remark.textContent = bothSides ? word(`the ${shown.side}'s side`) : ''
  panes[1].remark.replaceChildren(...(mark >= 0 ? [markOf(mark)] : []), texts[agreement])
  panes[2].remark.textContent = texts[note]
  id('slider').value = shown.step + 1
  id('slider').setAttribute('aria-valuetext', word('step %1 of %2, call %3', shown.step + 1, ways.length, texts[call]))
  id('position').textContent = word('step %1 of %2', shown.step + 1, ways.length)
  for (const button of id('transport').children) button.disabled = button.dataset.way !== 'play' && leads(button.dataset.way) < 0
  showRows()
}
function go(step) {
  if (step < 0 || step >= ways.length || step === shown.step) return
  shown.step = step
  show()
}
function differenceFrom(direction) {
  const differs = step => lines[ways[step][0]].firstStep === step && lines[ways[step][0]].mark > 1
  for (let i = shown.step + direction; i >= 0 && i < ways.length; i += direction) if (differs(i)) return i
  return -1
}
// The step a command leads to; -1: nowhere.
function leads(way) {
  const last = ways.length - 1, [, over, out, backOver, backOut] = ways[shown.step]
  return {first: shown.step > 0 ? 0 : -1, last: shown.step < last ? last : -1, into: shown.step < last ? shown.step + 1 : -1,
    back: shown.step - 1, over, out, backOver, backOut, difference: differenceFrom(1), differenceBack: differenceFrom(-1)}[way]
}

// -- commands
let timer = 0
function play(on) {
  clearInterval(timer)
  timer = on && leads('into') >= 0 ? setInterval(() => leads('into') < 0 ? play(false) : go(leads('into')), 1000 / id('speed').value) : 0
  buttons.play.firstChild.data = word(timer ? 'Pause' : 'Play') + ' '
}
function setSide(side) {
  if (!bothSides) return
  shown.side = side
  id('side').replaceChildren(word(`State: ${side}`) + ' ', make('kbd', {}, 'M'))
  show()
}
function toggleTheme() {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
}
function toggleKeys() {
  id('keys').hidden = !id('keys').hidden
  id('help').setAttribute('aria-expanded', !id('keys').hidden)
}
const bothSides = data.model.length > 0 && data.kernel.length > 0
const commands = [ // keys, way or function, word on its button, what it does
  ['Home', 'first', 'Start', 'first step'], ['Shift+ArrowLeft', 'backOut', 'Back out', 'back out'], ['ArrowUp', 'backOver', 'Back over', 'back over'],
  ['ArrowLeft', 'back', 'Back', 'back into'], ['ArrowRight', 'into', 'Into', 'into'], ['ArrowDown', 'over', 'Over', 'over'],
  ['Shift+ArrowRight', 'out', 'Out', 'out'], ['End', 'last', 'End', 'last step'], [' ', () => play(!timer), 'Play', 'play or pause'],
  ['d', 'difference', '', 'next difference'], ['Shift+D', 'differenceBack', '', 'previous difference'],
  ['m', () => setSide(shown.side === 'model' ? 'kernel' : 'model'), '', "the model's or the kernel's state"],
  ['f', () => toggle(ways[shown.step][0]), '', 'fold or unfold the current call'], ['t', toggleTheme, '', 'light or dark'], ['?', toggleKeys, '', 'this list']]
const glyphs = {ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': word('Space')}
const keyWords = key => key.split('+').map(k => glyphs[k] || (k.length === 1 ? k.toUpperCase() : k)).join(' ')
const buttons = {}
for (const [key, what, name, does] of commands) {
  id('keys').append(make('div', {}, make('dt', {}, make('kbd', {}, keyWords(key))), make('dd', {}, word(does))))
  if (!name) continue
  const way = typeof what === 'string' ? what : 'play'
  buttons[way] = make('button', {type: 'button', 'data-way': way, title: word(does)}, word(name) + ' ', make('kbd', {}, keyWords(key)))
  buttons[way].addEventListener('click', () => run(what))
  id('transport').append(buttons[way])
}
function run(what) {
  if (typeof what === 'function') return what()
  play(false)
  go(leads(what))
}
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const at = event.target.tagName
  if (at === 'SELECT' || (at === 'INPUT' && /^(Arrow|Home|End)/.test(event.key)) || (at === 'BUTTON' && event.key === ' ')) return
  const key = (event.shiftKey && event.key !== '?' ? 'Shift+' : '') + event.key
  const command = commands.find(c => c[0] === key || c[0] === key.toLowerCase())
  if (!command) return
  event.preventDefault()
  run(command[1])
})
id('slider').max = ways.length
id('slider').addEventListener('input', event => { play(false); go(event.target.value - 1) })
id('speed').addEventListener('change', () => timer && play(true))
id('side').addEventListener('click', () => setSide(shown.side === 'model' ? 'kernel' : 'model'))
id('theme').addEventListener('click', toggleTheme)
id('help').addEventListener('click', toggleKeys)
// A press on the timeline goes to the call that stands there.
panes[3].svg.addEventListener('pointerdown', event => {
  const box = panes[3].svg.getBoundingClientRect(), [left, slot] = data.timeline
  const row = Math.floor(((event.clientX - box.left) * data.panes[3].size[0] / box.width - left) / slot)
  let best = 0
  data.rowNumbers.forEach((number, i) => { if (number <= row) best = i })
  play(false)
  go(lines[best].firstStep)
})

// -- the start
define()
for (const item of document.querySelectorAll('[data-word]')) item.firstChild.data = word(item.firstChild.data.trim()) + ' '
for (const item of document.querySelectorAll('[aria-label]')) item.setAttribute('aria-label', word(item.getAttribute('aria-label')))
id('name').textContent = data.name || 'skbscope'
id('kernel').textContent = data.kernelLine
id('facts').textContent = data.facts.join(' · ')
id('warning').textContent = data.warning
id('warning').hidden = !data.warning
id('kernelHead').textContent = data.kernelHead
id('timeUnit').textContent = data.timeUnit
id('side').hidden = !bothSides
data.markWords.forEach((words, i) => { if (bothSides) id('legend').append(make('span', {}, markOf(i), words)) })
id('legend').hidden = !bothSides
lines.forEach(buildRow)
id('rows').parentNode.className = bothSides ? '' : data.model.length ? 'noKernel' : 'noModel'
if (!bothSides) shown.side = data.model.length ? 'model' : 'kernel'
const asked = /^#step=(\d+)$/.exec(location.hash)
go(asked ? Math.max(0, Math.min(ways.length, Number(asked[1])) - 1) : data.start)
if (bothSides) setSide(shown.side)
