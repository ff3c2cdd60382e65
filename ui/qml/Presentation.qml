// SPDX-License-Identifier: GPL-2.0-or-later
// The banner and two panes for a room. Numbers are pixels of 1600 x 1000, scaled to fit; none of the letters is smaller
// than 20 of them.
import QtQuick
import Skbscope

Rectangle {
    id: page
    color: theme.bg
    readonly property real px: app.present.pixel
    readonly property real small: 11 / 20 // design pixels a pixel here
    readonly property real side: 28 * px
    readonly property var shares: ({stack: 548, memory: 960, calls: 960, bytes: 960, card: 640, source: 760})

    Connections {
        target: app
        function onPaneRequested(direction) { (left.activeFocus ? right : left).forceActiveFocus(Qt.TabFocusReason) }
        function onLookRequested(across, down) { page.focused().view.look(across, down) }
        function onPressRequested(pinning) { page.focused().view.press(pinning) }
    }
    function focused() { return right.activeFocus ? right : left }
    MouseArea { anchors.fill: parent; hoverEnabled: true } // nothing below is pointed at

    Rectangle {
        id: say
        x: page.side
        y: 22 * px
        width: page.width - 2 * page.side
        height: 148 * px
        radius: 12 * px
        color: theme.panel
        clip: true
        Accessible.role: Accessible.StaticText
        Accessible.name: app.banner.plain + " " + qsTr("Call %1").arg(app.banner.call) + ", " + app.banner.context
        Rectangle { width: 16 * px; height: parent.height; color: theme.now }
        // The longest sentence that two lines hold; the shortest one is set smaller rather than cut.
        component Measured: Say {
            visible: false
            width: sentence.width
            size: 40 * page.small
            weight: sentence.weight
            textFormat: Text.RichText
            wrapMode: Text.Wrap
            elide: Text.ElideNone
        }
        Measured { id: whole; text: app.rich(app.banner.sentence, sentence.codeStyle(1)) }
        Measured { id: middle; text: app.rich(app.banner.middleSentence, sentence.codeStyle(1)) }
        Measured { id: shortest; text: app.rich(app.banner.shortSentence, sentence.codeStyle(1)) }
        Measured { id: smaller; size: 32 * small; text: app.rich(app.banner.shortSentence, sentence.codeStyle(0.8)) }
        Measured { id: smallest; size: 24 * small; text: app.rich(app.banner.shortSentence, sentence.codeStyle(0.6)) }
        Say {
            id: sentence
            function codeStyle(factor) { return "font-weight:700;font-size:" + 37 * factor * page.px * 0.75 + "pt" }
            readonly property bool waiting: app.live.running && app.selection.steps === 0
            readonly property var fitting: [whole, middle, shortest, smaller].find(t => t.contentHeight <= height) || smallest
            x: 46 * px
            y: 8 * px
            width: number.x - x - 30 * px
            height: parent.height - 16 * px
            size: fitting.size
            weight: 500
            textFormat: Text.RichText
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: waiting ? qsTr("Waiting for the first packet.") : fitting.text
        }
        Column {
            id: number
            anchors { right: parent.right; rightMargin: 30 * px; verticalCenter: parent.verticalCenter }
            Say { anchors.right: parent.right; size: 24 * small; color: theme.ink3; text: qsTr("call") }
            Say { anchors.right: parent.right; size: 36 * small; weight: 700; text: app.banner.call }
        }
    }
    readonly property real panesTop: say.y + say.height + 18 * px
    readonly property real room: width - 2 * side - 18 * px
    readonly property real leftWidth: Math.round(room * shares[app.present.left] / (shares[app.present.left] + shares[app.present.right]))
    PresentPane {
        id: left
        name: app.present.left
        choose: "present.left"
        x: page.side
        y: page.panesTop
        width: page.leftWidth
        height: foot.y - 18 * px - y
    }
    PresentPane {
        id: right
        name: app.present.right
        choose: "present.right"
        x: left.x + left.width + 18 * px
        y: page.panesTop
        width: page.room - page.leftWidth
        height: left.height
    }
    Rectangle {
        id: foot
        x: page.side
        y: page.height - 82 * px
        width: page.width - 2 * page.side
        height: 64 * px
        radius: 12 * px
        color: theme.panel
        Rectangle {
            id: context
            readonly property int kind: app.banner.contextKind
            x: 26 * px
            anchors.verticalCenter: parent.verticalCenter
            width: contextWords.implicitWidth + 32 * px
            height: 42 * px
            radius: 9 * px
            color: kind === 1 ? theme.soft : kind === 2 ? theme.hard : kind === 0 ? theme.proc : "transparent"
            Say {
                id: contextWords
                anchors.centerIn: parent
                size: 23 * small
                weight: 600
                color: context.kind === 1 ? theme.softText : context.kind === 2 ? theme.hardText : theme.procText
                text: app.banner.contextTitle.replace("context on ", "") + ", " + app.banner.context
            }
        }
        Row {
            id: agree
            x: context.x + context.width + 30 * px
            height: parent.height
            spacing: 10 * px
            visible: x + width < keys.x - 20 * px
            MarkView { anchors.verticalCenter: parent.verticalCenter; width: Math.round(26 * px); height: width; mark: app.memory.mark; theme: page.colours; visible: mark >= 0 }
            Say {
                height: parent.height
                size: 23 * small
                weight: 600
                text: app.memory.mark === 0 ? app.session.agreeWords : app.memory.agreement
                width: Math.min(implicitWidth, keys.x - agree.x - 76 * px)
            }
        }
        Row {
            id: keys
            anchors { right: parent.right; rightMargin: 26 * px; verticalCenter: parent.verticalCenter }
            spacing: 10 * px
            component Cap: Rectangle {
                property alias text: word.text
                width: word.implicitWidth + 22 * page.px
                height: 36 * page.px
                radius: 7 * page.px
                color: theme.panel2
                border.width: Math.max(1, page.px)
                border.color: theme.lineS
                Say { id: word; anchors.centerIn: parent; size: 20 * page.small; color: theme.ink2 }
            }
            component Word: Say { height: 36 * page.px; size: 22 * page.small; color: theme.ink2 }
            Cap { text: "◀ PgUp" }
            Cap { text: "PgDn ▶" }
            Word { text: qsTr("step") }
            Cap { text: "." }
            Word { text: qsTr("blank") }
            Cap { text: "P" }
            Word { text: qsTr("leave") }
        }
    }
    readonly property var colours: theme
}
