// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a table of compositions as aligned text, CSV or JSON, written one by one.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "core/composition/column.h"

namespace ionscape::cli {

class RowWriter {
  public:
    virtual ~RowWriter() = default;
    virtual void row(const std::string& formula, const std::vector<double>& values) = 0;
    /// Completes the table; nothing may follow.
    virtual void end() {}
};

/// Formula and columns for people, with a line of titles.
std::unique_ptr<RowWriter> textRows(std::ostream& out, std::vector<composition::Column> columns);
/// RFC 4180, "." as decimal sign, 12 significant digits, nothing for a missing value.
std::unique_ptr<RowWriter> csvRows(std::ostream& out, std::vector<composition::Column> columns);
/// One object: `head` (members of it, "\"host\":\"lzsp\"") and "compositions", an array of objects; null for
/// a missing value.
std::unique_ptr<RowWriter> jsonRows(std::ostream& out, std::vector<composition::Column> columns,
                                    const std::string& head);

}  // namespace ionscape::cli
