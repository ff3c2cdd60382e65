// SPDX-License-Identifier: GPL-2.0-or-later
// While files are dragged over the window: what dropping them would do.
import QtQuick

DropArea {
    id: area
    property string words
    z: 130
    onEntered: function(drag) {
        if (!drag.hasUrls) return drag.accepted = false
        words = app.files.dropWords(drag.urls)
        drag.accept(Qt.CopyAction)
    }
    onExited: words = ""
    onDropped: function(drop) {
        words = ""
        if (!drop.hasUrls || app.modal) return // a list is open, or a question: that comes first
        drop.accept(Qt.CopyAction)
        app.files.drop(drop.urls)
    }
    Rectangle {
        anchors.fill: parent
        visible: area.words !== ""
        color: theme.bg
        opacity: 0.75
    }
    Rectangle {
        anchors.centerIn: parent
        visible: area.words !== ""
        width: say.implicitWidth + 60 * app.unit
        height: 72 * app.unit
        radius: 9 * app.unit
        color: theme.panel
        border.width: 3
        border.color: theme.ink
        Accessible.role: Accessible.AlertMessage
        Accessible.name: area.words
        Say { id: say; anchors.centerIn: parent; size: 20; weight: 650; text: area.words }
    }
}
