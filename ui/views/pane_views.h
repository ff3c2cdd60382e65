// SPDX-License-Identifier: GPL-2.0-or-later
// The drawn panes: each builds its scene from its model and turns clicks into the selection's.
#pragma once

#include "ui/models/journey.h"
#include "ui/scenes/stack_map_scene.h"
#include "ui/views/scene_view.h"

namespace skbscope::ui {

class CallsView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    void attach() override;
    void activate(const QString &id) override;
    void point(const QString &id) override;
    void pin(const QString &id) override;
    [[nodiscard]] bool isReachable(const QString &id) const override;
    bool scroll(QPointF at, int lines) override;

private:
    int scroll_ = 0; // away from the current row; a step brings it back
};

class StackView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    [[nodiscard]] StackSceneOptions options(const QSizeF &size) const;
    void attach() override;
    void activate(const QString &id) override;
    void point(const QString &id) override;
    void pin(const QString &id) override;
    bool scroll(QPointF at, int lines) override; // nearer, or farther away
};

class MemoryView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    void attach() override;
    void activate(const QString &id) override;
    void point(const QString &id) override;
};

// The same for a projector; they measure in pixels of a screen of 1600 x 1000.
class BigStackView : public StackView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    [[nodiscard]] qreal unit() const override;
};
class BigMemoryView : public MemoryView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    [[nodiscard]] qreal unit() const override;
};

class BytesView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    void attach() override;
    void activate(const QString &id) override;
    void point(const QString &id) override;
    bool scroll(QPointF at, int lines) override;

private:
    int byteScroll_ = -1, headerScroll_ = -1; // -1: where the packet, and its current header, are
    int packetRow_ = 0;
};

class TimelineView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    void attach() override;
    void activate(const QString &id) override;
    void point(const QString &id) override;
    void pin(const QString &id) override;
    void drag(QPointF at) override;
    bool scroll(QPointF at, int lines) override;
};

} // namespace skbscope::ui
