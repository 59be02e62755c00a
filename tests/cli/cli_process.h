// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built ionscape-cli as a user's shell would.
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace ionscape::testing {

struct CliResult {
    int code = -1;  ///< −1 when the process crashed
    QByteArray out, err;
    /// The one JSON object on standard output; empty when there is anything else.
    QJsonObject json() const;
    /// "ionscape-cli: error: ..." as the only line on standard error.
    bool isOneErrorLine() const;
};

/// \param fileSizeLimit  bytes a file may grow to (stands in for a full disk); 0 = no limit
/// \param standardOutput  file that takes standard output; empty: returned
CliResult runCli(const QStringList& arguments, quint64 fileSizeLimit = 0, const QString& standardOutput = {});

/// Starts the program, sends SIGINT when `file` exists, and waits for the end.
CliResult interruptCli(const QStringList& arguments, const QString& file);

}  // namespace ionscape::testing
