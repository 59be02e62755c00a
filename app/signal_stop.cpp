// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signal_stop.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "app/cli_common.h"
#include "core/base/error.h"

namespace ionscape::cli {

namespace {

// A signal handler may only touch lock-free atomics and write(): a pipe carries the news to a thread, which
// may do more.
std::atomic<bool> received{false};
std::atomic<int> pipeEnd{-1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);
constexpr char stopByte = 's';
constexpr char quitByte = 'q';

extern "C" void onSignal(int) {
    const int saved = errno;
    if (received.exchange(true)) ::_exit(interrupted);
    if (::write(pipeEnd.load(), &stopByte, 1) != 1) ::_exit(interrupted);
    errno = saved;
}

void install(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;  // files are written meanwhile
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

SignalStop::SignalStop() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw Error(std::string("no pipe for signals: ") + std::strerror(errno));
    received = false;
    pipeEnd = ends[1];
    watcher_ = std::thread([this, reading = ends[0]] {
        char byte = quitByte;
        while (::read(reading, &byte, 1) == 1 && byte == stopByte)
            source_.request_stop();
        ::close(reading);
    });
    install(onSignal);
}

SignalStop::~SignalStop() {
    install(SIG_DFL);
    const int writing = pipeEnd.exchange(-1);
    [[maybe_unused]] const auto sent = ::write(writing, &quitByte, 1);
    watcher_.join();
    ::close(writing);
}

}  // namespace ionscape::cli
