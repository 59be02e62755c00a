// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the plots from the columns of the browser's table.
#include "gui/views/space_map_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "gui/models/space_model.h"
#include "gui/views/text.h"
#include "gui/widgets/pair_map.h"
#include "gui/widgets/space_map.h"

namespace ionscape::gui {

namespace space_map_detail {

QComboBox* columnBox(const QString& name, const QString& tip) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(9);
    box->view()->setMinimumWidth(260);
    return box;
}

}  // namespace space_map_detail

SpaceMapPanel::SpaceMapPanel(SpaceBrowser& browser, QWidget* parent)
    : QWidget(parent),
      browser_(browser),
      map_(new SpaceMap),
      pairs_(new PairMap),
      plots_(new QStackedWidget),
      view_(new QComboBox),
      x_(space_map_detail::columnBox(tr("Horizontal axis"), tr("Column along the horizontal axis"))),
      y_(space_map_detail::columnBox(tr("Vertical axis"), tr("Column along the vertical axis"))),
      colour_(space_map_detail::columnBox(tr("Colour"), tr("Column that the colours show"))),
      axes_(new QWidget),
      triangle_(new QWidget) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(4);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 0, 8, 0);
    view_->setObjectName("mapView");
    view_->addItem(tr("Scatter"), static_cast<int>(View::Scatter));
    view_->addItem(tr("Ternary"), static_cast<int>(View::Ternary));
    view_->addItem(tr("Element pairs"), static_cast<int>(View::Pairs));
    view_->setAccessibleName(tr("Kind of map"));
    view_->setToolTip(
        tr("Two columns against each other, the shares of three species in a triangle, or means "
           "over all compositions that hold two elements"));
    bar->addWidget(view_);
    auto* axesRow = new QHBoxLayout(axes_);
    axesRow->setContentsMargins(0, 0, 0, 0);
    axesRow->addWidget(x_, 1);
    axesRow->addWidget(new QLabel(QStringLiteral("×")));
    axesRow->addWidget(y_, 1);
    bar->addWidget(axes_, 2);
    auto* corners = new QHBoxLayout(triangle_);
    corners->setContentsMargins(0, 0, 0, 0);
    for (auto& corner : corners_) {
        corner = new QComboBox;
        corner->setAccessibleName(tr("Corner of the triangle"));
        corner->setToolTip(tr("Element at a corner of the triangle"));
        corners->addWidget(corner, 1);
        connect(corner, &QComboBox::activated, this, &SpaceMapPanel::update);
    }
    bar->addWidget(triangle_, 2);
    bar->addWidget(new QLabel(tr("coloured by")));
    bar->addWidget(colour_, 1);
    auto* whole = new QToolButton;
    whole->setText(tr("Whole map"));
    whole->setAutoRaise(true);
    whole->setToolTip(
        tr("Shows all points again (double click beside the points). The wheel zooms, the middle "
           "button moves, the left button draws around points; with Shift it adds them."));
    bar->addWidget(whole);
    layout->addLayout(bar);
    plots_->addWidget(map_);
    plots_->addWidget(pairs_);
    layout->addWidget(plots_, 1);
    map_->setEmptyHint(tr("No composition matches. Loosen the bounds on the left."));
    pairs_->setEmptyHint(tr("No composition matches. Loosen the bounds on the left."));
    fillColumns();
    fillCorners();

    for (QComboBox* box : {x_, y_, colour_})
        connect(box, &QComboBox::activated, this, &SpaceMapPanel::update);
    connect(view_, &QComboBox::activated, this, &SpaceMapPanel::update);
    connect(whole, &QToolButton::clicked, map_, &SpaceMap::resetView);
    connect(&browser_, &SpaceBrowser::changed, this, &SpaceMapPanel::update);
    connect(&browser_, &SpaceBrowser::selectionChanged, this, [this] {
        map_->setSelected(browser_.selection());
        map_->setCurrent(browser_.current());
    });
    connect(map_, &SpaceMap::picked, this, [this](std::uint32_t row) { browser_.select({row}); });
    connect(map_, &SpaceMap::activated, this, &SpaceMapPanel::activated);
    connect(map_, &SpaceMap::lassoed, this, [this](const std::vector<std::uint32_t>& rows, bool extend) {
        std::vector<std::uint32_t> all = extend ? browser_.selection() : std::vector<std::uint32_t>();
        for (const auto row : rows)
            if (std::find(all.begin(), all.end(), row) == all.end()) all.push_back(row);
        browser_.select(std::move(all));
    });
    connect(map_, &SpaceMap::hovered, this, &SpaceMapPanel::showHover);
    connect(pairs_, &PairMap::hovered, this, [this](const QString& text, const QPoint& position) {
        text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(position + QPoint(14, 10), text, this);
    });
    connect(pairs_, &PairMap::picked, this, [this](int first, int second) {
        const auto& species = browser_.host().mixed().species;
        const auto has = [&](const composition::Composition& composition, int index) {
            const auto element = species[static_cast<std::size_t>(index)].element;
            return std::any_of(composition.counts.begin(), composition.counts.end(),
                               [&](const auto& entry) { return entry.first == element; });
        };
        std::vector<std::uint32_t> rows;
        for (const auto row : browser_.rows()) {
            const auto composition = browser_.table()->composition(row);
            if (has(composition, first) && has(composition, second)) rows.push_back(row);
        }
        browser_.select(std::move(rows));
    });
    setAxes("r_mean", "chi_mean", "mobile");
    update();
}

void SpaceMapPanel::fillColumns() {
    filledFrom_ = browser_.table();
    filledColumns_ = browser_.table()->columns().size();
    for (QComboBox* box : {x_, y_, colour_}) {
        const QString before = box->currentData().toString();
        box->clear();
        for (const auto& column : browser_.table()->columns()) {
            if (!column.undefined.empty()) continue;
            box->addItem(QString::fromStdString(column.title), QString::fromStdString(column.id));
            box->setItemData(box->count() - 1, columnTip(column), Qt::ToolTipRole);
        }
        choose(box, before);
    }
}

void SpaceMapPanel::fillCorners() {
    const auto& species = browser_.host().mixed().species;
    for (std::size_t i = 0; i < corners_.size(); ++i) {
        for (const auto& one : species)
            corners_[i]->addItem(symbolText(one.element));
        corners_[i]->setCurrentIndex(static_cast<int>(std::min(i, species.size() - 1)));
    }
    // Hf and Sn beside the host's own where it has them: the corner of the published best.
    const std::array<const char*, 3> wanted{"", "Hf", "Sn"};
    for (std::size_t i = 1; i < corners_.size(); ++i)
        if (const int found = corners_[i]->findText(wanted[i]); found >= 0)
            corners_[i]->setCurrentIndex(found);
}

void SpaceMapPanel::choose(QComboBox* box, const QString& id) {
    if (const int index = box->findData(id); index >= 0) box->setCurrentIndex(index);
}

void SpaceMapPanel::setAxes(const QString& x, const QString& y, const QString& colour) {
    choose(x_, x);
    choose(y_, y);
    choose(colour_, colour);
    update();
}

SpaceMapPanel::View SpaceMapPanel::view() const {
    return static_cast<View>(view_->currentData().toInt());
}

void SpaceMapPanel::setView(View view) {
    view_->setCurrentIndex(view_->findData(static_cast<int>(view)));
    update();
}

std::optional<std::size_t> SpaceMapPanel::column(const QComboBox* box) const {
    return browser_.table()->findColumn(box->currentData().toString().toStdString());
}

void SpaceMapPanel::update() {
    // Another table may have other columns (components, predictions), or other shares in their titles.
    if (filledFrom_.lock() != browser_.table() || filledColumns_ != browser_.table()->columns().size())
        fillColumns();
    axes_->setVisible(view() == View::Scatter);
    triangle_->setVisible(view() == View::Ternary);
    plots_->setCurrentIndex(view() == View::Pairs ? 1 : 0);
    if (view() == View::Pairs) {
        updatePairs();
        return;
    }
    const auto table = browser_.table();
    const auto colour = column(colour_);
    SpaceMap::Content content;
    if (view() == View::Ternary) {
        std::array<const std::vector<double>*, 3> shares{};
        for (std::size_t i = 0; i < corners_.size(); ++i) {
            content.corners << corners_[i]->currentText();
            const auto found = table->findColumn(corners_[i]->currentText().toStdString());
            if (!found) return;
            shares[i] = &table->values(*found);
        }
        for (std::size_t row = 0; row < table->rows(); ++row) {
            const auto [x, y] = ternaryPlace((*shares[0])[row], (*shares[1])[row], (*shares[2])[row]);
            content.x.push_back(x);
            content.y.push_back(y);
        }
    } else {
        const auto x = column(x_), y = column(y_);
        if (!x || !y) return;
        content.x = table->values(*x);
        content.y = table->values(*y);
        content.xLabel = columnTitle(table->columns()[*x]);
        content.yLabel = columnTitle(table->columns()[*y]);
    }
    if (colour) {
        content.colour = table->values(*colour);
        content.colourLabel = columnTitle(table->columns()[*colour]);
        for (const auto& name : table->columns()[*colour].classes)
            content.colourClasses << QString::fromStdString(name);
    }
    content.shown = browser_.rows();
    content.name = [table](std::uint32_t row) { return QString::fromStdString(table->formula(row)); };
    map_->setContent(std::move(content));
}

void SpaceMapPanel::updatePairs() {
    const auto table = browser_.table();
    const auto colour = column(colour_);
    if (!colour) return;
    const auto& species = browser_.host().mixed().species;
    const std::size_t n = species.size();
    PairMap::Content content;
    content.label = columnTitle(table->columns()[*colour]);
    content.mean.assign(n * n, 0.0);
    content.count.assign(n * n, 0);
    std::map<crystal::Element, std::size_t> index;
    for (std::size_t i = 0; i < n; ++i) {
        content.elements << symbolText(species[i].element);
        index[species[i].element] = i;
    }
    const auto& values = table->values(*colour);
    for (const auto row : browser_.rows()) {
        if (std::isnan(values[row])) continue;
        const auto composition = table->composition(row);
        for (const auto& [first, a] : composition.counts)
            for (const auto& [second, b] : composition.counts) {
                const std::size_t cell = index[first] * n + index[second];
                content.mean[cell] += values[row];
                ++content.count[cell];
            }
    }
    for (std::size_t cell = 0; cell < n * n; ++cell)
        content.mean[cell] =
            content.count[cell] > 0 ? content.mean[cell] / content.count[cell] : std::nan("");
    if (browser_.rows().empty()) content = {};
    pairs_->setContent(std::move(content));
}

void SpaceMapPanel::showHover(std::optional<std::uint32_t> row, const QPoint& position) {
    if (!row) {
        QToolTip::hideText();
        return;
    }
    const auto table = browser_.table();
    QString text = formulaHtml(compositionFormula(browser_.host(), table->composition(*row)));
    QStringList seen;
    for (const QComboBox* box : {x_, y_, colour_}) {
        const auto index = column(box);
        if (!index || seen.contains(box->currentText())) continue;
        seen << box->currentText();
        const auto& info = table->columns()[*index];
        text += QStringLiteral("<br>%1: %2 %3")
                    .arg(QString::fromStdString(info.title),
                         QString::fromStdString(columnText(info, table->values(*index)[*row])),
                         QString::fromStdString(info.unit));
    }
    QToolTip::showText(position + QPoint(14, 10), text, this);
}

void SpaceMapPanel::save(QSettings& settings) const {
    settings.setValue("space/view", view_->currentData());
    settings.setValue("space/axes", QStringList{x_->currentData().toString(), y_->currentData().toString(),
                                                colour_->currentData().toString()});
}

void SpaceMapPanel::restore(const QSettings& settings) {
    const QStringList axes = settings.value("space/axes").toStringList();
    if (axes.size() == 3) setAxes(axes[0], axes[1], axes[2]);
    const int view = view_->findData(settings.value("space/view"));
    if (view >= 0) setView(static_cast<View>(view_->itemData(view).toInt()));
}

}  // namespace ionscape::gui
