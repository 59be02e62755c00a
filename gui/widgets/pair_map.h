// SPDX-License-Identifier: GPL-3.0-or-later
// Which pairs of elements go together: the mean of a column over all compositions that hold both.
#pragma once

#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPColorMap;
class QCPColorScale;
class QCPItemRect;

namespace ionscape::gui {

class PairMap final : public PlotWidget {
    Q_OBJECT

  public:
    struct Content {
        QStringList elements;
        /// elements × elements, row by row, symmetric; NaN where no composition holds both. The diagonal
        /// holds the mean over all compositions with the element.
        std::vector<double> mean;
        std::vector<int> count;
        QString label;
    };

    explicit PairMap(QWidget* parent = nullptr);
    void setContent(Content content);

    QString csv() const override;
    QString name() const override { return QStringLiteral("element-pairs"); }

  signals:
    void hovered(const QString& text, const QPoint& globalPosition);
    /// A click on a cell; the same index twice on the diagonal.
    void picked(int first, int second);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    Content content_;
    QCPColorMap* map_;
    QCPColorScale* scale_;
    QCPItemRect* frame_;
    std::optional<std::pair<int, int>> cellAt(const QPoint& position) const;
    std::size_t index(int first, int second) const;
};

}  // namespace ionscape::gui
