// SPDX-License-Identifier: GPL-2.0-or-later
// A pane: its name, the student's question it answers, and what it shows. Panes that share a place show their names as
// tabs instead of the question.
import QtQuick
import Skbscope

FocusScope {
    id: pane
    property string title
    property string question
    property var tabs: []          // [{name, title}] when this place is shared
    property string name
    property var view              // what Alt+arrows look around in: look(right, down), press(pinning)
    property int framed: 0         // all of it is linked: 1 previewed, 2 pinned
    default property alias content: body.data
    property alias headRight: right.data
    signal tabChosen(string name)

    activeFocusOnTab: true
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Accessible.description: question

    Rectangle {
        id: frame
        anchors.fill: parent
        radius: 7 * app.unit
        color: theme.panel
        border.width: 1
        border.color: theme.line
    }
    Rectangle {
        id: head
        x: 1; y: 1
        width: parent.width - 2
        height: Math.round(28 * app.unit)
        radius: 6 * app.unit
        color: theme.panel2
        Rectangle { // square corners below
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: parent.radius
            color: parent.color
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: 1
            color: theme.line
        }
        Row {
            id: words
            visible: pane.tabs.length < 2
            x: 10 * app.unit
            height: parent.height
            spacing: 8 * app.unit
            Say { height: parent.height; size: 13.5; weight: 700; text: pane.title }
            Say {
                height: parent.height
                width: Math.min(implicitWidth, Math.max(0, head.width - x - right.width - 34 * app.unit))
                opacity: truncated ? 0 : 1 // half a question helps nobody; a reader has it whole
                size: 12.5; color: theme.ink3; text: pane.question
            }
        }
        Row {
            visible: pane.tabs.length > 1
            x: 6 * app.unit
            height: parent.height
            Repeater {
                model: pane.tabs
                Rectangle {
                    id: tab
                    required property var modelData
                    readonly property bool on: modelData.name === pane.name
                    height: head.height - 6 * app.unit
                    y: 3 * app.unit
                    width: label.implicitWidth + 18 * app.unit
                    radius: 5 * app.unit
                    color: on ? theme.ink : "transparent"
                    Accessible.role: Accessible.PageTab
                    Accessible.name: modelData.title
                    Accessible.selectable: true
                    Accessible.selected: on
                    Accessible.onPressAction: pane.tabChosen(modelData.name)
                    Say { id: label; anchors.centerIn: parent; size: 13; weight: 600; text: tab.modelData.title; color: tab.on ? theme.panel : theme.ink2 }
                    MouseArea { anchors.fill: parent; onClicked: pane.tabChosen(tab.modelData.name) }
                }
            }
        }
        Row {
            id: right
            anchors { right: parent.right; rightMargin: 10 * app.unit }
            height: parent.height
            spacing: 6 * app.unit
        }
    }
    Item {
        id: body
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; leftMargin: 1; rightMargin: 1; bottomMargin: 2 }
        clip: true
    }
    Item { // the pane's whole subject is linked
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; margins: 3 * app.unit }
        visible: pane.framed > 0
        Rectangle { anchors.fill: parent; radius: 3 * app.unit; color: "transparent"; border.width: 2; border.color: theme.ink; visible: pane.framed === 2 }
        Loader { anchors.fill: parent; active: pane.framed === 1; sourceComponent: DashView { color: theme.ink } }
    }
    Rectangle { // the focus ring
        anchors.fill: parent
        radius: frame.radius
        color: "transparent"
        border.width: 2
        border.color: theme.ink
        visible: pane.activeFocus
    }
    MouseArea { // a click anywhere takes the focus and goes on to what lies below
        anchors.fill: parent
        z: 1
        onPressed: function(mouse) { pane.forceActiveFocus(Qt.MouseFocusReason); mouse.accepted = false }
    }
}
