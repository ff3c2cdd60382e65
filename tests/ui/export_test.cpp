// SPDX-License-Identifier: GPL-2.0-or-later
// Pictures and pages: valid, whole, and the same words as the display lists they come from.
#include "tests/ui/fixture.h"
#include "tests/ui/offscreen.h"
#include "ui/display/typeset.h"
#include "ui/export/page.h"
#include "ui/export/view_picture.h"
#include "ui/models/call_address.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>
#include <gtest/gtest.h>
#include <memory>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Export : public test::Offscreen {
protected:
    Export() : document(TraceDocument::build(ui::test::udpVeth())) { s.open(document); }
    std::shared_ptr<const TraceDocument> document;
    Session s;
};

QStringList wordsOf(const DisplayList &list) {
    QStringList out;
    for (const Item &item : list.items)
        if (const auto *label = std::get_if<Label>(&item))
            for (const SetRun &set : typeset(*label))
                if (!set.run.text.isEmpty()) out << set.run.text;
    return out;
}

// The words of an SVG; fails where it is no XML.
QStringList wordsOf(const QByteArray &svg) {
    QStringList out;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("text"))
            out << xml.readElementText();
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString() << " in line " << xml.lineNumber();
    return out;
}

TEST_F(Export, AnSvgHoldsTheWordsOfItsLists) {
    for (quint32 step = 0; step < document->steps().size(); step += 31) {
        s.selection.setStep(step);
        for (const PaneKind pane : allPanes) {
            const Picture picture = panePicture(s, pane);
            QStringList words;
            for (const PlacedList &part : picture.parts)
                words += wordsOf(part.list);
            EXPECT_EQ(wordsOf(toSvg(picture, Palette::dark())), words) << paneId(pane) << ", step " << step;
        }
    }
}

TEST_F(Export, TheViewSaysTheSentenceAndStaysInside) {
    for (quint32 step = 0; step < document->steps().size(); step += 11) {
        s.selection.setStep(step);
        const Picture picture = viewPicture(s);
        EXPECT_EQ(picture.description, s.banner.plain());
        const QString words = wordsOf(picture.parts.front().list).join(QString());
        const QString function = document->rows()[document->steps()[step].row].name;
        EXPECT_TRUE(words.contains(function)) << words.toStdString();
        for (const PlacedList &part : picture.parts)
            EXPECT_TRUE(QRectF({0, 0}, picture.size).contains(QRectF(part.at, part.list.size)));
    }
    EXPECT_FALSE(wordsOf(toSvg(viewPicture(s), Palette::light())).isEmpty());
}

TEST_F(Export, HostileWordsStayWords) {
    const QString evil = QStringLiteral("</text><script>&\"'") + QChar(1) + QChar(0xd800) + QStringLiteral("\t%1 %2");
    PlacedList part;
    part.list.size = {300, 40};
    part.list.text({4, 20}, 12, evil);
    const Picture picture{{300, 40}, evil, evil, Ink::panel, {part}};
    const QStringList words = wordsOf(toSvg(picture, Palette::light()));
    ASSERT_EQ(words.size(), 1);
    EXPECT_EQ(words[0], QStringLiteral("</text><script>&\"'\uFFFD\uFFFD\t%1 %2"));
}

TEST_F(Export, APngIsThePaintedView) {
    const Picture picture = viewPicture(s);
    const QImage image = QImage::fromData(toPng(picture, Palette::dark(), 1.5), "PNG");
    EXPECT_EQ(image.size(), (picture.size * 1.5).toSize());
    EXPECT_EQ(image.pixelColor(1, 1), Palette::dark()[Ink::bg]);
    EXPECT_EQ(image.pixelColor(int(10 * 1.5), int(20 * 1.5)), Palette::dark()[Ink::now]); // the banner's edge
}

// -- the page

QByteArray between(const QByteArray &text, const QByteArray &from, const QByteArray &to) {
    const qsizetype begin = text.indexOf(from) + from.size();
    return text.mid(begin, text.indexOf(to, begin) - begin);
}

// Made once: it is the dearest thing here.
const QByteArray &wholePage(const TraceDocument &document) {
    static const QByteArray html = toPage(document, {}).value_or(QByteArray());
    return html;
}

struct Page {
    explicit Page(const QByteArray &html) {
        QJsonParseError error{};
        root = QJsonDocument::fromJson(between(html, "type=\"application/json\">", "</script>"), &error).object();
        EXPECT_EQ(error.error, QJsonParseError::NoError) << error.errorString().toStdString() << error.offset;
        texts = root[QLatin1String("texts")].toArray();
        items = root[QLatin1String("items")].toArray();
        for (const QJsonValue &entry : root[QLatin1String("lists")].toArray()) {
            const QJsonArray a = entry.toArray();
            const std::vector<int> other = a[0].toInt() < 0 ? std::vector<int>() : lists[std::size_t(a[0].toInt())];
            std::vector<int> list(other.begin(), other.begin() + a[1].toInt());
            for (int i = 3; i < a.size(); ++i)
                list.push_back(a[i].toInt());
            list.insert(list.end(), other.end() - a[2].toInt(), other.end());
            lists.push_back(std::move(list));
        }
    }
    QString text(int number) const { return texts[number].toString(); }
    QStringList words(int list) const {
        QStringList out;
        for (const int item : lists[std::size_t(list)])
            if (const QJsonArray a = items[item].toArray(); a[0].toInt() == 2) out << text(a[2].toInt());
        return out;
    }
    QJsonObject root;
    QJsonArray texts, items;
    std::vector<std::vector<int>> lists;
};

TEST_F(Export, APageHoldsWhatTheWindowShowsAtEachStep) {
    const Page page(wholePage(*document));
    for (const SideKind side : bothSides) {
        s.selection.setSide(side);
        const QJsonArray steps = page.root[QLatin1String(trace::side_name(side))].toArray();
        ASSERT_EQ(std::size_t(steps.size()), document->steps().size());
        for (quint32 i = 0; i < document->steps().size(); i += 9) {
            s.selection.setStep(i);
            const QJsonArray step = steps[int(i)].toArray();
            EXPECT_EQ(page.text(step[0].toInt()), s.banner.sentence());
            EXPECT_EQ(page.text(step[2].toInt()), s.banner.call());
            int at = 10;
            for (const PaneKind pane : {PaneKind::stack, PaneKind::memory, PaneKind::bytes, PaneKind::timeline})
                EXPECT_EQ(page.words(step[at++].toInt()), wordsOf(paneScene(s, pane, paneSize(pane)))) << paneId(pane);
        }
    }
}

TEST_F(Export, APageForbidsAllButItsOwnScript) {
    const QByteArray html = wholePage(*document);
    const auto hash = [](const QByteArray &text) {
        return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + "'";
    };
    const QByteArray policy = between(html, "Content-Security-Policy\" content=\"", "\"");
    EXPECT_TRUE(policy.startsWith("default-src 'none'; "));
    EXPECT_TRUE(policy.contains("script-src " + hash(between(html, "<script>", "</script>")) + ";"));
    EXPECT_TRUE(policy.contains("style-src " + hash(between(html, "<style>", "</style>")) + ";"));
    for (qsizetype at = html.indexOf("://"); at >= 0; at = html.indexOf("://", at + 1))
        EXPECT_EQ(html.mid(at - 4, 26), "http://www.w3.org/2000/svg") << "the name of a language";
    EXPECT_FALSE(between(html, "type=\"application/json\">", "</script>").contains('<'));
    EXPECT_FALSE(html.contains("innerHTML"));
    EXPECT_LT(html.size(), 1 << 20);
}

TEST_F(Export, APartOfATraceIsAPage) {
    PageOptions o;
    o.first = 20;
    o.last = 39;
    o.start = 2; // outside: the first one there is
    const auto html = toPage(*document, o);
    ASSERT_TRUE(html);
    const Page page(*html);
    EXPECT_EQ(page.root[QLatin1String("model")].toArray().size(), 20);
    EXPECT_EQ(page.root[QLatin1String("start")].toInt(), 0);
    const QJsonArray rows = page.root[QLatin1String("rows")].toArray();
    EXPECT_LT(std::size_t(rows.size()), document->rows().size());
    for (const QJsonValue &way : page.root[QLatin1String("ways")].toArray())
        for (const QJsonValue &to : way.toArray())
            EXPECT_LT(to.toInt(), int(rows.size()));
}

TEST_F(Export, TooLongATraceIsRefused) {
    PageOptions o;
    o.mostSteps = 10;
    EXPECT_TRUE(toPage(*document, o).error().contains(QStringLiteral("--from CALL --until CALL")));
    o = {};
    o.mostBytes = 100000;
    EXPECT_TRUE(toPage(*document, o).error().contains(QStringLiteral("larger than")));
}

TEST_F(Export, CallsAreFoundByNumberAndName) {
    const auto name = [&](const char *address) {
        const auto row = callAt(*document, QLatin1String(address), SideKind::kernel);
        return row ? document->rows()[*row].name : row.error();
    };
    EXPECT_EQ(name("ip_rcv_core"), QStringLiteral("ip_rcv_core"));
    const auto row = callAt(*document, QStringLiteral("5"), SideKind::kernel);
    ASSERT_TRUE(row);
    EXPECT_EQ(document->rows()[*row].call[sideIndex(SideKind::kernel)], 4U);
    EXPECT_TRUE(name("99999").contains(QStringLiteral("has calls 1 to")));
    EXPECT_TRUE(name("nosuch").contains(QStringLiteral("no such function")));
    EXPECT_TRUE(name("ip_rcv_core:7").contains(QStringLiteral("called 1 time only")));
    EXPECT_TRUE(name("ip_rcv_core:x").contains(QStringLiteral("behind the colon")));
}

} // namespace
