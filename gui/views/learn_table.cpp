// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "gui/views/data_table.h"
#include "gui/views/learn_form.h"
#include "gui/views/number_item.h"
#include "gui/views/text.h"
#include "gui/widgets/histogram_plot.h"

namespace ionscape::gui {
namespace learn_table_detail {

constexpr int rowRole = Qt::UserRole + 1;

QTableWidgetItem* numberItem(double value, int digits) {
    return new NumberItem(std::isfinite(value) ? numberText(value, digits) : QString(), value);
}

/// "Hf Sn" is "Hf and Sn"; everything else stays.
QString asCondition(const QString& text) {
    const QStringList words = text.split(QRegularExpression("[\\s,;]+"), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        try {
            (void)crystal::Element::fromSymbol(word.toStdString());
        } catch (const InputError&) {
            return text;
        }
    }
    return words.join(" and ");
}

}  // namespace learn_table_detail

LearnTable::LearnTable(QWidget* parent)
    : QWidget(parent),
      search_(new QLineEdit),
      count_(new QLabel),
      detail_(new QLabel),
      table_(new QTableWidget),
      histogram_(new HistogramPlot(tr("Target"), "target-distribution")) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(4);
    auto* bar = new QHBoxLayout;
    search_->setObjectName("learnSearch");
    search_->setClearButtonEnabled(true);
    search_->setPlaceholderText(tr("Formula, elements or condition: Hf Sn, Hf > 0.3 and S_config > 1.5"));
    search_->setAccessibleName(tr("Search the data"));
    count_->setProperty("role", "muted");
    bar->addWidget(search_, 1);
    bar->addWidget(count_);
    column->addLayout(bar);
    buildTable();
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setObjectName("learnTableHalves");
    halves->setChildrenCollapsible(false);
    halves->addWidget(table_);
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(2);
    detail_->setObjectName("learnDetail");
    detail_->setWordWrap(true);
    detail_->setTextFormat(Qt::RichText);
    detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    detail_->hide();
    lowerLayout->addWidget(detail_);
    histogram_->setEmptyHint(tr("The distribution of the target over all rows appears here."));
    histogram_->setMinimumHeight(110);
    lowerLayout->addWidget(histogram_, 1);
    halves->addWidget(lower);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    column->addWidget(halves, 1);
    connect(search_, &QLineEdit::textChanged, this, &LearnTable::filter);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto items = table_->selectedItems();
        if (items.isEmpty()) return;
        const auto* first = table_->item(items.front()->row(), Formula);
        emit picked(static_cast<std::size_t>(first->data(learn_table_detail::rowRole).toULongLong()));
    });
}

void LearnTable::buildTable() {
    setUpDataTable(*table_);
    setUpDenseRows(*table_);
    table_->setObjectName("learnTable");
    table_->setAccessibleName(tr("Rows of the data"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setColumnCount(Columns);
    table_->setHorizontalHeaderLabels({tr("Formula"), tr("Type"), tr("Mobile"), tr("S_config"),
                                       tr("Simulated"), tr("Predicted"), tr("± error"), tr("Distance"),
                                       tr("Problem")});
    table_->horizontalHeaderItem(Mobile)->setToolTip(tr("Mobile ions per formula unit"));
    table_->horizontalHeaderItem(Entropy)->setToolTip(tr("Configurational entropy, R"));
    table_->horizontalHeaderItem(Distance)->setToolTip(
        tr("To the nearest row that was learnt from; above 1 the model extrapolates"));
    table_->horizontalHeader()->setDefaultSectionSize(72);
    table_->setColumnWidth(Formula, 190);
    table_->setColumnWidth(Type, 48);
    table_->setColumnWidth(Mobile, 70);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setSortingEnabled(true);
    table_->sortByColumn(Predicted, Qt::DescendingOrder);
}

QString LearnTable::unit() const {
    return data_ ? QString::fromStdString(data_->target(target_).definition.unit) : QString();
}

void LearnTable::setContent(const LearningDataPtr& opened, const std::shared_ptr<const LearnedModel>& learned,
                            const std::string& target) {
    const bool other = opened != data_;
    data_ = opened;
    learned_ = learned;
    target_ = target;
    if (other) {
        selected_.reset();
        readCompositions();
    }
    viewRow_.assign(data_ ? data_->rows.size() : 0, std::nullopt);
    for (std::size_t i = 0; learned_ && i < learned_->view.rows.size(); ++i)
        viewRow_[learned_->view.rows[i]] = i;
    fill();
    fillHistogram();
    showDetail();
}

void LearnTable::readCompositions() {
    space_.reset();
    spaceRows_.clear();
    spaceRow_.assign(data_ ? data_->rows.size() : 0, std::nullopt);
    if (!data_) return;
    const auto host = composition::findHost(data_->host);
    std::vector<composition::Composition> compositions;
    for (std::size_t i = 0; i < data_->rows.size(); ++i) {
        try {
            auto one =
                composition::compositionFromFormula(host, composition::parseFormula(data_->rows[i].formula),
                                                    composition::mixedSitesInSupercell(host));
            if (!compositions.empty() && one.further != compositions.front().further) continue;
            spaceRow_[i] = compositions.size();
            spaceRows_.push_back(i);
            compositions.push_back(std::move(one));
        } catch (const InputError&) {
            // Its problem stands in the table.
        }
    }
    if (!compositions.empty()) space_.emplace(host, compositions);
}

double LearnTable::spaceValue(std::size_t row, const char* column) const {
    const auto index = space_ && spaceRow_[row] ? space_->findColumn(column) : std::nullopt;
    return index ? space_->values(*index)[*spaceRow_[row]] : std::nan("");
}

void LearnTable::fillRow(int at, std::size_t row) {
    using learn_table_detail::numberItem;
    const auto& one = data_->rows[row];
    const auto& target = data_->target(target_);
    auto* formula = new QTableWidgetItem(prettyFormula(QString::fromStdString(one.formula)));
    formula->setData(learn_table_detail::rowRole, static_cast<qulonglong>(row));
    formula->setToolTip(QString::fromStdString(one.formula));
    table_->setItem(at, Formula, formula);
    table_->setItem(at, Type, new QTableWidgetItem(QString::fromStdString(one.type)));
    table_->setItem(at, Mobile, numberItem(spaceValue(row, "mobile"), 4));
    table_->setItem(at, Entropy, numberItem(spaceValue(row, "S_config"), 3));
    table_->setItem(at, Simulated, numberItem(target.values[row], 3));
    const auto index = viewRow_[row];
    const auto predicted = [&](const Eigen::VectorXd& values) {
        return index ? values[static_cast<Eigen::Index>(*index)] : std::nan("");
    };
    const surrogate::CheckedPrediction none;
    const auto& p = learned_ ? learned_->view.predicted : none;
    table_->setItem(at, Predicted, numberItem(predicted(p.mean), 3));
    table_->setItem(at, Error, numberItem(predicted(p.standardDeviation), 3));
    table_->setItem(at, Distance, numberItem(predicted(p.distance), 2));
    std::string problem = one.problem;
    if (problem.empty() && learned_ && learned_->features) problem = learned_->features->problems[row];
    auto* item = new QTableWidgetItem(QString::fromStdString(problem));
    item->setToolTip(item->text());
    table_->setItem(at, Problem, item);
}

void LearnTable::fill() {
    const QSignalBlocker quiet(table_);
    table_->setSortingEnabled(false);
    table_->setRowCount(0);
    table_->setRowCount(data_ ? static_cast<int>(data_->rows.size()) : 0);
    for (int i = 0; i < table_->rowCount(); ++i)
        fillRow(i, static_cast<std::size_t>(i));
    table_->setSortingEnabled(true);
    filter();
    setSelected(selected_);
}

void LearnTable::fillHistogram() {
    std::vector<double> simulated, predicted;
    if (data_) {
        for (const double value : data_->target(target_).values)
            if (std::isfinite(value)) simulated.push_back(value);
    }
    if (learned_)
        predicted.assign(learned_->view.predicted.mean.begin(), learned_->view.predicted.mean.end());
    std::vector<HistogramPlot::Series> series;
    if (!simulated.empty()) series.push_back({tr("simulated"), simulated});
    if (!predicted.empty()) series.push_back({tr("predicted"), predicted});
    const QString label =
        QString::fromStdString(target_) + (unit().isEmpty() ? QString() : " (" + unit() + ')');
    histogram_->setLabel(label);
    histogram_->setSeries(series);
}

std::vector<bool> LearnTable::matching(const QString& text) const {
    std::vector<bool> found(data_->rows.size(), text.trimmed().isEmpty());
    if (text.trimmed().isEmpty()) return found;
    const auto host = composition::findHost(data_->host);
    std::string formula;
    try {
        formula = composition::canonicalFormula(
            host, composition::compositionFromFormula(host, composition::parseFormula(text.toStdString()),
                                                      composition::mixedSitesInSupercell(host)));
    } catch (const InputError&) {
        // Then it is a condition.
    }
    if (!formula.empty()) {
        for (std::size_t i = 0; i < found.size(); ++i)
            found[i] = data_->rows[i].formula == formula;
        return found;
    }
    if (!space_) return found;
    const auto condition = space_->filter(learn_table_detail::asCondition(text).toStdString());
    for (const auto row : space_->matching(condition))
        found[spaceRows_[row]] = true;
    return found;
}

void LearnTable::filter() {
    if (!data_) {
        count_->clear();
        return;
    }
    std::vector<bool> shown;
    search_->setToolTip({});
    try {
        shown = matching(search_->text());
    } catch (const InputError& error) {
        search_->setToolTip(QString::fromUtf8(error.what()));
        count_->setText(tr("not understood"));
        return;
    }
    for (int i = 0; i < table_->rowCount(); ++i) {
        const auto row = table_->item(i, Formula)->data(learn_table_detail::rowRole).toULongLong();
        table_->setRowHidden(i, !shown[static_cast<std::size_t>(row)]);
    }
    count_->setText(tr("%1 of %2").arg(shownCount()).arg(table_->rowCount()));
}

void LearnTable::search(const QString& text) {
    search_->setText(text);
}

int LearnTable::shownCount() const {
    int count = 0;
    for (int i = 0; i < table_->rowCount(); ++i)
        count += table_->isRowHidden(i) ? 0 : 1;
    return count;
}

void LearnTable::setSelected(std::optional<std::size_t> row) {
    selected_ = row;
    const QSignalBlocker quiet(table_);
    table_->clearSelection();
    for (int i = 0; row && i < table_->rowCount(); ++i) {
        if (table_->item(i, Formula)->data(learn_table_detail::rowRole).toULongLong() != *row) continue;
        table_->selectRow(i);
        table_->scrollToItem(table_->item(i, Formula));
        break;
    }
    showDetail();
}

void LearnTable::showDetail() {
    const bool known = selected_ && data_ && *selected_ < data_->rows.size();
    detail_->setVisible(known);
    histogram_->setMarker(std::nullopt);
    if (!known) return;
    const auto row = *selected_;
    const auto& one = data_->rows[row];
    const auto& target = data_->target(target_);
    QStringList parts;
    const double entropy = spaceValue(row, "S_config");
    if (std::isfinite(entropy)) parts << tr("S_config %1 R").arg(numberText(entropy, 3));
    if (one.cell.size() > 0) {
        const auto lengths = one.cell.lattice.lengths(), angles = one.cell.lattice.angles();
        parts << tr("cell %1 × %2 × %3 Å, %4°, %5°, %6°")
                     .arg(numberText(lengths[0], 4), numberText(lengths[1], 4), numberText(lengths[2], 4),
                          numberText(angles[0], 4), numberText(angles[1], 4), numberText(angles[2], 4));
    }
    if (std::isfinite(target.values[row]))
        parts << tr("simulated %1").arg(valueText(target.values[row], target.errors[row], unit()));
    std::optional<double> place;
    if (std::isfinite(target.values[row])) place = target.values[row];
    if (const auto index = viewRow_[row]) {
        const auto& p = learned_->view.predicted;
        const auto i = static_cast<Eigen::Index>(*index);
        parts << tr("predicted %1").arg(valueText(p.mean[i], p.standardDeviation[i], unit()));
        if (!place) place = p.mean[i];
        const auto below = (p.mean.array() < *place).count();
        // Rounded down: only what is above all is above 100 %.
        parts << tr("higher than %1 % of all")
                     .arg(numberText(std::floor(1000.0 * double(below) / double(p.mean.size())) / 10.0, 3));
    }
    detail_->setText(QStringLiteral("<b>%1</b> · %2")
                         .arg(prettyFormula(QString::fromStdString(one.formula)), parts.join(" · ")));
    if (place) histogram_->setMarker(place, tr("selected"));
}

QString LearnTable::detailText() const {
    return detail_->text();
}

}  // namespace ionscape::gui
