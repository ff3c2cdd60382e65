// SPDX-License-Identifier: GPL-2.0-or-later
// What to run, on which sides, and on which kernel. What is not possible here stands in the list too, with the reason.
import QtQuick

FormBox {
    id: form
    title: qsTr("Run a scenario")
    word: qsTr("Run")
    boxWidth: 760
    first: scenarios.input
    can: app.run.refusal === ""
    status: app.run.failure !== "" && can ? qsTr("The last run: %1").arg(app.run.failure) : app.run.refusal !== "" ? app.run.refusal : qsTr("The trace that is open stays until the run is done.")
    bad: app.run.failure !== "" || app.run.refusal !== ""
    onDismissed: app.run.forgetFailure()
    onAccepted: if (app.run.start()) close()
    Connections {
        target: app
        function onRunRequested() {
            app.run.look()
            scenarios.open()
            host.text = app.run.host
            form.open()
        }
    }
    RunScenarios { id: scenarios; width: parent.width }
    FormChoice {
        label: qsTr("Sides")
        options: [qsTr("Model and kernel"), qsTr("Model alone"), qsTr("Kernel alone")]
        current: app.run.sides
        onChosen: function(index) { app.run.sides = index }
    }
    Row {
        width: parent.width
        spacing: 8 * app.unit
        Say { width: 96 * app.unit; height: 34 * app.unit; size: 13.3; weight: 600; text: qsTr("Kernel"); color: app.run.needsKernel ? theme.ink : theme.ink3 }
        Rectangle {
            id: kernels
            width: parent.width - x
            height: offers.height + 8 * app.unit
            radius: 6 * app.unit
            color: theme.panel
            border.width: activeFocus ? 2 : 1
            border.color: activeFocus ? theme.ink : theme.lineS
            activeFocusOnTab: app.run.needsKernel
            readonly property var current: app.run.kernel >= 0 ? app.run.kernels[app.run.kernel] : null
            Accessible.role: Accessible.List
            Accessible.name: current ? qsTr("Kernel: %1").arg(current.title) + ", " + (current.problem !== "" ? current.problem : current.what) : qsTr("Kernel")
            Accessible.focusable: true
            Keys.onPressed: function(event) {
                if (event.key === Qt.Key_Down) app.run.kernel = Math.min(app.run.kernel + 1, offerList.count - 1)
                else if (event.key === Qt.Key_Up) app.run.kernel = Math.max(0, app.run.kernel - 1)
                else return
                event.accepted = true
            }
            Column {
                id: offers
                x: 8 * app.unit
                y: 4 * app.unit
                width: parent.width - 2 * x
                Repeater {
                    id: offerList
                    model: app.run.kernels
                    Item {
                        id: offer
                        required property var modelData
                        required property int index
                        readonly property bool on: index === app.run.kernel
                        width: offers.width
                        height: Math.max(26 * app.unit, words.height + 8 * app.unit)
                        Accessible.role: Accessible.RadioButton
                        Accessible.name: modelData.title + ": " + words.text
                        Accessible.checked: on
                        Rectangle { // the button: full is chosen
                            x: 4 * app.unit
                            y: 7 * app.unit
                            width: Math.round(13 * app.unit); height: width; radius: width / 2
                            color: theme.panel
                            border.width: 2
                            border.color: app.run.needsKernel ? theme.ink : theme.ink3
                            Rectangle { anchors.centerIn: parent; visible: offer.on; width: parent.width - 6; height: width; radius: width / 2; color: parent.border.color }
                        }
                        Say { id: name; x: 26 * app.unit; y: 3 * app.unit; width: 128 * app.unit; size: 13.3; weight: offer.on ? 700 : 500; text: offer.modelData.title; color: app.run.needsKernel ? theme.ink : theme.ink3 }
                        Say {
                            id: words
                            anchors { left: name.right; right: parent.right }
                            y: 4 * app.unit
                            size: 12.5
                            wrapMode: Text.Wrap
                            maximumLineCount: offer.on ? 6 : 2
                            textFormat: Text.PlainText
                            color: app.run.needsKernel && offer.modelData.problem !== "" ? theme.diffText : app.run.needsKernel ? theme.ink2 : theme.ink3
                            text: offer.modelData.problem !== "" ? qsTr("Not possible: %1").arg(offer.modelData.problem) : offer.modelData.what
                        }
                        MouseArea { anchors.fill: parent; enabled: app.run.needsKernel; onClicked: { app.run.kernel = offer.index; kernels.forceActiveFocus() } }
                    }
                }
            }
            Say { visible: offerList.count === 0; x: 10 * app.unit; height: 26 * app.unit; size: 12.5; color: theme.ink3; text: qsTr("Looking what this machine can do ...") }
        }
    }
    FormChoice {
        label: qsTr("CPUs")
        visible: app.run.severalCpus
        options: ["1", "2"]
        current: app.run.cpus - 1
        onChosen: function(index) { app.run.cpus = index + 1 }
        Say {
            visible: app.run.cpus > 1
            height: 34 * app.unit
            size: 12.5
            color: theme.ink2
            text: qsTr("Two runs may differ then; each task is compared alone.")
        }
    }
    FormField {
        id: host
        width: parent.width
        visible: app.run.needsKernel && kernels.current !== null && kernels.current.wantsHost
        label: qsTr("Machine")
        prompt: qsTr("HOST or USER@HOST")
        hint: qsTr("As ssh takes it. The agent is copied there, and gone again afterwards.")
        onEdited: app.run.host = text
    }
}
