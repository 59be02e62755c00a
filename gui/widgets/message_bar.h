// SPDX-License-Identifier: GPL-3.0-or-later
// Inline messages with a way out, instead of modal boxes.
#pragma once

#include <QFrame>
#include <functional>
#include <utility>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace ionscape::gui {

class MessageBar final : public QFrame {
    Q_OBJECT

  public:
    enum class Kind { Information, Warning, Error };
    /// Text of a button and what it does; every button also closes the bar.
    using Action = std::pair<QString, std::function<void()>>;

    explicit MessageBar(QWidget* parent = nullptr);
    /// Replaces an earlier message.
    void showMessage(Kind kind, const QString& text, const std::vector<Action>& actions = {});
    void dismiss();
    QString text() const;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Kind kind_ = Kind::Information;
    QLabel* label_;
    QHBoxLayout* buttons_;
};

}  // namespace ionscape::gui
