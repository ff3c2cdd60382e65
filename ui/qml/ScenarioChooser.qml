// SPDX-License-Identifier: GPL-2.0-or-later
// Which scenario is open; a click, or Ctrl+O, lists the others.
import QtQuick
import Skbscope

Rectangle {
    id: chooser
    readonly property real least: 180 * app.unit
    property real room: 205 * app.unit // what the steps' buttons leave
    readonly property real most: Math.max(least, Math.min(room, 300 * app.unit))
    width: Math.min(most, Math.max(least, Math.max(nameText.implicitWidth + 22 * app.unit, titleText.implicitWidth) + 24 * app.unit))
    height: Math.round(40 * app.unit)
    radius: 7 * app.unit
    color: mouse.containsMouse ? theme.panel2 : theme.panel
    border.width: 1
    border.color: theme.lineS
    Accessible.role: Accessible.ComboBox
    Accessible.name: qsTr("Scenario: %1").arg(app.scenarioName) + ", " + app.scenarioTitle
    Accessible.onPressAction: open()

    function open() {
        list.currentIndex = 0
        for (let i = 0; i < list.count; ++i)
            if (app.scenarios.data(app.scenarios.index(i, 0), Qt.UserRole) === app.scenarioName) list.currentIndex = i
        popup.visible = true
        app.modal = true
        list.forceActiveFocus()
    }
    function close() {
        popup.visible = false
        app.modal = false
    }
    function choose() {
        const name = app.scenarios.data(app.scenarios.index(list.currentIndex, 0), Qt.UserRole)
        close()
        app.choose(name)
    }
    Connections {
        target: app
        function onChooserRequested() { chooser.open() }
    }

    Say { id: nameText; x: 12 * app.unit; y: 4 * app.unit; width: Math.min(implicitWidth, chooser.width - 41 * app.unit); size: 13.5; weight: 650; text: app.scenarioName }
    IconView { anchors.left: nameText.right; anchors.leftMargin: 2 * app.unit; y: nameText.y + 1; width: Math.round(15 * app.unit); height: width; name: "down"; color: theme.ink }
    Say { id: titleText; objectName: "scenarioTitle"; x: 12 * app.unit; y: 21 * app.unit; width: chooser.width - 2 * x; size: 12; color: theme.ink3; elide: text.startsWith("/") ? Text.ElideLeft : Text.ElideRight; text: app.busy ? qsTr("running ...") : app.files.busy ? qsTr("reading a file ...") : app.scenarioTitle }
    MouseArea { id: mouse; anchors.fill: parent; hoverEnabled: true; onClicked: chooser.open() }

    Item {
        id: popup
        visible: false
        parent: win.contentItem
        anchors.fill: parent
        z: 100
        MouseArea { anchors.fill: parent; onClicked: chooser.close() }
        Rectangle {
            x: chooser.mapToItem(win.contentItem, 0, 0).x
            y: 50 * app.unit
            width: Math.min(560 * app.unit, win.width - x - 12 * app.unit)
            height: list.height + more.height + files.height + 24 * app.unit
            radius: 7 * app.unit
            color: theme.panel
            border.width: 1
            border.color: theme.lineS
            ListView {
                id: list
                x: 6 * app.unit
                y: 6 * app.unit
                width: parent.width - 12 * app.unit
                readonly property real rowHeight: Math.round(44 * app.unit)
                readonly property real room: win.height - parent.y - y - files.height - 78 * app.unit // the status line stays
                height: Math.min(count, Math.max(1, Math.floor(room / rowHeight))) * rowHeight // no row is cut
                model: app.scenarios
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                keyNavigationEnabled: true
                keyNavigationWraps: true
                Keys.onReturnPressed: chooser.choose()
                Keys.onEnterPressed: chooser.choose()
                Keys.onSpacePressed: chooser.choose()
                Keys.onEscapePressed: chooser.close()
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Scenarios")
                delegate: Rectangle {
                    id: entry
                    required property string name
                    required property string title
                    required property int index
                    width: ListView.view.width
                    height: list.rowHeight
                    radius: 5 * app.unit
                    color: ListView.isCurrentItem ? theme.nowRow : "transparent"
                    border.width: ListView.isCurrentItem ? 1.5 : 0
                    border.color: theme.nowMark
                    Accessible.role: Accessible.ListItem
                    Accessible.focusable: true
                    Accessible.focused: ListView.isCurrentItem
                    Accessible.name: name + ": " + title
                    Say { x: 10 * app.unit; y: 5 * app.unit; size: 13.5; weight: 650; text: entry.name }
                    Say { x: 10 * app.unit; y: 23 * app.unit; width: parent.width - 20 * app.unit; size: 12.5; color: theme.ink2; text: entry.title }
                    MouseArea {
                        anchors.fill: parent
                        hoverEnabled: true
                        onEntered: list.currentIndex = entry.index
                        onClicked: chooser.choose()
                    }
                }
            }
            MoreLine { id: more; of: list }
            Rectangle { x: 6 * app.unit; width: parent.width - 12 * app.unit; height: 1; y: files.y - 6 * app.unit; color: theme.line }
            Flow { // what else can be shown; their keys work everywhere
                id: files
                x: 12 * app.unit
                y: list.y + list.height + more.height + 12 * app.unit
                width: parent.width - 24 * app.unit
                spacing: 6 * app.unit
                component FileButton: WordButton { onPressed: chooser.close() }
                FileButton { command: "trace.open"; word: qsTr("Open a file"); key: "Ctrl Shift O" }
                FileButton { command: "trace.recent"; word: qsTr("Recent"); key: "Ctrl Shift R" }
                FileButton { command: "trace.save"; word: qsTr("Save as"); key: "Ctrl S" }
                FileButton { command: "trace.compare"; word: qsTr("Compare two"); key: "Ctrl Shift C" }
                FileButton { command: "trace.list"; word: qsTr("Open traces"); key: "Ctrl Shift T" }
            }
        }
    }
}
