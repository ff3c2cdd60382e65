// SPDX-License-Identifier: GPL-2.0-or-later
// The colours of the visual grammar, by meaning. Light and dark live in theme.json; a test recomputes their contrast.
#pragma once

#include <QColor>
#include <QObject>
#include <array>

namespace skbscope::ui {

// What a colour means; nothing that is drawn names a colour. xTint fills, xMark draws edges and patterns, xText writes
// on the tint, for the layers Application, Transport, Network, Link and Queue/device.
enum class Ink : quint8 {
    bg,
    panel,
    panel2,
    line,
    lineS,
    ink,
    ink2,
    ink3,
    ghost,
    aTint,
    aMark,
    aText,
    tTint,
    tMark,
    tText,
    nTint,
    nMark,
    nText,
    lTint,
    lMark,
    lText,
    qTint,
    qMark,
    qText,
    now,
    nowInk,
    nowRow,
    nowMark,
    diffTint,
    diffMark,
    diffText,
    proc,
    procText,
    soft,
    softText,
    hard,
    hardText,
};
inline constexpr std::size_t inkCount = static_cast<std::size_t>(Ink::hardText) + 1;
[[nodiscard]] const char *inkName(Ink ink); // as in theme.json

class Palette {
public:
    [[nodiscard]] static const Palette &light();
    [[nodiscard]] static const Palette &dark();
    // ink2 and ink3 become ink, line becomes lineS.
    [[nodiscard]] Palette highContrast() const;

    [[nodiscard]] const QColor &operator[](Ink ink) const { return colors_[static_cast<std::size_t>(ink)]; }
    bool operator==(const Palette &) const = default;

private:
    friend Palette readPalette(const char *theme);
    std::array<QColor, inkCount> colors_;
};

// WCAG 2 contrast of two opaque colours, 1 .. 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);

// The palette in use, for QML and for painters; and the scale of everything that is drawn.
class Theme : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString mode READ mode WRITE setMode NOTIFY changed)
    Q_PROPERTY(bool dark READ isDark NOTIFY changed)
    Q_PROPERTY(bool highContrast READ highContrast WRITE setHighContrast NOTIFY changed)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY motionChanged)
    Q_PROPERTY(QString sans READ sans CONSTANT)
    Q_PROPERTY(QString mono READ mono CONSTANT)
    Q_PROPERTY(QColor bg READ bg NOTIFY changed)
    Q_PROPERTY(QColor panel READ panel NOTIFY changed)
    Q_PROPERTY(QColor panel2 READ panel2 NOTIFY changed)
    Q_PROPERTY(QColor line READ line NOTIFY changed)
    Q_PROPERTY(QColor lineS READ lineS NOTIFY changed)
    Q_PROPERTY(QColor ink READ ink NOTIFY changed)
    Q_PROPERTY(QColor ink2 READ ink2 NOTIFY changed)
    Q_PROPERTY(QColor ink3 READ ink3 NOTIFY changed)
    Q_PROPERTY(QColor ghost READ ghost NOTIFY changed)
    Q_PROPERTY(QColor aTint READ aTint NOTIFY changed)
    Q_PROPERTY(QColor aMark READ aMark NOTIFY changed)
    Q_PROPERTY(QColor aText READ aText NOTIFY changed)
    Q_PROPERTY(QColor tTint READ tTint NOTIFY changed)
    Q_PROPERTY(QColor tMark READ tMark NOTIFY changed)
    Q_PROPERTY(QColor tText READ tText NOTIFY changed)
    Q_PROPERTY(QColor nTint READ nTint NOTIFY changed)
    Q_PROPERTY(QColor nMark READ nMark NOTIFY changed)
    Q_PROPERTY(QColor nText READ nText NOTIFY changed)
    Q_PROPERTY(QColor lTint READ lTint NOTIFY changed)
    Q_PROPERTY(QColor lMark READ lMark NOTIFY changed)
    Q_PROPERTY(QColor lText READ lText NOTIFY changed)
    Q_PROPERTY(QColor qTint READ qTint NOTIFY changed)
    Q_PROPERTY(QColor qMark READ qMark NOTIFY changed)
    Q_PROPERTY(QColor qText READ qText NOTIFY changed)
    Q_PROPERTY(QColor now READ now NOTIFY changed)
    Q_PROPERTY(QColor nowInk READ nowInk NOTIFY changed)
    Q_PROPERTY(QColor nowRow READ nowRow NOTIFY changed)
    Q_PROPERTY(QColor nowMark READ nowMark NOTIFY changed)
    Q_PROPERTY(QColor diffTint READ diffTint NOTIFY changed)
    Q_PROPERTY(QColor diffMark READ diffMark NOTIFY changed)
    Q_PROPERTY(QColor diffText READ diffText NOTIFY changed)
    Q_PROPERTY(QColor proc READ proc NOTIFY changed)
    Q_PROPERTY(QColor procText READ procText NOTIFY changed)
    Q_PROPERTY(QColor soft READ soft NOTIFY changed)
    Q_PROPERTY(QColor softText READ softText NOTIFY changed)
    Q_PROPERTY(QColor hard READ hard NOTIFY changed)
    Q_PROPERTY(QColor hardText READ hardText NOTIFY changed)

public:
    explicit Theme(QObject *parent = nullptr);

    // "light", "dark" or "system".
    [[nodiscard]] QString mode() const { return mode_; }
    void setMode(const QString &mode);
    [[nodiscard]] bool isDark() const;
    Q_INVOKABLE void toggle(); // between light and dark
    [[nodiscard]] bool highContrast() const { return highContrast_; }
    void setHighContrast(bool on);
    [[nodiscard]] bool reducedMotion() const { return reducedMotion_; }
    void setReducedMotion(bool on);
    [[nodiscard]] const Palette &palette() const { return palette_; }
    [[nodiscard]] QString sans() const;
    [[nodiscard]] QString mono() const;

    [[nodiscard]] QColor bg() const { return palette_[Ink::bg]; }
    [[nodiscard]] QColor panel() const { return palette_[Ink::panel]; }
    [[nodiscard]] QColor panel2() const { return palette_[Ink::panel2]; }
    [[nodiscard]] QColor line() const { return palette_[Ink::line]; }
    [[nodiscard]] QColor lineS() const { return palette_[Ink::lineS]; }
    [[nodiscard]] QColor ink() const { return palette_[Ink::ink]; }
    [[nodiscard]] QColor ink2() const { return palette_[Ink::ink2]; }
    [[nodiscard]] QColor ink3() const { return palette_[Ink::ink3]; }
    [[nodiscard]] QColor ghost() const { return palette_[Ink::ghost]; }
    [[nodiscard]] QColor aTint() const { return palette_[Ink::aTint]; }
    [[nodiscard]] QColor aMark() const { return palette_[Ink::aMark]; }
    [[nodiscard]] QColor aText() const { return palette_[Ink::aText]; }
    [[nodiscard]] QColor tTint() const { return palette_[Ink::tTint]; }
    [[nodiscard]] QColor tMark() const { return palette_[Ink::tMark]; }
    [[nodiscard]] QColor tText() const { return palette_[Ink::tText]; }
    [[nodiscard]] QColor nTint() const { return palette_[Ink::nTint]; }
    [[nodiscard]] QColor nMark() const { return palette_[Ink::nMark]; }
    [[nodiscard]] QColor nText() const { return palette_[Ink::nText]; }
    [[nodiscard]] QColor lTint() const { return palette_[Ink::lTint]; }
    [[nodiscard]] QColor lMark() const { return palette_[Ink::lMark]; }
    [[nodiscard]] QColor lText() const { return palette_[Ink::lText]; }
    [[nodiscard]] QColor qTint() const { return palette_[Ink::qTint]; }
    [[nodiscard]] QColor qMark() const { return palette_[Ink::qMark]; }
    [[nodiscard]] QColor qText() const { return palette_[Ink::qText]; }
    [[nodiscard]] QColor now() const { return palette_[Ink::now]; }
    [[nodiscard]] QColor nowInk() const { return palette_[Ink::nowInk]; }
    [[nodiscard]] QColor nowRow() const { return palette_[Ink::nowRow]; }
    [[nodiscard]] QColor nowMark() const { return palette_[Ink::nowMark]; }
    [[nodiscard]] QColor diffTint() const { return palette_[Ink::diffTint]; }
    [[nodiscard]] QColor diffMark() const { return palette_[Ink::diffMark]; }
    [[nodiscard]] QColor diffText() const { return palette_[Ink::diffText]; }
    [[nodiscard]] QColor proc() const { return palette_[Ink::proc]; }
    [[nodiscard]] QColor procText() const { return palette_[Ink::procText]; }
    [[nodiscard]] QColor soft() const { return palette_[Ink::soft]; }
    [[nodiscard]] QColor softText() const { return palette_[Ink::softText]; }
    [[nodiscard]] QColor hard() const { return palette_[Ink::hard]; }
    [[nodiscard]] QColor hardText() const { return palette_[Ink::hardText]; }

signals:
    void changed();
    void motionChanged();

private:
    void apply();
    QString mode_ = QStringLiteral("system");
    bool highContrast_ = false, reducedMotion_ = false;
    Palette palette_;
};

} // namespace skbscope::ui
