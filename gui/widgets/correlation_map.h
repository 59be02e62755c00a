// SPDX-License-Identifier: GPL-3.0-or-later
// A square matrix of correlations with names on both axes.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPColorMap;
class QCPColorScale;

namespace ionscape::gui {

class CorrelationMap final : public PlotWidget {
    Q_OBJECT

  public:
    struct Content {
        QStringList names;
        std::vector<double> values;  ///< row by row, −1 ... 1
    };

    explicit CorrelationMap(QWidget* parent = nullptr);
    void setContent(Content content);
    void clear() { setContent({}); }
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return QStringLiteral("correlation"); }

  signals:
    /// A cell was clicked.
    void picked(int first, int second);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    Content content_;
    QCPColorMap* map_;
    QCPColorScale* scale_;
    std::optional<std::pair<int, int>> cellAt(const QPointF& position) const;
    double value(int first, int second) const;
};

}  // namespace ionscape::gui
