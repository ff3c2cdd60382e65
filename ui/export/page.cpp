// SPDX-License-Identifier: GPL-2.0-or-later
// Puts style, script and data into page.html. Nothing is fetched: the policy forbids it, and lets only these two run.
#include "ui/export/page.h"

#include "ui/export/page_words.h"
#include "ui/export/page_writer.h"
#include "ui/export/svg_text.h"
#include "ui/models/phrase.h"

#include <QCryptographicHash>

extern "C" {
extern const unsigned char skbscope_page_html_begin[], skbscope_page_html_end[];
extern const unsigned char skbscope_page_css_begin[], skbscope_page_css_end[];
extern const unsigned char skbscope_page_draw_begin[], skbscope_page_draw_end[];
extern const unsigned char skbscope_page_js_begin[], skbscope_page_js_end[];
}

namespace skbscope::ui {

namespace {
QByteArray bytesBetween(const unsigned char *begin, const unsigned char *end) {
    return {reinterpret_cast<const char *>(begin), end - begin};
}

QByteArray variables(const Palette &palette) {
    QByteArray out;
    for (std::size_t i = 0; i < inkCount; ++i) {
        const Ink ink = static_cast<Ink>(i);
        out += "--" + QByteArray(inkName(ink)) + ":" + palette[ink].name().toLatin1() + ";";
    }
    return out;
}

// The system's choice, unless the reader made another.
QByteArray style() {
    const QByteArray dark = variables(Palette::dark()) + "color-scheme:dark";
    return ":root{" + variables(Palette::light()) + "color-scheme:light;--sans:" + sansFamilies().toUtf8() +
           ";--mono:" + monoFamilies().toUtf8() +
           "}\n@media(prefers-color-scheme:dark){:root:not([data-theme=light]){" + dark +
           "}}\n:root[data-theme=dark]{" + dark + "}\n" + bytesBetween(skbscope_page_css_begin, skbscope_page_css_end);
}

QByteArray hashOf(const QByteArray &text) {
    return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + "'";
}

// Only the template has marks to fill: what is put in may look as it likes.
QByteArray filled(const QByteArray &page, const std::vector<std::pair<QByteArray, QByteArray>> &values) {
    QByteArray out;
    qsizetype from = 0;
    for (const auto &[mark, value] : values) { // in the order in which they stand
        const qsizetype at = page.indexOf(mark, from);
        out += page.mid(from, at - from) + value;
        from = at + mark.size();
    }
    return out + page.mid(from);
}
} // namespace

tl::expected<QByteArray, QString> toPage(const TraceDocument &document, const PageOptions &options) {
    PageWriter writer(document, options);
    const auto data = writer.run();
    if (!data) return tl::unexpected(data.error());
    const QByteArray css = style();
    const QByteArray script = bytesBetween(skbscope_page_draw_begin, skbscope_page_draw_end) +
                              bytesBetween(skbscope_page_js_begin, skbscope_page_js_end);
    const QByteArray policy = "default-src 'none'; script-src " + hashOf(script) + "; style-src " + hashOf(css) +
                              "; base-uri 'none'; form-action 'none'";
    const QByteArray page = filled(bytesBetween(skbscope_page_html_begin, skbscope_page_html_end),
                                   {{"@LANGUAGE@", pageLanguage()},
                                    {"@POLICY@", policy},
                                    {"@TITLE@", xmlText(writer.session().name()).toUtf8()},
                                    {"@STYLE@", css},
                                    {"@NOSCRIPT@", pageNoScript()},
                                    {"@DATA@", *data},
                                    {"@SCRIPT@", script}});
    if (page.size() > options.mostBytes)
        return tl::unexpected(
            phrase("Page", "the page would have %1 bytes, more than %2; choose a part of the trace with --from and "
                           "--until")
                .arg(page.size())
                .arg(options.mostBytes));
    return page;
}

} // namespace skbscope::ui
