// SPDX-License-Identifier: GPL-2.0-or-later
// A headless Chromium for tests, driven through chromedriver's WebDriver protocol on loopback.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/types.h>

namespace skbscope::ui::test {

class WebDriver {
public:
    // Why there is none: a line to skip a test with; empty: there is one.
    [[nodiscard]] static std::string missing();
    // Throws std::runtime_error with what went wrong, as everything below does.
    WebDriver(int width, int height);
    ~WebDriver(); // ends the browser and its driver
    WebDriver(const WebDriver &) = delete;
    WebDriver &operator=(const WebDriver &) = delete;

    void open(const std::string &url);
    // The value that `script` returns.
    nlohmann::json run(const std::string &script, const nlohmann::json &arguments = nlohmann::json::array());
    // Presses and lets go: a character, or a key of the WebDriver table: "\uE014" is Right.
    void press(const std::string &key, int times = 1);
    void click(const std::string &selector);
    [[nodiscard]] nlohmann::json log(const std::string &kind); // "browser", "performance"; since it was last asked for
    void screenshot(const std::filesystem::path &png);

private:
    void start();
    void openSession(int width, int height);
    void end();
    nlohmann::json ask(const std::string &method, const std::string &path, const nlohmann::json &body = {});
    nlohmann::json command(const std::string &path, const nlohmann::json &body);
    pid_t driver_ = -1;
    int output_ = -1, port_ = 0;
    std::string session_;
    std::filesystem::path profile_;
};

} // namespace skbscope::ui::test
