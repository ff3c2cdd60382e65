// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/ui/web_driver.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::ui::test {

namespace {
using nlohmann::json;

std::string find(const char *program) {
    std::string path = std::getenv("PATH") ? std::getenv("PATH") : "/usr/bin";
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t to = std::min(path.find(':', from), path.size());
        const std::string file = path.substr(from, to - from) + "/" + program;
        if (::access(file.c_str(), X_OK) == 0) return file;
        from = to + 1;
    }
    return {};
}

[[noreturn]] void fail(const std::string &what) {
    throw std::runtime_error(what);
}

std::string fromBase64(const std::string &text) {
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, have = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string::npos) break;
        bits = bits << 6 | unsigned(digit);
        if ((have += 6) >= 8) out += char(bits >> (have -= 8) & 0xff);
    }
    return out;
}

// One request on a connection of its own; the answer's body.
std::string request(int port, const std::string &method, const std::string &path, const std::string &body) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(uint16_t(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{60, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) != 0) {
        ::close(fd);
        fail("chromedriver takes no connection");
    }
    const std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                             "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                             "\r\n\r\n" + body;
    for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t n = ::send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += std::size_t(n);
    }
    std::string answer;
    char buffer[65536];
    std::size_t wanted = std::string::npos;
    while (answer.size() < wanted) {
        const ssize_t n = ::recv(fd, buffer, sizeof(buffer), 0);
        if (n <= 0) break;
        answer.append(buffer, std::size_t(n));
        const std::size_t head = answer.find("\r\n\r\n");
        if (head == std::string::npos) continue;
        std::string names = answer.substr(0, head); // in whatever case
        std::transform(names.begin(), names.end(), names.begin(), [](unsigned char c) { return std::tolower(c); });
        const std::size_t at = names.find("content-length:");
        if (at != std::string::npos) wanted = head + 4 + std::stoul(names.substr(at + 15));
    }
    ::close(fd);
    const std::size_t head = answer.find("\r\n\r\n");
    if (head == std::string::npos) fail("chromedriver gives no answer to " + path);
    return answer.substr(head + 4);
}
} // namespace

std::string WebDriver::missing() {
    for (const char *program : {"chromium", "chromedriver"})
        if (find(program).empty())
            return std::string(program) + " is not installed (Debian: chromium, chromium-driver)";
    return {};
}

WebDriver::WebDriver(int width, int height) {
    try {
        start();
        openSession(width, height);
    } catch (...) { // no destructor runs then, and a driver that is left keeps the test's output open
        end();
        throw;
    }
}

void WebDriver::start() {
    char name[] = "/tmp/skbscope-chromium-XXXXXX";
    profile_ = ::mkdtemp(name);
    int ends[2];
    if (::pipe(ends) != 0) fail("no pipe");
    driver_ = ::fork();
    if (driver_ == 0) {
        ::setpgid(0, 0); // the browser is in its group
        ::dup2(ends[1], 1);
        ::close(ends[0]);
        ::close(ends[1]);
        ::execl(find("chromedriver").c_str(), "chromedriver", "--port=0", "--log-level=SEVERE", nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
    std::string said;
    char c = 0;
    const std::string mark = "successfully on port ";
    while (::read(output_, &c, 1) == 1) {
        said += c;
        const std::size_t at = said.find(mark);
        if (c == '\n' && at != std::string::npos) {
            port_ = std::stoi(said.substr(at + mark.size()));
            break;
        }
    }
    if (port_ == 0) fail("chromedriver does not start: " + said);
}

void WebDriver::openSession(int width, int height) {
    const json options = {{"binary", find("chromium")},
                          {"args",
                           {"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                            "--disable-background-networking", "--disable-component-update", "--disable-sync",
                            "--user-data-dir=" + profile_.string(),
                            "--window-size=" + std::to_string(width) + "," + std::to_string(height)}}};
    const json wanted = {{"browserName", "chrome"},
                         {"goog:chromeOptions", options},
                         {"goog:loggingPrefs", {{"browser", "ALL"}, {"performance", "ALL"}}}};
    session_ = ask("POST", "/session", {{"capabilities", {{"alwaysMatch", wanted}}}})["sessionId"];
}

WebDriver::~WebDriver() {
    end();
}

void WebDriver::end() {
    try {
        if (!session_.empty()) ask("DELETE", "/session/" + session_);
    } catch (const std::exception &) { // it is ended below
    }
    if (driver_ > 0) {
        ::kill(-driver_, SIGTERM);
        ::waitpid(driver_, nullptr, 0);
        driver_ = -1;
    }
    if (output_ >= 0) ::close(output_);
    output_ = -1;
    std::error_code ec;
    std::filesystem::remove_all(profile_, ec);
}

json WebDriver::ask(const std::string &method, const std::string &path, const json &body) {
    const std::string answer = request(port_, method, path, body.is_null() ? "" : body.dump());
    const json value = json::parse(answer).at("value");
    if (value.is_object() && value.contains("error")) fail(path + ": " + value.value("message", answer));
    return value;
}

json WebDriver::command(const std::string &path, const json &body) {
    return ask("POST", "/session/" + session_ + path, body);
}

void WebDriver::open(const std::string &url) {
    command("/url", {{"url", url}});
}

json WebDriver::run(const std::string &script, const json &arguments) {
    return command("/execute/sync", {{"script", script}, {"args", arguments}});
}

void WebDriver::press(const std::string &key, int times) {
    json actions = json::array();
    for (int i = 0; i < times; ++i) {
        actions.push_back({{"type", "keyDown"}, {"value", key}});
        actions.push_back({{"type", "keyUp"}, {"value", key}});
    }
    command("/actions", {{"actions", {{{"type", "key"}, {"id", "keyboard"}, {"actions", actions}}}}});
}

void WebDriver::click(const std::string &selector) {
    const json element = command("/element", {{"using", "css selector"}, {"value", selector}});
    command("/element/" + element.begin().value().get<std::string>() + "/click", json::object());
}

json WebDriver::log(const std::string &kind) {
    return command("/se/log", {{"type", kind}});
}

void WebDriver::screenshot(const std::filesystem::path &png) {
    std::ofstream(png, std::ios::binary) << fromBase64(ask("GET", "/session/" + session_ + "/screenshot"));
}

} // namespace skbscope::ui::test
