// SPDX-License-Identifier: GPL-3.0-or-later
// A square matrix of signed numbers, such as correlations, with names on both axes.
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
        std::vector<double> values;  ///< row by row
        double limit = 1.0;          ///< colours run from −limit to limit
    };

    /// \param quantity  what the colours mean; \param name  stem of exported files
    CorrelationMap(const QString& quantity, const QString& name, QWidget* parent = nullptr);
    /// Another quantity with its unit.
    void setQuantity(const QString& quantity);
    void setContent(Content content);
    void clear() { setContent({}); }
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return name_; }

  signals:
    /// A cell was clicked.
    void picked(int first, int second);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    Content content_;
    QString quantity_, name_;
    QCPColorMap* map_;
    QCPColorScale* scale_;
    std::optional<std::pair<int, int>> cellAt(const QPointF& position) const;
    double value(int first, int second) const;
};

}  // namespace ionscape::gui
