// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/jump_graph.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace jump_graph_detail {

constexpr double margin = 0.06;  // of the cell, around it
constexpr double reach = 6.0;    // px from a line that the mouse may miss it

double discSize(double occupancy) {
    return 6.0 + 14.0 * std::sqrt(std::clamp(occupancy, 0.0, 1.5));
}

double distanceTo(const QPointF& p, const QPointF& a, const QPointF& b) {
    const QPointF way = b - a, arm = p - a;
    const double length = QPointF::dotProduct(way, way);
    const double t = length > 0.0 ? std::clamp(QPointF::dotProduct(arm, way) / length, 0.0, 1.0) : 0.0;
    const QPointF apart = arm - t * way;
    return std::hypot(apart.x(), apart.y());
}

}  // namespace jump_graph_detail

using namespace jump_graph_detail;

JumpGraph::JumpGraph(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Sites and jumps as a graph"));
    setUpAxisRect(plot()->axisRect());
    plot()->legend->setVisible(false);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (event->button() == Qt::LeftButton) emit chosen(itemAt(event->position()));
    });
    connect(plot(), &QCustomPlot::mouseMove, this, &JumpGraph::showHover);
    setEmptyHint(tr("Sites and the jumps between them appear here after the analysis."));
    applyPalette(palette());
    setContent({}, {});
}

void JumpGraph::setContent(std::vector<Node> nodes, std::vector<Edge> edges) {
    nodes_ = std::move(nodes);
    edges_ = std::move(edges);
    selected_.reset();
    setEmpty(nodes_.empty());
    chooseAxis();
    rebuild();
}

void JumpGraph::setSelected(const std::optional<Item>& item) {
    if (item == selected_) return;
    selected_ = item;
    rebuild();
}

void JumpGraph::chooseAxis() {
    double best = -1.0;
    for (int axis = 0; axis < 3; ++axis) {
        double nearest = 1.0, sum = 0.0;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            nearest = 1.0;
            for (std::size_t j = 0; j < nodes_.size(); ++j) {
                if (i == j) continue;
                double square = 0.0;
                for (int other : {(axis + 1) % 3, (axis + 2) % 3}) {
                    double apart = nodes_[i].place[static_cast<std::size_t>(other)] -
                                   nodes_[j].place[static_cast<std::size_t>(other)];
                    apart -= std::round(apart);
                    square += apart * apart;
                }
                nearest = std::min(nearest, std::sqrt(square));
            }
            sum += nearest;
        }
        if (sum > best + 1e-9) {
            best = sum;
            axis_ = axis;
        }
    }
}

std::array<double, 2> JumpGraph::place(int node) const {
    const auto& at = nodes_.at(static_cast<std::size_t>(node)).place;
    return {at[static_cast<std::size_t>((axis_ + 1) % 3)], at[static_cast<std::size_t>((axis_ + 2) % 3)]};
}

std::vector<std::array<double, 4>> JumpGraph::pieces(const Edge& edge) const {
    const auto a = place(edge.from), b = place(edge.to);
    const double du = edge.cell[static_cast<std::size_t>((axis_ + 1) % 3)];
    const double dv = edge.cell[static_cast<std::size_t>((axis_ + 2) % 3)];
    if (du == 0.0 && dv == 0.0) return {{a[0], a[1], b[0], b[1]}};
    return {{a[0], a[1], b[0] + du, b[1] + dv}, {a[0] - du, a[1] - dv, b[0], b[1]}};
}

QPointF JumpGraph::pixel(int node) const {
    const auto at = place(node);
    return {plot()->xAxis->coordToPixel(at[0]), plot()->yAxis->coordToPixel(at[1])};
}

QPointF JumpGraph::edgePixel(int edge) const {
    const auto piece = pieces(edges_.at(static_cast<std::size_t>(edge))).front();
    // A third of the way is inside the cell for most of those that leave it.
    return {plot()->xAxis->coordToPixel(piece[0] + (piece[2] - piece[0]) / 3.0),
            plot()->yAxis->coordToPixel(piece[1] + (piece[3] - piece[1]) / 3.0)};
}

std::optional<JumpGraph::Item> JumpGraph::itemAt(const QPointF& position) const {
    std::optional<Item> best;
    double nearest = 1e9;
    for (int i = 0; i < static_cast<int>(nodes_.size()); ++i) {
        const QPointF apart = pixel(i) - position;
        const double d = std::hypot(apart.x(), apart.y());
        const double radius = 0.5 * discSize(nodes_[static_cast<std::size_t>(i)].occupancy) + 2.0;
        if (d > radius || d >= nearest) continue;
        nearest = d;
        best = Item{false, i};
    }
    if (best) return best;
    nearest = reach;
    for (int i = 0; i < static_cast<int>(edges_.size()); ++i)
        for (const auto& piece : pieces(edges_[static_cast<std::size_t>(i)])) {
            const QPointF a(plot()->xAxis->coordToPixel(piece[0]), plot()->yAxis->coordToPixel(piece[1]));
            const QPointF b(plot()->xAxis->coordToPixel(piece[2]), plot()->yAxis->coordToPixel(piece[3]));
            const double d = distanceTo(position, a, b);
            if (d >= nearest) continue;
            nearest = d;
            best = Item{true, i};
        }
    return best;
}

void JumpGraph::rebuild() {
    plot()->clearGraphs();
    plot()->clearItems();
    const QColor ground = plot()->palette().color(QPalette::Base);
    const QColor ink = plot()->palette().color(QPalette::WindowText);
    const QColor accent = themeColours(plot()->palette()).accent;
    double fastest = 0.0;
    for (const Edge& edge : edges_)
        fastest = std::max(fastest, edge.rate);
    // The rarest first, so that the others lie over them.
    for (int i = static_cast<int>(edges_.size()) - 1; i >= 0; --i) {
        const Edge& edge = edges_[static_cast<std::size_t>(i)];
        const bool mine = selected_ == Item{true, i};
        QColor colour = mine ? accent : seriesColour(1, ground);
        if (!mine) colour.setAlphaF(static_cast<float>(0.25 + 0.55 * std::sqrt(edge.rate / fastest)));
        for (const auto& piece : pieces(edge)) {
            QCPGraph* line = plot()->addGraph();
            line->setPen(QPen(colour, (mine ? 2.0 : 0.6) + 5.0 * std::sqrt(edge.rate / fastest)));
            line->setAdaptiveSampling(false);
            // Sorted by x: a graph keeps its points in that order.
            QVector<double> x{piece[0], piece[2]}, y{piece[1], piece[3]};
            line->setData(x, y);
        }
    }
    for (int i = 0; i < static_cast<int>(nodes_.size()); ++i) {
        const Node& node = nodes_[static_cast<std::size_t>(i)];
        const bool mine = selected_ == Item{false, i};
        QCPGraph* disc = plot()->addGraph();
        disc->setLineStyle(QCPGraph::lsNone);
        disc->setScatterStyle({QCPScatterStyle::ssCircle, QPen(mine ? accent : ink, mine ? 3.0 : 1.0),
                               seriesColour(0, ground), discSize(node.occupancy)});
        const auto at = place(i);
        disc->addData(at[0], at[1]);
        auto* label = new QCPItemText(plot());
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        label->position->setCoords(at[0] + 0.012, at[1] + 0.012);
        label->setText(node.label);
        label->setFont(font());
        label->setColor(mine ? accent : ink);
    }
    const QString axes = QStringLiteral("abc");
    plot()->xAxis->setLabel(tr("fractional %1").arg(axes.at((axis_ + 1) % 3)));
    plot()->yAxis->setLabel(tr("fractional %1").arg(axes.at((axis_ + 2) % 3)));
    plot()->xAxis->setRange(-margin, 1.0 + margin);
    plot()->yAxis->setRange(-margin, 1.0 + margin);
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!nodes_.empty());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

QString JumpGraph::text(const Item& item) const {
    const QLocale locale;
    if (!item.edge) {
        const Node& node = nodes_.at(static_cast<std::size_t>(item.index));
        return tr("Site %1: %2 ions").arg(node.label, locale.toString(node.occupancy, 'f', 2));
    }
    const Edge& edge = edges_.at(static_cast<std::size_t>(item.index));
    return tr("%1 → %2: %3 jumps/ns, %4 Å")
        .arg(nodes_.at(static_cast<std::size_t>(edge.from)).label,
             nodes_.at(static_cast<std::size_t>(edge.to)).label, locale.toString(1000.0 * edge.rate, 'g', 3),
             locale.toString(edge.distance, 'f', 2));
}

void JumpGraph::showHover(QMouseEvent* event) {
    const auto item = itemAt(event->position());
    if (item)
        QToolTip::showText(event->globalPosition().toPoint(), text(*item), plot());
    else
        QToolTip::hideText();
}

void JumpGraph::restyle(const QPalette& palette) {
    plot()->setPalette(palette);  // rebuild() takes its colours from there
    rebuild();
}

QString JumpGraph::csv() const {
    QString text =
        QStringLiteral("from,to,cell_a,cell_b,cell_c,rate_per_ps,distance_A,occupancy_from,occupancy_to\n");
    for (const Edge& edge : edges_) {
        const Node& from = nodes_.at(static_cast<std::size_t>(edge.from));
        const Node& to = nodes_.at(static_cast<std::size_t>(edge.to));
        text += QStringLiteral("%1,%2,%3,%4,%5,%6,%7,%8,%9\n")
                    .arg(from.label, to.label)
                    .arg(edge.cell[0])
                    .arg(edge.cell[1])
                    .arg(edge.cell[2])
                    .arg(edge.rate, 0, 'g', 8)
                    .arg(edge.distance, 0, 'g', 8)
                    .arg(from.occupancy, 0, 'g', 8)
                    .arg(to.occupancy, 0, 'g', 8);
    }
    return text;
}

}  // namespace ionscape::gui
