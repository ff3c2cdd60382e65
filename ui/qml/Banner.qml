// SPDX-License-Identifier: GPL-2.0-or-later
// What changed, and why.
import QtQuick

Rectangle {
    id: banner
    objectName: "banner"
    property bool heard: false // a screen reader was led here: announcer.h
    property bool low: false // one line: the sentence and the facts, no callers
    radius: 7 * app.unit
    color: theme.panel
    border.width: 1
    border.color: theme.line
    Accessible.role: Accessible.StaticText
    Accessible.focusable: true
    Accessible.focused: heard
    Accessible.name: app.banner.plain + " " + qsTr("Call %1").arg(app.banner.call) + ", " + app.banner.place + ", " + app.banner.context

    Rectangle { // now
        width: 8 * app.unit + radius
        height: parent.height
        radius: parent.radius
        color: theme.now
    }
    Rectangle {
        x: 8 * app.unit
        width: parent.width - x - 1
        y: 1
        height: parent.height - 2
        radius: 6 * app.unit
        color: theme.panel
        Rectangle { width: 8 * app.unit; height: parent.height; color: theme.panel }
    }
    Item {
        visible: !banner.low
        x: 22 * app.unit
        y: 8 * app.unit
        width: where.x - x - 12 * app.unit
        height: 18 * app.unit
        clip: true
        Row {
            id: crumbs
            x: Math.min(0, parent.width - width) // the nearest callers stay in sight
            Repeater {
                model: app.banner.crumbs.length // a number: a step changes words, and makes no items
                Row {
                    id: crumb
                    required property int index
                    readonly property string word: app.banner.crumbs[index] ?? ""
                    readonly property bool here: index === app.banner.crumbs.length - 1
                    readonly property bool more: word.charAt(0) === "#"
                    Say { visible: crumb.index > 0; size: 12.5; color: theme.lineS; text: " › " }
                    Say {
                        size: crumb.more ? 12.5 : 12
                        mono: !crumb.more
                        weight: crumb.here ? 700 : 400
                        color: crumb.here ? theme.ink : theme.ink3
                        text: crumb.more ? qsTr("%1 more").arg(crumb.word.substring(1)) : crumb.word
                    }
                }
            }
        }
    }
    Say {
        id: sentence
        x: 22 * app.unit
        y: banner.low ? 2 * app.unit : 29 * app.unit
        width: where.x - x - 12 * app.unit
        height: banner.low ? banner.height - 4 * app.unit : 38 * app.unit
        size: full * fit
        textFormat: Text.RichText
        clip: true
        verticalAlignment: Text.AlignVCenter
        readonly property real full: banner.low ? 18 : 20.5
        readonly property string codeStyle: "font-weight:600;font-size:" + (full - 1.5) * app.unit * 0.75 + "pt"
        // Even the shortest one may be too long for a narrow window: then it is set smaller, never cut off.
        readonly property real fit: Math.max(0.6, Math.min(1, 0.97 * width / Math.max(1, shortest.implicitWidth)))
        readonly property string fittedStyle: "font-weight:600;font-size:" + (full - 1.5) * fit * app.unit * 0.75 + "pt"
        readonly property bool waiting: app.live.running && app.selection.steps === 0
        readonly property bool roomy: whole.implicitWidth <= width
        text: waiting ? qsTr("Waiting for the first packet.") : roomy ? whole.text : middle.implicitWidth <= width ? middle.text : app.rich(app.banner.shortSentence, fittedStyle)
        Say { id: whole; visible: false; size: sentence.full; textFormat: Text.RichText; text: app.rich(app.banner.sentence, sentence.codeStyle) }
        // Laid out only where the longer one does not fit.
        Say { id: middle; visible: false; size: sentence.full; textFormat: Text.RichText; text: sentence.roomy ? "" : app.rich(app.banner.middleSentence, sentence.codeStyle) }
        Say { id: shortest; visible: false; size: sentence.full; textFormat: Text.RichText; text: sentence.roomy || middle.implicitWidth <= sentence.width ? "" : app.rich(app.banner.shortSentence, sentence.codeStyle) }
    }
    Row {
        id: where
        anchors { right: parent.right; rightMargin: 1; top: parent.top; topMargin: 1; bottom: parent.bottom; bottomMargin: 1 }
        component Fact: Rectangle {
            id: fact
            property string label
            property string value
            property color words: theme.ink
            property color quiet: theme.ink3
            color: "transparent"
            height: where.height
            width: Math.max(banner.low ? 0 : labelText.implicitWidth, valueText.implicitWidth) + (banner.low ? 24 : 36) * app.unit
            Rectangle { width: 1; height: parent.height; color: theme.line }
            Say { id: labelText; visible: !banner.low; x: 18 * app.unit; y: 11 * app.unit; size: 12.5; color: fact.quiet; text: fact.label }
            Say { id: valueText; x: (banner.low ? 12 : 18) * app.unit; y: banner.low ? (parent.height - height) / 2 : 30 * app.unit; size: banner.low ? 15.5 : 20; weight: 700; color: fact.words; text: fact.value }
        }
        Fact { label: qsTr("call"); value: banner.low ? qsTr("call") + " " + app.banner.call : app.banner.call }
        Fact { label: qsTr("host, device"); value: app.banner.place }
        Fact {
            readonly property bool dark: app.banner.contextKind === 1 || app.banner.contextKind === 2
            label: app.banner.contextTitle
            value: app.banner.context
            color: app.banner.contextKind === 1 ? theme.soft : app.banner.contextKind === 2 ? theme.hard : app.banner.contextKind === 0 ? theme.proc : "transparent"
            words: app.banner.contextKind === 1 ? theme.softText : app.banner.contextKind === 2 ? theme.hardText : theme.ink
            quiet: app.banner.contextKind === 1 ? theme.softText : app.banner.contextKind === 2 ? theme.hardText : theme.procText
        }
    }
}
