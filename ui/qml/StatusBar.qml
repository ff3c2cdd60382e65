// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick

Rectangle {
    id: bar
    color: theme.panel
    Rectangle { width: parent.width; height: 1; color: theme.line }
    Row {
        x: 12 * app.unit
        height: parent.height
        spacing: 22 * app.unit
        Say { height: parent.height; size: 12.3; color: theme.ink2; textFormat: Text.RichText; text: app.rich(app.session.kernelLine) }
        Repeater {
            model: app.session.facts
            Say { required property string modelData; height: bar.height; size: 12.3; color: theme.ink2; textFormat: Text.RichText; text: app.rich(modelData) }
        }
    }
    Say {
        anchors { right: parent.right; rightMargin: 12 * app.unit }
        height: parent.height
        size: 12.3
        color: theme.ink2
        textFormat: Text.RichText
        text: app.rich(app.problem !== "" ? app.problem : app.session.fidelity)
    }
}
