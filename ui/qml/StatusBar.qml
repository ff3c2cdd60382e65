// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick

Rectangle {
    id: bar
    color: theme.panel
    Rectangle { width: parent.width; height: 1; color: theme.line }
    Row {
        id: left
        readonly property real room: right.x - x - spacing
        x: 12 * app.unit
        height: parent.height
        spacing: 22 * app.unit
        Say { opacity: x + width <= left.room ? 1 : 0; height: parent.height; size: 12.3; color: theme.ink2; textFormat: Text.RichText; text: app.rich(app.session.kernelLine) }
        Repeater {
            model: app.session.facts
            Say { required property string modelData; opacity: x + width <= left.room ? 1 : 0; height: bar.height; size: 12.3; color: theme.ink2; textFormat: Text.RichText; text: app.rich(modelData) }
        }
    }
    Row {
        id: right
        anchors { right: parent.right; rightMargin: 12 * app.unit }
        height: parent.height
        spacing: 22 * app.unit
        Item { // what is measured takes the place of what is always the same
            id: told
            readonly property string markup: app.measure.text !== "" ? app.measure.text : app.problem !== "" ? app.problem : app.session.fidelity
            readonly property real room: bar.width - 24 * app.unit - (stops.visible ? stops.width + right.spacing : 0)
            readonly property bool cut: whole.implicitWidth > room
            width: cut ? room : whole.implicitWidth
            height: parent.height
            Accessible.role: Accessible.StaticText
            Accessible.name: app.plain(markup)
            Say { id: whole; visible: !told.cut; height: parent.height; size: 12.3; color: theme.ink2; textFormat: Text.RichText; text: app.rich(told.markup) }
            Say { visible: told.cut; width: told.room; height: parent.height; size: 12.3; color: theme.ink2; text: app.plain(told.markup) } // rich text has no ellipsis
            HoverHandler {
                enabled: told.cut
                onHoveredChanged: win.showTip(hovered ? app.plain(told.markup) : "", told, 0, -34 * app.unit)
            }
        }
        Say {
            id: stops
            height: parent.height
            size: 12.3
            color: theme.ink2
            visible: text !== ""
            textFormat: Text.RichText
            text: app.rich(app.breakpoints.summary)
            Accessible.role: Accessible.Button
            Accessible.name: { app.commands.revision; return app.commands.titleOf("break.list") }
            Accessible.onPressAction: app.trigger("break.list")
            MouseArea { anchors.fill: parent; cursorShape: Qt.PointingHandCursor; onClicked: app.trigger("break.list") }
        }
    }
}
