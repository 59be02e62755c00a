// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli_process.h"

#include <sys/resource.h>

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>
#include <csignal>

namespace ionscape::testing {

namespace {

constexpr int longest = 300'000;  // ms; only a hanging program takes this long

CliResult collect(QProcess& process) {
    CliResult result;
    if (!process.waitForFinished(longest)) {
        process.kill();
        process.waitForFinished();
        return result;
    }
    if (process.exitStatus() == QProcess::NormalExit) result.code = process.exitCode();
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

}  // namespace

QJsonObject CliResult::json() const {
    return QJsonDocument::fromJson(out).object();
}

bool CliResult::isOneErrorLine() const {
    return err.startsWith("ionscape-cli: error: ") && err.count('\n') == 1 && err.endsWith('\n');
}

CliResult runCli(const QStringList& arguments, quint64 fileSizeLimit, const QString& standardOutput) {
    QProcess process;
    if (!standardOutput.isEmpty()) process.setStandardOutputFile(standardOutput);
    if (fileSizeLimit > 0) {
        process.setChildProcessModifier([fileSizeLimit] {
            const rlimit limit{fileSizeLimit, fileSizeLimit};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        });
    }
    process.start(IONSCAPE_CLI, arguments);
    return collect(process);
}

CliResult interruptCli(const QStringList& arguments, const QString& file) {
    QProcess process;
    process.start(IONSCAPE_CLI, arguments);
    if (!process.waitForStarted()) return {};
    // The program catches signals before it creates its file.
    if (!QTest::qWaitFor([&] { return QFile::exists(file) || process.state() == QProcess::NotRunning; },
                         longest)) {
        return {};
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    return collect(process);
}

}  // namespace ionscape::testing
