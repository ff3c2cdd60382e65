// SPDX-License-Identifier: GPL-2.0-or-later
// A form over the window: Tab goes round inside, Enter starts, Esc closes. The trace behind it stays as it is.
import QtQuick

Item {
    id: form
    visible: false
    z: 106
    property string title
    property string word: qsTr("Start")   // of the button
    property bool can: true
    property string status          // beside the buttons
    property bool bad: false        // ... it says why not
    property var first              // the item that has the focus when it opens
    property real boxWidth: 640
    default property alias content: column.data
    signal accepted()
    signal dismissed()                   // closed by the user
    function open() {
        visible = true
        app.modal = true
        first.forceActiveFocus(Qt.TabFocusReason)
    }
    function close() {
        visible = false
        app.modal = false
    }
    function leave() {
        close()
        dismissed()
    }
    Keys.onPressed: function(event) {
        if (event.key === Qt.Key_Escape) form.leave()
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) form.accepted()
        event.accepted = true // nothing here is the window's
    }
    Rectangle { anchors.fill: parent; color: theme.bg; opacity: 0.7 }
    MouseArea { anchors.fill: parent; hoverEnabled: true; onClicked: form.leave(); onWheel: function(wheel) { wheel.accepted = true } }
    FocusScope {
        id: box
        anchors.centerIn: parent
        width: Math.min(form.boxWidth * app.unit, form.width - 24 * app.unit)
        height: Math.min(foot.y + foot.height + 16 * app.unit, form.height - 12 * app.unit)
        Accessible.role: Accessible.Dialog
        Accessible.name: form.title
        Rectangle {
            anchors.fill: parent
            radius: 9 * app.unit
            color: theme.panel
            border.width: 2
            border.color: theme.ink
        }
        MouseArea { anchors.fill: parent }
        // whoever goes on before the first or after the last comes out at the other end
        Item { activeFocusOnTab: true; onActiveFocusChanged: if (activeFocus) last.forceActiveFocus(Qt.BacktabFocusReason) }
        Say { id: head; x: 22 * app.unit; y: 14 * app.unit; size: 18; weight: 700; text: form.title }
        Column {
            id: column
            x: 22 * app.unit
            y: head.y + head.height + 12 * app.unit
            width: parent.width - 2 * x
            spacing: 12 * app.unit
        }
        Item {
            id: foot
            x: 22 * app.unit
            y: column.y + column.height + 16 * app.unit
            width: parent.width - 2 * x
            height: Math.max(buttons.height, said.height)
            Say {
                id: said
                width: buttons.x - 16 * app.unit
                anchors.verticalCenter: parent.verticalCenter
                size: 13
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                textFormat: Text.PlainText
                color: form.bad ? theme.diffText : theme.ink2
                text: form.status
                Accessible.role: form.bad ? Accessible.AlertMessage : Accessible.StaticText
                Accessible.name: text
            }
            Row {
                id: buttons
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                spacing: 12 * app.unit
                FormButton { word: qsTr("Close"); key: "Esc"; onClicked: form.leave() }
                FormButton {
                    id: last
                    word: form.word
                    primary: true
                    can: form.can
                    onClicked: form.accepted()
                }
            }
        }
        Item { activeFocusOnTab: true; onActiveFocusChanged: if (activeFocus) form.first.forceActiveFocus(Qt.TabFocusReason) }
    }
}
