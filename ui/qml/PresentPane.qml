// SPDX-License-Identifier: GPL-2.0-or-later
// One of the two panes of a presentation: the question it answers, and the pane. Numbers are pixels of 1600 x 1000.
import QtQuick
import Skbscope

FocusScope {
    id: pane
    property string name   // "stack", "memory", "calls", "bytes", "card", "source"
    property string choose // the command that puts another pane here
    readonly property real px: app.present.pixel
    readonly property real small: 11 / 20 // design pixels a pixel here
    readonly property var view: loader.item ? loader.item.view : null
    readonly property var about: ({
        stack: [qsTr("Where is it?"), app.banner.place],
        memory: [qsTr("What is the packet?"), qsTr("sk_buff, bytes from head")],
        calls: [qsTr("Where are we?"), app.session.sideWords.join(" | ")],
        bytes: [qsTr("What does each byte mean?"), ""],
        card: [qsTr("What is it for?"), ""],
        source: [qsTr("How is it done?"), qsTr("the model's C++")]})
    activeFocusOnTab: true
    Accessible.role: Accessible.Pane
    Accessible.name: about[name][0]
    Accessible.description: about[name][1]

    Rectangle {
        anchors.fill: parent
        radius: 12 * px
        color: theme.panel
    }
    Item {
        id: head
        x: 26 * px
        width: parent.width - 52 * px
        height: 58 * px
        Say {
            id: title
            height: parent.height
            size: 26 * small
            weight: 700
            text: pane.about[pane.name][0]
        }
        Say {
            x: title.width + 14 * px
            height: parent.height
            width: parent.width - x
            size: 22 * small
            color: theme.ink3
            text: pane.about[pane.name][1]
        }
        MouseArea {
            anchors.fill: parent
            cursorShape: Qt.PointingHandCursor
            Accessible.role: Accessible.Button
            Accessible.name: app.commands.titleOf(pane.choose)
            Accessible.onPressAction: app.trigger(pane.choose)
            onClicked: app.trigger(pane.choose)
        }
    }
    Loader {
        id: loader
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; bottomMargin: 8 * px }
        clip: true
        sourceComponent: ({stack: stackPane, memory: memoryPane, calls: callsPane, bytes: bytesPane, card: cardPane, source: sourcePane})[pane.name]
    }
    component Drawn: Item {
        property var view
        property var rows
        property string rowsName
        ReadableRows { rows: parent.rows; name: parent.rowsName }
    }
    Component {
        id: stackPane
        Drawn { view: stackView; rows: app.stack; rowsName: qsTr("Stations"); BigStackView { id: stackView; anchors.fill: parent; controller: app } }
    }
    Component {
        id: memoryPane
        Drawn { view: memoryView; rows: app.memory; rowsName: "sk_buff"; BigMemoryView { id: memoryView; anchors.fill: parent; controller: app } }
    }
    Component {
        id: callsPane
        Drawn { view: callsView; rows: app.calls; rowsName: qsTr("Calls"); CallsView { id: callsView; anchors.fill: parent; controller: app } }
    }
    Component {
        id: bytesPane
        Drawn { view: bytesView; rows: app.bytes; rowsName: qsTr("Bytes"); BytesView { id: bytesView; anchors.fill: parent; controller: app } }
    }
    Component {
        id: cardPane
        Item { property var view: card; FunctionCard { id: card; anchors.fill: parent } }
    }
    Component {
        id: sourcePane
        Item { property var view: source; SourceView { id: source; anchors.fill: parent } }
    }
    Rectangle { // the focus ring
        anchors.fill: parent
        radius: 12 * px
        color: "transparent"
        border.width: 3 * px
        border.color: theme.ink
        visible: pane.activeFocus
    }
    MouseArea { // a click anywhere takes the focus and goes on to what lies below
        anchors.fill: parent
        z: 1
        onPressed: function(mouse) { pane.forceActiveFocus(Qt.MouseFocusReason); mouse.accepted = false }
    }
}
