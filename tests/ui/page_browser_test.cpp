// SPDX-License-Identifier: GPL-2.0-or-later
// The replay page in a real browser, from a file and without a network.
#include "tests/ui/fixture.h"
#include "tests/ui/offscreen.h"
#include "tests/ui/web_driver.h"
#include "ui/export/page.h"
#include "ui/models/session.h"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using nlohmann::json;
namespace fs = std::filesystem;

constexpr const char *right = "\uE014", *left = "\uE012", *end = "\uE010", *home = "\uE011";

// All that can be seen, in order: names, attributes and words of what is not hidden.
constexpr const char *seen = R"(
    const out = []
    const walk = node => {
        if (node.nodeType === 3) return out.push(node.data)
        if (node.nodeType !== 1 || node.hidden || node.tagName === 'SCRIPT') return
        out.push(node.tagName, ...[...node.attributes].map(a => a.name + '=' + a.value).sort())
        node.childNodes.forEach(walk)
    }
    walk(document.body)
    return out.join('\n'))";

class PageInBrowser : public test::Offscreen {
protected:
    static void TearDownTestSuite() {
        browser.reset();
        Offscreen::TearDownTestSuite();
        for (const auto &[name, path] : files)
            fs::remove(path);
    }
    static inline std::unique_ptr<test::WebDriver> browser; // one for all: it is slow to start
    static inline std::map<std::string, fs::path> files;

    void SetUp() override {
        if (const std::string why = test::WebDriver::missing(); !why.empty()) GTEST_SKIP() << why;
        if (!browser) browser = std::make_unique<test::WebDriver>(1600, 1000);
        browser->open("about:blank");
        (void)browser->log("performance"); // the browser's own first page fetches from the browser
    }
    void TearDown() override {
        if (!browser) return;
        for (const json &entry : browser->log("browser"))
            ADD_FAILURE() << entry.dump();
        for (const json &entry : browser->log("performance")) {
            const json message = json::parse(entry.at("message").get<std::string>()).at("message");
            if (message.at("method") != "Network.requestWillBeSent") continue;
            const auto asked = message.at("params").at("request").at("url").get<std::string>();
            EXPECT_EQ(asked, url) << "nothing else is fetched";
        }
    }
    // Opens the page of a trace, which is made when it is first asked for.
    void open(const std::string &name, const trace::Trace &trace, quint32 last = npos) {
        document = TraceDocument::build(trace);
        if (!files.contains(name)) {
            PageOptions options;
            options.last = last;
            const auto page = toPage(*document, options);
            ASSERT_TRUE(page) << page.error().toStdString();
            files[name] = fs::temp_directory_path() / ("skbscope-" + std::to_string(::getpid()) + name + ".html");
            std::ofstream(files[name], std::ios::binary).write(page->data(), page->size());
        }
        url = "file://" + files[name].string();
        browser->open(url);
    }
    std::vector<std::string> windowSentences(SideKind side) const {
        Session session;
        session.open(document);
        session.selection.setSide(side);
        std::vector<std::string> out;
        for (quint32 i = 0; i < document->steps().size(); ++i) {
            session.selection.setStep(i);
            out.push_back(session.banner.plain().toStdString());
        }
        return out;
    }
    std::string sentence() { return browser->run("return document.getElementById('sentence').textContent"); }

    std::shared_ptr<const TraceDocument> document;
    std::string url;
};

TEST_F(PageInBrowser, StepsThereAndBackAndSaysWhatTheWindowSays) {
    open("udp-veth", test::udpVeth());
    const int steps = int(document->steps().size());
    const std::string atStart = browser->run(seen);
    EXPECT_GT(atStart.size(), 20000U);
    browser->run(R"(
        window.said = [document.getElementById('sentence').textContent]
        new MutationObserver(() => said.push(document.getElementById('sentence').textContent))
            .observe(document.getElementById('sentence'), {childList: true}))");
    browser->press(right, steps - 1);
    const std::vector<std::string> told = browser->run("return said");
    EXPECT_EQ(told, windowSentences(SideKind::model));
    EXPECT_NE(browser->run(seen).get<std::string>(), atStart);
    EXPECT_EQ(browser->run("return document.querySelector('[data-way=into]').disabled"), true);
    browser->press(left, steps - 1);
    const std::string back = browser->run(seen);
    const auto differs = std::mismatch(back.begin(), back.end(), atStart.begin(), atStart.end()).first - back.begin();
    EXPECT_EQ(back, atStart) << "from here on: "
                             << back.substr(std::size_t(std::max<std::ptrdiff_t>(0, differs - 200)), 400);
    browser->screenshot(fs::path(SKBSCOPE_BINARY_DIR) / "page-first.png");
}

TEST_F(PageInBrowser, ShowsTheKernelsSide) {
    open("udp-veth", test::udpVeth());
    browser->press(end);
    browser->press("m");
    EXPECT_EQ(sentence(), windowSentences(SideKind::kernel).back());
    browser->press(home);
    EXPECT_EQ(sentence(), windowSentences(SideKind::kernel).front());
    EXPECT_EQ(browser->run("return document.querySelector('#side').textContent"), "State: kernel M");
}

// Play, slider, timeline, a fold, the theme: what the mouse reaches.
TEST_F(PageInBrowser, EverythingElseWorks) {
    open("udp-veth", test::udpVeth());
    const auto position = [&] { return browser->run("return document.getElementById('slider').value"); };
    browser->click("#timeline");
    EXPECT_GT(std::stoi(position().get<std::string>()), 10);
    browser->press(end); // out of the first call: what holds the current one cannot be folded
    const json rows = browser->run("return document.querySelectorAll('tr[data-row]:not([hidden])').length");
    browser->run("document.querySelector('tr[data-row=\"0\"] button.fold').click()");
    EXPECT_LT(browser->run("return document.querySelectorAll('tr[data-row]:not([hidden])').length"), rows);
    EXPECT_EQ(browser->run("return document.querySelector('tr[data-row=\"0\"]').getAttribute('aria-expanded')"),
              "false");
    browser->press(right); // the current call is never hidden
    EXPECT_EQ(browser->run("return document.querySelector('tr.here').hidden"), false);
    const json colour = browser->run("return getComputedStyle(document.body).backgroundColor");
    browser->press("t");
    EXPECT_NE(browser->run("return getComputedStyle(document.body).backgroundColor"), colour);
    browser->screenshot(fs::path(SKBSCOPE_BINARY_DIR) / "page-other.png");
    browser->press(home);
    browser->press(" ");
    EXPECT_EQ(browser->run("return document.querySelector('[data-way=play]').textContent"), "Pause Space");
    browser->press(" ");
    EXPECT_EQ(browser->run("return document.querySelector('[data-way=play]').textContent"), "Play Space");
}

// Names come from traces, and traces from anywhere.
TEST_F(PageInBrowser, HostileNamesAreWords) {
    trace::Trace trace = test::udpVeth();
    const std::string evil =
        "</script><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    trace.scenario_name = evil;
    for (trace::Side &side : trace.sides) {
        side.info.release = evil;
        const trace::FunctionId was = side.events[5].fn, now = side.intern_function(evil + " `code` **bold**");
        for (trace::Event &e : side.events)
            if (e.fn == was) e.fn = now;
        for (auto &host : side.hosts)
            host = evil;
    }
    open("hostile", trace, 12);
    browser->press(right, 3);
    EXPECT_EQ(browser->run("return document.getElementById('name').textContent"), evil);
    EXPECT_EQ(browser->run("return document.images.length + document.scripts.length"), 2);
    EXPECT_NE(browser->run("return document.title"), "owned");
}

// A browser that does not start: its driver must not stay (it would keep this test's output open for ever).
TEST(WebDriverThatCannotStart, LeavesNothing) {
    if (const std::string why = test::WebDriver::missing(); !why.empty()) GTEST_SKIP() << why;
    const std::string before = std::getenv("PATH");
    char name[] = "/tmp/skbscope-path-XXXXXX";
    const fs::path folder = ::mkdtemp(name);
    fs::create_symlink("/bin/false", folder / "chromium");
    ::setenv("PATH", (folder.string() + ":" + before).c_str(), 1);
    EXPECT_THROW(test::WebDriver(800, 600), std::runtime_error);
    ::setenv("PATH", before.c_str(), 1);
    fs::remove_all(folder);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}
} // namespace
