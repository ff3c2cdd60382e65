// SPDX-License-Identifier: GPL-2.0-or-later
// How a guess was marked: yours, the trace's, and why it is so.
import QtQuick

Rectangle {
    id: verdict
    readonly property real columnWidth: Math.min(330 * app.unit, width * 0.28)
    readonly property real wanted: Math.max(you.height, trace.height, because.height) + 34 * app.unit
    color: theme.panel2
    Accessible.role: Accessible.AlertMessage
    Accessible.focusable: true
    Accessible.focused: app.gate.answered
    onVisibleChanged: if (visible && app.gate.answered) reader.hear(verdict)
    Accessible.name: (app.gate.right ? qsTr("Right.") : qsTr("Not right: %1.").arg(app.gate.verdict.replace(/[*`]/g, ""))) + " " + qsTr("The trace: %1.").arg(app.gate.truth.replace(/[*`]/g, "")) + " " + app.gate.because.replace(/[*`]/g, "")
    Rectangle { width: parent.width; height: 1; color: theme.line }
    component Part: Column {
        property string head
        property string sign
        property color signInk
        property string answer
        property string below
        y: 15 * app.unit
        width: verdict.columnWidth - 40 * app.unit
        spacing: 3 * app.unit
        Say { size: 15; color: theme.ink2; text: head }
        Row {
            spacing: 9 * app.unit
            Say { id: mark; size: 22; weight: 700; color: signInk; text: sign }
            Say {
                width: parent.parent.width - mark.width - 9 * app.unit
                size: app.gate.pointers ? 21 : 16
                weight: 650
                textFormat: Text.RichText
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                text: app.rich(answer.replace(/ → /g, "\u00a0→\u00a0"), "font-weight:600")
            }
        }
        Say { width: parent.width; size: 15; color: theme.ink2; wrapMode: Text.Wrap; elide: Text.ElideNone; textFormat: Text.RichText; text: app.rich(below) }
    }
    Part {
        id: you
        x: 28 * app.unit
        head: qsTr("You")
        sign: app.gate.right ? "✓" : "✗"
        signInk: app.gate.right ? theme.ink : theme.diffMark
        answer: app.gate.yours
        below: app.gate.verdict
    }
    Rectangle { x: verdict.columnWidth; y: 1; width: 1; height: parent.height - 1; color: theme.line }
    Part {
        id: trace
        x: verdict.columnWidth + 24 * app.unit
        head: app.gate.truthHead
        sign: "✓"
        signInk: theme.ink
        answer: app.gate.truth
        below: app.gate.vouched
    }
    Rectangle { x: 2 * verdict.columnWidth; y: 1; width: 1; height: parent.height - 1; color: theme.line }
    Say {
        id: because
        x: 2 * verdict.columnWidth + 26 * app.unit
        y: 15 * app.unit
        width: parent.width - x - 28 * app.unit
        size: 17
        wrapMode: Text.Wrap
        elide: Text.ElideNone
        textFormat: Text.RichText
        verticalAlignment: Text.AlignTop
        text: app.rich(app.gate.because.replace(/ → /g, "\u00a0→\u00a0"))
    }
}
