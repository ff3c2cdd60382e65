// SPDX-License-Identifier: GPL-2.0-or-later
// The real list behind the drawn pane beside it, for screen readers: same rows, same order.
import QtQuick
import Skbscope

RowList {
    anchors.fill: parent
    z: -1
    Accessible.role: Accessible.List
    Accessible.name: name
}
