// SPDX-License-Identifier: GPL-2.0-or-later
// Makes the rows of the terminal view. Internal to app/view/: calls, fields and folding in view_rows.cpp, the bars
// between them in view_bars.cpp.
#pragma once

#include "app/view/step_marks.h"
#include "app/view/view_rows.h"

namespace skbscope::app {

class ViewBuilder {
public:
    ViewBuilder(const ViewInput &input, const ViewOptions &options);
    [[nodiscard]] std::vector<ViewRow> build();

private:
    [[nodiscard]] const std::vector<trace::Row> &rows() const { return in_.comparison ? in_.comparison->rows : rows_; }
    // The side that speaks for a row: the left one where it has the call.
    [[nodiscard]] const SideNotes &notesOf(const trace::Row &row) const {
        return row.left != trace::npos ? *in_.left : *in_.right;
    }
    [[nodiscard]] static std::uint32_t callOf(const trace::Row &row) {
        return row.left != trace::npos ? row.left : row.right;
    }
    [[nodiscard]] const trace::Event &enterOf(const trace::Row &row) const { return notesOf(row).enter(callOf(row)); }
    // In the same context of the same task, as one side sees both; tasks of two sides cannot be told apart.
    [[nodiscard]] bool sameRun(const trace::Row &a, const trace::Row &b) const;
    [[nodiscard]] bool sameTask(const trace::Row &a, const trace::Row &b) const;
    [[nodiscard]] trace::TaskId taskOf(const trace::Row &row) const {
        return notesOf(row).tree().calls[callOf(row)].task;
    }

    void measureContexts();
    void hideAndFold();
    [[nodiscard]] bool picked(const trace::Row &row) const;
    [[nodiscard]] bool nameMatches(std::string_view name) const;

    void add(std::uint32_t index);
    void announceStep(const trace::Row &row);
    void announceStepsUpTo(std::uint32_t step);
    void announceHandOver(std::uint32_t index);
    void announceLosses(std::uint32_t index);
    void announceArrival(const trace::Row &row);
    void addFields(const trace::Row &row, std::uint32_t indent);
    [[nodiscard]] std::string handOverText(const trace::Row &from, std::uint32_t to) const;
    [[nodiscard]] trace::Layer layerOf(std::uint32_t index) const;
    [[nodiscard]] std::string rootName(std::uint32_t index) const;
    [[nodiscard]] Cell cell(const SideNotes *notes, std::uint32_t call, const trace::Row &row) const;
    [[nodiscard]] std::optional<std::uint32_t> stepOf(const trace::Row &row) const;
    [[nodiscard]] std::uint32_t lastTracedStep() const;
    void bar(RowKind kind, std::string text, trace::Context context = trace::Context::process);

    const ViewInput &in_;
    const ViewOptions &options_;
    std::vector<trace::Row> rows_; // where there is one side only
    trace::PacketTable packets_;
    std::optional<StepMarks> leftSteps_, rightSteps_;

    std::vector<std::uint32_t> indent_;
    std::vector<bool> shown_;
    std::vector<std::uint32_t> folded_;
    std::vector<trace::RowMark> worst_;

    std::vector<ViewRow> out_;
    std::uint32_t announced_ = trace::npos; // the last step that has its bar
    std::uint32_t before_ = trace::npos;    // the row shown last
    std::size_t lossesTold_[2] = {};        // of the left and of the right side
    trace::PacketId packet_ = trace::no_packet;
    std::uint8_t packetHost_ = 0;
};

} // namespace skbscope::app
