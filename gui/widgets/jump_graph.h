// SPDX-License-Identifier: GPL-3.0-or-later
// Sites as discs as large as their occupancy, the connections between them as lines as thick as their rate.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QMouseEvent;

namespace ionscape::gui {

class JumpGraph final : public PlotWidget {
    Q_OBJECT

  public:
    struct Node {
        QString label;
        std::array<double, 3> place{};  ///< fractional, in the cell
        double occupancy = 0.0;
    };
    struct Edge {
        int from = 0, to = 0;
        std::array<int, 3> cell{};  ///< that it leads into
        double rate = 0.0;          ///< 1/ps
        double distance = 0.0;      ///< Å
    };
    struct Item {
        bool edge = false;
        int index = 0;
        friend bool operator==(const Item&, const Item&) = default;
    };

    explicit JumpGraph(QWidget* parent = nullptr);
    void setContent(std::vector<Node> nodes, std::vector<Edge> edges);
    void setSelected(const std::optional<Item>& item);
    const std::optional<Item>& selected() const { return selected_; }
    /// The axis (0, 1, 2) along which one looks: the one that hides fewest sites behind others.
    int axis() const { return axis_; }
    int edgeCount() const { return static_cast<int>(edges_.size()); }
    QPointF pixel(int node) const;
    /// Middle of the first piece of a line.
    QPointF edgePixel(int edge) const;
    QString csv() const override;
    QString name() const override { return QStringLiteral("jump_graph"); }

  signals:
    /// Nothing for a click beside everything.
    void chosen(const std::optional<ionscape::gui::JumpGraph::Item>& item);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    std::optional<Item> selected_;
    int axis_ = 2;
    std::array<double, 2> place(int node) const;
    /// A connection that leaves the cell is drawn from both ends as far as the border.
    std::vector<std::array<double, 4>> pieces(const Edge& edge) const;
    std::optional<Item> itemAt(const QPointF& position) const;
    void chooseAxis();
    void rebuild();
    void showHover(QMouseEvent* event);
    QString text(const Item& item) const;
};

}  // namespace ionscape::gui
