// SPDX-License-Identifier: GPL-3.0-or-later
// An edit that replaces one value by another.
#pragma once

#include <QUndoCommand>
#include <functional>

namespace ionscape::gui {

template <typename Value>
class UndoValue final : public QUndoCommand {
  public:
    /// `apply` shows a value without making another edit of it; it must outlive the command.
    UndoValue(const QString& text, Value before, Value after, std::function<void(const Value&)> apply)
        : QUndoCommand(text),
          before_(std::move(before)),
          after_(std::move(after)),
          apply_(std::move(apply)) {}
    void undo() override { apply_(before_); }
    void redo() override { apply_(after_); }

  private:
    Value before_, after_;
    std::function<void(const Value&)> apply_;
};

}  // namespace ionscape::gui
