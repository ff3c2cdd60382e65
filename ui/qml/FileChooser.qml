// SPDX-License-Identifier: GPL-2.0-or-later
// Where a trace is, or goes: a path to type, with what is there below it. Tab completes, Enter goes into a folder or takes
// a file, Alt+Up goes to the folder above, Esc closes.
import QtQuick

Item {
    id: chooser
    visible: false
    z: 112
    readonly property bool saving: app.files.saving
    readonly property int most: Math.max(4, Math.min(12, Math.floor((height / app.unit - 300) / 34)))
    function open() {
        visible = true
        app.modal = true
        field.text = app.files.folder.text
        list.currentIndex = 0
        field.input.forceActiveFocus()
        const dot = field.text.lastIndexOf(".skbt"), from = field.text.lastIndexOf("/") + 1
        if (saving && dot > from) field.input.select(from, dot) // a name is typed over, its folder stays
        else field.input.cursorPosition = field.text.length
    }
    function close() {
        visible = false
        app.modal = false
    }
    function take(path) {
        close() // what follows may ask something
        app.files.accept(path)
    }
    function choose(index) {
        const path = app.files.folder.with(index)
        if (!app.files.folder.isFolder(index)) return take(path)
        field.text = path
        field.input.forceActiveFocus()
    }
    // What is written counts; where that is only a part of one name, the name.
    function enter() {
        const text = field.text
        if (text === "" || text.charAt(text.length - 1) === "/") {
            if (list.count > 0) choose(list.currentIndex)
        } else if (saving) take(text)
        else if (list.count > 0) choose(list.currentIndex)
        else take(text) // it says what is wrong
    }
    Connections {
        target: app.files
        function onChooserRequested() { chooser.open() }
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.6 }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: chooser.close() }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 70 * app.unit
        width: Math.min(760 * app.unit, parent.width - 40 * app.unit)
        height: help.y + help.height + 10 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: heading.text
        MouseArea { anchors.fill: parent }
        Say { id: heading; x: 14 * app.unit; y: 9 * app.unit; height: 24 * app.unit; size: 14; weight: 700; text: chooser.saving ? qsTr("Save this trace as") : qsTr("Open a trace or a scenario") }
        Say {
            anchors { right: parent.right; rightMargin: 14 * app.unit }
            y: 9 * app.unit
            height: 24 * app.unit
            size: 12.5
            color: theme.ink3
            text: qsTr("Tab completes · Alt+Up: folder above · Esc closes")
        }
        Field {
            id: field
            x: 12 * app.unit
            y: 36 * app.unit
            width: parent.width - 24 * app.unit
            mono: true
            prompt: qsTr("Path of a file")
            onTextChanged: {
                app.files.folder.text = text
                list.currentIndex = 0
            }
            input.Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Escape) chooser.close()
                else if (event.key === Qt.Key_Tab) field.text = app.files.folder.completed()
                else if (event.key === Qt.Key_Up && (event.modifiers & Qt.AltModifier)) field.text = app.files.folder.above()
                else if (event.key === Qt.Key_Down) list.currentIndex = Math.min(list.count - 1, list.currentIndex + 1)
                else if (event.key === Qt.Key_Up) list.currentIndex = Math.max(0, list.currentIndex - 1)
                else if (event.key === Qt.Key_PageDown) list.currentIndex = Math.min(list.count - 1, list.currentIndex + chooser.most - 1)
                else if (event.key === Qt.Key_PageUp) list.currentIndex = Math.max(0, list.currentIndex - chooser.most + 1)
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) chooser.enter()
                else return
                event.accepted = true
            }
        }
        Say {
            visible: list.count === 0
            x: 22 * app.unit
            y: list.y + 6 * app.unit
            size: 13.3
            color: theme.ink2
            text: chooser.saving && app.files.folder.exists ? qsTr("A new file.") : app.files.folder.note
        }
        ListView {
            id: list
            x: 8 * app.unit
            y: field.y + field.height + 8 * app.unit
            width: parent.width - 16 * app.unit
            height: chooser.most * rowHeight // always the same: nothing moves under the pointer while one types
            readonly property real rowHeight: Math.round(32 * app.unit)
            model: app.files.folder
            clip: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Folders and files")
            delegate: Rectangle {
                id: entry
                required property string name
                required property string detail
                required property bool folder
                required property int index
                width: ListView.view.width
                height: list.rowHeight
                radius: 5 * app.unit
                color: ListView.isCurrentItem ? theme.nowRow : "transparent"
                border.width: ListView.isCurrentItem ? 1.5 : 0
                border.color: theme.nowMark
                Accessible.role: Accessible.ListItem
                Accessible.name: name + ", " + detail
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Say { id: words; x: 12 * app.unit; width: Math.min(implicitWidth, entry.width - when.width - 40 * app.unit); height: parent.height; size: 13.5; mono: true; weight: entry.folder ? 700 : 400; text: entry.name }
                Say { id: when; anchors { right: parent.right; rightMargin: 12 * app.unit } height: parent.height; size: 12.5; color: theme.ink3; text: entry.detail }
                MouseArea {
                    anchors.fill: parent
                    hoverEnabled: true
                    onPositionChanged: list.currentIndex = entry.index
                    onClicked: chooser.choose(entry.index)
                }
            }
        }
        Say {
            id: help
            x: 14 * app.unit
            y: list.y + list.height + 6 * app.unit
            width: parent.width - 28 * app.unit
            size: 12.5
            color: theme.ink3
            wrapMode: Text.Wrap
            text: chooser.saving ? qsTr("Enter saves. A file that is there already is replaced only after a question.") : qsTr("Traces are .skbt or .tree; FILE.skbt:kernel is one side of it. A scenario (.yaml) is run.")
        }
    }
}
