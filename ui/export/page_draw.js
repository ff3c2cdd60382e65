// SPDX-License-Identifier: GPL-2.0-or-later
// The page's data, and its display lists drawn as SVG. Words only ever become text nodes: they come from packets and
// traces. page.js follows in the same script.
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const {texts, items, styles, fonts, rows, ways} = data
const id = name => document.getElementById(name)
const drawnLists = []
// The page's own words in its language; %1, %2, ... stand for the values.
const word = (text, ...values) => values.reduce((out, value, i) => out.replace(`%${i + 1}`, () => value), data.words[text] ?? text)
const shown = {step: -1, side: data.side, lists: {}, folds: new Map()}

// A list is told as what differs from an earlier one.
for (const [base, head, tail, ...middle] of data.lists) {
  const other = base < 0 ? [] : drawnLists[base]
  drawnLists.push([...other.slice(0, head), ...middle, ...other.slice(other.length - tail)])
}

function make(tag, attributes, ...children) {
  const e = document.createElement(tag)
  for (const key in attributes) e.setAttribute(key, attributes[key])
  e.append(...children)
  return e
}
function draw(tag, attributes, ...children) {
  const e = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const key in attributes) if (attributes[key] !== undefined) e.setAttribute(key, attributes[key])
  e.append(...children)
  return e
}
const ink = number => number < 0 ? undefined : `var(--${data.inks[number]})`

// -- display lists as SVG

// Fill, texture and edge lie on each other: three elements of one shape where it has all of them.
function shape(tag, geometry, style) {
  const [fill, pattern, stroke, width, round, strokeAlpha, alpha, dash] = styles[style]
  const parts = []
  if (fill >= 0) parts.push(draw(tag, {...geometry, fill: ink(fill)}))
  if (pattern >= 0) parts.push(draw(tag, {...geometry, fill: `url(#p${pattern})`}))
  if (stroke >= 0)
    parts.push(draw(tag, {...geometry, fill: 'none', stroke: ink(stroke), 'stroke-width': width,
      'stroke-dasharray': dash || undefined, 'stroke-opacity': strokeAlpha < 1 ? strokeAlpha : undefined,
      'stroke-linecap': round ? 'round' : undefined, 'stroke-linejoin': round ? 'round' : undefined}))
  return parts.length === 1 && alpha === 1 ? parts[0] : draw('g', {opacity: alpha < 1 ? alpha : undefined}, ...parts)
}
function words([, font, text, width, x, y, left, top]) {
  const [size, color, weight, mono, italic, halo] = fonts[font]
  const e = draw('text', {x, y, 'font-size': size, fill: ink(color), 'font-weight': weight === 400 ? undefined : weight,
    class: mono ? 'm' : undefined, 'font-style': italic ? 'italic' : undefined,
    transform: left === undefined ? undefined : `translate(${left} ${top}) rotate(-90)`,
    textLength: width > 0 ? width : undefined, lengthAdjust: width > 0 ? 'spacingAndGlyphs' : undefined})
  if (halo >= 0)
    for (const [key, value] of [['stroke', ink(halo)], ['stroke-width', 6], ['stroke-linejoin', 'round'], ['paint-order', 'stroke']])
      e.setAttribute(key, value)
  e.textContent = texts[text]
  return e
}
function drawItem(number) {
  const item = items[number]
  if (item[0] === 0) return shape('rect', {x: item[2], y: item[3], width: item[4], height: item[5], rx: item[6] || undefined}, item[1])
  if (item[0] === 1) return shape('path', {d: data.paths[item[2]]}, item[1])
  if (item[0] === 2) return words(item)
  return draw('use', {href: `#m${item[1]}`, x: item[2], y: item[3], width: item[4], height: item[4]})
}
// What both lists begin and end with stays as it is.
function paint(svg, number) {
  const before = drawnLists[shown.lists[svg.id]] || [], now = drawnLists[number]
  let head = 0, tail = 0
  const most = Math.min(before.length, now.length)
  while (head < most && before[head] === now[head]) ++head
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) ++tail
  for (let i = before.length - tail - head; i > 0; --i) svg.childNodes[head].remove()
  const rest = svg.childNodes[head] || null
  for (const item of now.slice(head, now.length - tail)) svg.insertBefore(drawItem(item), rest)
  shown.lists[svg.id] = number
}
function define() {
  const defs = draw('defs')
  id('defs').append(defs)
  data.marks.forEach((list, i) =>
    defs.append(draw('symbol', {id: `m${i}`, viewBox: '0 0 16 16'}, ...drawnLists[list].map(drawItem))))
  data.patterns.forEach(([texture, x, y], i) => {
    const [width, height, ground, item] = data.tiles[texture]
    const pattern = draw('pattern', {id: `p${i}`, patternUnits: 'userSpaceOnUse', x, y, width, height})
    if (ground >= 0) pattern.append(draw('rect', {width, height, fill: ink(ground)}))
    if (item >= 0) pattern.append(drawItem(item))
    defs.append(pattern)
  })
}
function markOf(number) {
  return draw('svg', {class: 'mark', viewBox: '0 0 16 16', role: 'img', 'aria-label': data.markWords[number]},
    draw('use', {href: `#m${number}`}))
}

// `code` and **what changed**, and nothing else.
function say(element, markup) {
  element.textContent = ''
  for (const part of markup.split(/(\*\*)/).reduce((all, piece) => {
    if (piece === '**') all.bold = !all.bold
    else piece.split('`').forEach((text, i) => {
      if (i > 0) all.code = !all.code
      if (text) all.push({text, bold: all.bold, code: all.code})
    })
    return all
  }, [])) {
    let node = document.createTextNode(part.text)
    if (part.code) node = make('code', {}, node)
    element.append(part.bold ? make('b', {}, node) : node)
  }
}
