// SPDX-License-Identifier: GPL-2.0-or-later
// The open lesson beside the panes: its text, its question, where it is. N goes on, Shift+N back; stepping elsewhere is
// free, Backspace returns.
import QtQuick
import Skbscope

Pane {
    id: pane
    name: "lesson"
    // "NAPI and GRO: one interrupt, three frames": what stands before the colon is its name
    title: app.lessons.title.split(": ")[0]
    question: app.lessons.title.split(": ").slice(1).join(": ")
    visible: app.lessons.active
    Accessible.name: qsTr("Lesson: %1, part %2 of %3").arg(app.lessons.title).arg(app.lessons.part).arg(app.lessons.parts)
    headRight: MouseArea {
        id: leave
        anchors.verticalCenter: parent ? parent.verticalCenter : undefined
        width: Math.round(24 * app.unit); height: width
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.name: app.commands.titleOf("lesson.leave")
        Accessible.onPressAction: app.trigger("lesson.leave")
        onClicked: app.trigger("lesson.leave")
        onContainsMouseChanged: win.showTip(containsMouse ? app.commands.titleOf("lesson.leave") + "  " + app.commands.keysOf("lesson.leave") : "", leave, 0, leave.height)
        Rectangle { anchors.fill: parent; radius: 5 * app.unit; color: parent.containsMouse ? theme.panel : "transparent"; border.width: 1; border.color: theme.lineS }
        Say { anchors.centerIn: parent; size: 13; weight: 650; color: theme.ink2; text: "✕" }
    }
    Item { // progress: a bar of parts, and their number
        id: progress
        x: 14 * app.unit
        y: 10 * app.unit
        width: parent.width - 28 * app.unit
        height: 22 * app.unit
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: 3 * app.unit
            Repeater {
                model: app.lessons.parts
                Rectangle {
                    required property int index
                    width: (progress.width - counter.width - 10 * app.unit) / app.lessons.parts - 3 * app.unit
                    height: Math.round((index === app.lessons.part - 1 ? 9 : 6) * app.unit)
                    anchors.verticalCenter: parent.verticalCenter
                    radius: 2
                    color: index === app.lessons.part - 1 ? theme.now : index < app.lessons.part ? theme.ink : theme.panel2
                    border.width: 1
                    border.color: index === app.lessons.part - 1 ? theme.nowMark : theme.lineS
                }
            }
        }
        Say { id: counter; anchors { right: parent.right; verticalCenter: parent.verticalCenter } size: 13; weight: 650; color: theme.ink2; text: qsTr("%1 of %2").arg(app.lessons.part).arg(app.lessons.parts) }
    }
    Flickable {
        id: scroll
        x: 14 * app.unit
        y: progress.y + progress.height + 8 * app.unit
        width: parent.width - 28 * app.unit
        height: foot.y - y - 8 * app.unit
        contentHeight: words.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Connections { target: app.lessons; function onUpdated() { scroll.contentY = 0 } }
        Column {
            id: words
            width: parent.width
            spacing: 10 * app.unit
            Say {
                width: parent.width
                size: 18
                weight: 650
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                textFormat: Text.RichText
                text: app.rich(app.lessons.partTitle, "font-weight:700")
            }
            Say {
                width: parent.width
                visible: app.lessons.languageNote !== ""
                size: 13.3
                color: theme.ink2
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                textFormat: Text.RichText
                text: app.rich(app.lessons.languageNote)
            }
            Repeater {
                model: app.lessons.paragraphs
                Row {
                    id: paragraph
                    required property string modelData
                    readonly property bool item: modelData.substring(0, 2) === "- "
                    spacing: 7 * app.unit
                    Say { id: dot; visible: paragraph.item; size: 16; text: "•"; verticalAlignment: Text.AlignTop }
                    Say {
                        width: words.width - (paragraph.item ? dot.width + 7 * app.unit : 0)
                        size: 16
                        lineHeight: 1.12
                        wrapMode: Text.Wrap
                        elide: Text.ElideNone
                        textFormat: Text.RichText
                        verticalAlignment: Text.AlignTop
                        text: app.rich(paragraph.item ? paragraph.modelData.substring(2) : paragraph.modelData, "font-size:" + 15 * app.unit * 0.75 + "pt")
                        Accessible.role: Accessible.Paragraph
                        Accessible.name: paragraph.modelData.replace(/[*`]/g, "")
                    }
                }
            }
        }
    }
    Rectangle { // there is more text than room
        visible: scroll.contentHeight > scroll.height
        x: parent.width - 6 * app.unit
        y: scroll.y + scroll.visibleArea.yPosition * scroll.height
        width: 3 * app.unit
        height: scroll.visibleArea.heightRatio * scroll.height
        radius: width / 2
        color: theme.lineS
    }
    Column {
        id: foot
        x: 14 * app.unit
        width: parent.width - 28 * app.unit
        y: parent.height - height - 12 * app.unit
        spacing: 9 * app.unit
        Rectangle {
            width: parent.width
            visible: app.lessons.problem !== "" || app.lessons.waiting || app.lessons.elsewhere
            height: visible ? note.height + 16 * app.unit : 0
            radius: 7 * app.unit
            color: theme.panel2
            border.width: 1
            border.color: app.lessons.problem !== "" ? theme.diffMark : theme.lineS
            Say {
                id: note
                x: 10 * app.unit
                y: 8 * app.unit
                width: parent.width - 20 * app.unit
                size: 13.3
                color: theme.ink2
                wrapMode: Text.Wrap
                elide: Text.ElideNone
                textFormat: Text.RichText
                text: app.rich(app.lessons.waiting ? qsTr("Its trace is being made ...") : app.lessons.problem !== "" ? app.lessons.problem : qsTr("You are elsewhere. **Backspace** leads back to %1.").arg(app.lessons.where))
            }
            MouseArea { anchors.fill: parent; onClicked: app.trigger("lesson.return") }
        }
        Say {
            width: parent.width
            visible: !app.lessons.elsewhere && !app.lessons.waiting
            size: 12.5
            color: theme.ink3
            textFormat: Text.RichText
            text: app.rich(qsTr("Here: %1").arg(app.lessons.where), "font-size:" + 12 * app.unit * 0.75 + "pt")
        }
        Row {
            width: parent.width
            spacing: 8 * app.unit
            component Turn: Rectangle {
                id: turn
                property string command
                property string word
                property string key
                property bool primary: false
                readonly property bool can: { app.commands.revision; return app.commands.isEnabled(command) }
                height: Math.round(38 * app.unit)
                radius: 8 * app.unit
                color: primary && can ? theme.ink : theme.panel
                border.width: 1.5
                border.color: theme.lineS
                Accessible.role: Accessible.Button
                Accessible.name: app.commands.titleOf(command)
                Accessible.onPressAction: app.trigger(command)
                Row {
                    anchors.centerIn: parent
                    spacing: 7 * app.unit
                    Say { anchors.verticalCenter: parent.verticalCenter; size: 14.5; weight: 600; color: !turn.can ? theme.ink3 : turn.primary ? theme.panel : theme.ink; text: turn.word }
                    KeyCap { anchors.verticalCenter: parent.verticalCenter; text: turn.key }
                }
                MouseArea { anchors.fill: parent; onClicked: app.trigger(turn.command) }
            }
            Turn { width: parent.width * 0.4; command: "lesson.previous"; word: qsTr("Back"); key: "⇧N" }
            Turn { width: parent.width * 0.6 - 8 * app.unit; primary: true; command: "lesson.next"; word: app.lessons.asks ? qsTr("Question") : app.lessons.last ? qsTr("The end") : qsTr("Next"); key: "N" }
        }
    }
}
