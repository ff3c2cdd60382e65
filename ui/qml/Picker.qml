// SPDX-License-Identifier: GPL-2.0-or-later
// The command palette, and every other list one chooses from by typing. Esc closes.
import QtQuick

Item {
    id: picker
    visible: false
    z: 110
    readonly property bool tall: app.picker.tall
    readonly property int most: tall ? Math.max(3, Math.min(10, Math.floor((height / app.unit - 200) / 54)))
                                     : Math.max(4, Math.min(14, Math.floor((height / app.unit - 240) / 40)))
    function open() {
        visible = true
        app.modal = true
        field.text = ""
        list.currentIndex = 0
        field.input.forceActiveFocus()
    }
    function close() {
        visible = false
        app.modal = false
    }
    function choose(index) {
        if (!app.picker.isChoosable(index)) return // its row says why
        close() // what is chosen may open another list
        app.picker.choose(index)
    }
    Connections {
        target: app
        function onPickerRequested() { picker.open() }
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.6 }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: picker.close() }
    Rectangle {
        id: box
        anchors.horizontalCenter: parent.horizontalCenter
        y: 70 * app.unit
        width: Math.min(picker.width - 40 * app.unit, (picker.tall ? 780 : 640) * app.unit)
        height: list.y + list.height + (more.goesOn ? more.height : 10 * app.unit)
        radius: 9 * app.unit
        color: theme.panel
        border.width: 2
        border.color: theme.ink
        Accessible.role: Accessible.Dialog
        Accessible.name: app.picker.title
        MouseArea { anchors.fill: parent } // a click beside the rows is not one outside
        Say {
            x: 14 * app.unit
            y: 9 * app.unit
            width: hint.x - x - 12 * app.unit
            height: 24 * app.unit
            size: 14; weight: 700
            text: app.picker.title
        }
        Say {
            id: hint
            readonly property string keys: qsTr("Enter chooses · Esc closes")
            anchors { right: parent.right; rightMargin: 14 * app.unit }
            y: 9 * app.unit
            height: 24 * app.unit
            size: 12.5
            color: theme.ink3
            text: (app.picker.count === 1 ? qsTr("1 entry") : qsTr("%1 entries").arg(app.picker.count)) + (app.picker.title.length > 44 ? "" : " · " + keys)
        }
        Field {
            id: field
            x: 12 * app.unit
            y: 36 * app.unit
            width: parent.width - 24 * app.unit
            prompt: app.picker.prompt
            onTextChanged: {
                app.picker.query = text
                list.currentIndex = 0
            }
            input.Keys.onPressed: function(event) {
                const page = picker.most - 1
                if (event.key === Qt.Key_Escape) picker.close()
                else if (event.key === Qt.Key_Down) list.currentIndex = Math.min(list.count - 1, list.currentIndex + 1)
                else if (event.key === Qt.Key_Up) list.currentIndex = Math.max(0, list.currentIndex - 1)
                else if (event.key === Qt.Key_PageDown) list.currentIndex = Math.min(list.count - 1, list.currentIndex + page)
                else if (event.key === Qt.Key_PageUp) list.currentIndex = Math.max(0, list.currentIndex - page)
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) picker.choose(list.currentIndex)
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
            text: qsTr("Nothing here is called like this.")
        }
        MoreLine { id: more; of: list }
        ListView {
            id: list
            x: 8 * app.unit
            y: field.y + field.height + 8 * app.unit
            width: parent.width - 16 * app.unit
            height: Math.max(1, Math.min(picker.most, count)) * rowHeight
            readonly property real rowHeight: Math.round((picker.tall ? 54 : 36) * app.unit)
            model: app.picker
            clip: true
            cacheBuffer: 0 // nothing is made ahead: a letter replaces the whole list
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: app.picker.title
            delegate: Rectangle {
                id: entry
                required property string title
                required property string markup
                required property string detail
                required property string keys
                required property string why
                required property int index
                readonly property bool can: why === ""
                width: ListView.view.width
                height: list.rowHeight
                radius: 5 * app.unit
                color: ListView.isCurrentItem ? theme.nowRow : "transparent"
                border.width: ListView.isCurrentItem ? 1.5 : 0
                border.color: theme.nowMark
                Accessible.role: Accessible.ListItem
                Accessible.name: title + ", " + (can ? detail : why) + (keys === "" ? "" : ", " + keys)
                Accessible.focusable: true
                Accessible.focused: ListView.isCurrentItem
                Say {
                    x: 12 * app.unit
                    id: words
                    width: Math.min(implicitWidth, picker.tall ? entry.width - 24 * app.unit : entry.width - caps.width - Math.min(140 * app.unit, entry.width * 0.4))
                    clip: true // rich text has no ellipsis
                    height: picker.tall ? 30 * app.unit : parent.height
                    size: 14
                    textFormat: Text.RichText
                    color: entry.can ? theme.ink : theme.ink3
                    text: app.rich(entry.markup)
                }
                Say {
                    x: picker.tall ? 12 * app.unit : words.x + words.width + 12 * app.unit
                    y: picker.tall ? 25 * app.unit : 0
                    width: caps.x - 10 * app.unit - x
                    height: picker.tall ? 22 * app.unit : parent.height
                    size: 12.5
                    font.italic: !entry.can
                    color: theme.ink3
                    text: entry.can ? entry.detail : entry.why
                }
                Row {
                    id: caps
                    anchors { right: parent.right; rightMargin: 12 * app.unit; verticalCenter: parent.verticalCenter }
                    spacing: 5 * app.unit
                    Repeater {
                        model: entry.keys === "" ? [] : entry.keys.split(", ")
                        KeyCap { required property string modelData; text: modelData }
                    }
                }
                MouseArea {
                    anchors.fill: parent
                    hoverEnabled: true
                    onPositionChanged: list.currentIndex = entry.index
                    onClicked: picker.choose(entry.index)
                }
            }
        }
    }
}
