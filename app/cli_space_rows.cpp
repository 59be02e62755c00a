// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_space_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

namespace ionscape::cli {

namespace {

using composition::Column;

constexpr std::size_t formulaWidth = 56;

class TextRows final : public RowWriter {
  public:
    TextRows(std::ostream& out, std::vector<Column> columns) : out_(out), columns_(std::move(columns)) {
        out_ << fmt::format("{:<{}}", "formula", formulaWidth);
        for (const Column& column : columns_) {
            const std::string title = column.unit.empty() ? column.id : column.id + "/" + column.unit;
            widths_.push_back(std::max<std::size_t>(title.size(), 9));
            out_ << fmt::format("  {:>{}}", title, widths_.back());
        }
        out_ << "\n";
    }

    void row(const std::string& formula, const std::vector<double>& values) override {
        out_ << fmt::format("{:<{}}", formula, formulaWidth);
        for (std::size_t i = 0; i < values.size(); ++i)
            out_ << fmt::format("  {:>{}}", columnText(columns_[i], values[i]), widths_[i]);
        out_ << "\n";
    }

  private:
    std::ostream& out_;
    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
};

class CsvRows final : public RowWriter {
  public:
    CsvRows(std::ostream& out, const std::vector<Column>& columns) : out_(out) {
        out_ << "formula";
        for (const Column& column : columns)
            out_ << "," << column.id;
        out_ << "\r\n";
    }

    void row(const std::string& formula, const std::vector<double>& values) override {
        std::string line = formula;
        for (const double value : values) {
            line += ',';
            if (std::isfinite(value)) line += fmt::format("{:.12g}", value);
        }
        out_ << line << "\r\n";
    }

  private:
    std::ostream& out_;
};

class JsonRows final : public RowWriter {
  public:
    JsonRows(std::ostream& out, std::vector<Column> columns, const std::string& head)
        : out_(out), columns_(std::move(columns)) {
        out_ << "{" << head << (head.empty() ? "" : ",") << "\"compositions\":[";
    }

    void row(const std::string& formula, const std::vector<double>& values) override {
        nlohmann::json object = {{"formula", formula}};
        for (std::size_t i = 0; i < values.size(); ++i)
            object[columns_[i].id] = std::isfinite(values[i]) ? nlohmann::json(values[i]) : nlohmann::json();
        out_ << (first_ ? "" : ",\n") << object.dump();
        first_ = false;
    }

    void end() override { out_ << "]}\n"; }

  private:
    std::ostream& out_;
    std::vector<Column> columns_;
    bool first_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> textRows(std::ostream& out, std::vector<Column> columns) {
    return std::make_unique<TextRows>(out, std::move(columns));
}

std::unique_ptr<RowWriter> csvRows(std::ostream& out, std::vector<Column> columns) {
    return std::make_unique<CsvRows>(out, columns);
}

std::unique_ptr<RowWriter> jsonRows(std::ostream& out, std::vector<Column> columns, const std::string& head) {
    return std::make_unique<JsonRows>(out, std::move(columns), head);
}

}  // namespace ionscape::cli
