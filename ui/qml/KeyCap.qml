// SPDX-License-Identifier: GPL-2.0-or-later
import QtQuick

Rectangle {
    property alias text: word.text
    visible: word.text !== ""
    width: word.implicitWidth + 10 * app.unit
    height: Math.round(18 * app.unit)
    radius: 4 * app.unit
    color: theme.panel2
    border.width: 1
    border.color: theme.lineS
    Say { id: word; anchors.centerIn: parent; size: 11.5; color: theme.ink2 }
}
