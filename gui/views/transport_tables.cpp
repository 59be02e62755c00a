// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/transport_tables.h"

#include <QHeaderView>
#include <QLocale>
#include <cmath>

#include "core/base/error.h"
#include "gui/views/data_table.h"
#include "gui/views/number_item.h"
#include "gui/views/text.h"
#include "gui/views/transport_numbers.h"

namespace ionscape::gui {
namespace transport_tables_detail {

QString cell(const IntVec3& translation) {
    if (translation.isZero()) return {};
    return QStringLiteral(" (%1 %2 %3)").arg(translation[0]).arg(translation[1]).arg(translation[2]);
}

QString label(const transport::JumpRecord& record, int site) {
    return QString::fromStdString(record.sites.at(static_cast<std::size_t>(site)).label);
}

QString number(double value) {
    return std::isfinite(value) ? QString::number(value, 'g', 8) : QString();
}

}  // namespace transport_tables_detail

TransportTable::TransportTable(const char* objectName, const QString& accessibleName,
                               const QStringList& headers, QWidget* parent)
    : QTableWidget(0, static_cast<int>(headers.size()), parent) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setHorizontalHeaderLabels(headers);
    setUpDataTable(*this);
    setUpDenseRows(*this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSortingEnabled(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    connect(this, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto rows = selectionModel()->selectedRows();
        emit entryChosen(rows.isEmpty() ? -1 : item(rows.front().row(), 0)->data(Qt::UserRole).toInt());
    });
}

void TransportTable::selectEntry(int entry) {
    const QSignalBlocker quiet(this);
    clearSelection();
    for (int row = 0; row < rowCount() && entry >= 0; ++row) {
        if (item(row, 0)->data(Qt::UserRole).toInt() != entry) continue;
        selectRow(row);
        scrollToItem(item(row, 0));
    }
}

void TransportTable::begin(int rows) {
    setSortingEnabled(false);
    const QSignalBlocker quiet(this);
    clearSelection();
    setRowCount(rows);
}

void TransportTable::put(int row, int column, const QString& text, double value) {
    auto* entry = new NumberItem(text, value);
    entry->setData(Qt::UserRole, row);
    setItem(row, column, entry);
}

void TransportTable::end() {
    setSortingEnabled(true);
}

SiteTable::SiteTable(QWidget* parent)
    : TransportTable("siteTable", tr("Sites of the mobile ion"),
                     {tr("Site"), tr("Group"), tr("Occupancy"), tr("Stay (ps)"), tr("Leaves"),
                      tr("Volume (Å³)"), tr("Amplitude (Å)"), tr("a"), tr("b"), tr("c")},
                     parent) {
    horizontalHeaderItem(2)->setToolTip(tr("Mean number of ions in the site"));
    horizontalHeaderItem(3)->setToolTip(tr("Mean time that an ion stays, with one standard deviation"));
    horizontalHeaderItem(6)->setToolTip(tr("Root mean square distance of its ions from the centre"));
}

void SiteTable::setResult(std::shared_ptr<const PathwayResult> result) {
    result_ = std::move(result);
    const auto count = result_ ? static_cast<int>(result_->found.siteMap.sites.size()) : 0;
    begin(count);
    const QLocale locale;
    for (int row = 0; row < count; ++row) {
        const auto& site = result_->found.siteMap.sites[static_cast<std::size_t>(row)];
        put(row, 0, QString::fromStdString(site.label), row);
        put(row, 1, QString::number(site.group + 1), site.group);
        put(row, 2, locale.toString(site.occupancy, 'f', 3), site.occupancy);
        if (static_cast<std::size_t>(row) < result_->found.residences.size()) {
            const auto& stay = result_->found.residences[static_cast<std::size_t>(row)];
            put(row, 3, stay.departures == 0 ? QStringLiteral("—") : withError(stay.meanTimePs, stay.errorPs),
                stay.meanTimePs);
            put(row, 4, QString::number(stay.departures), static_cast<double>(stay.departures));
        } else {
            put(row, 3, QStringLiteral("—"), std::nan(""));
            put(row, 4, QStringLiteral("—"), std::nan(""));
        }
        put(row, 5, locale.toString(site.volume, 'f', 1), site.volume);
        put(row, 6, locale.toString(site.amplitude, 'f', 2), site.amplitude);
        for (int axis = 0; axis < 3; ++axis)
            put(row, 7 + axis, locale.toString(site.centre.v[axis], 'f', 4), site.centre.v[axis]);
    }
    end();
}

QString SiteTable::csv() const {
    using transport_tables_detail::number;
    QString text = QStringLiteral(
        "site,group,occupancy,mean_stay_ps,mean_stay_error_ps,departures,volume_A3,amplitude_A,core_radius_A,"
        "a,b,"
        "c\n");
    for (std::size_t i = 0; result_ && i < result_->found.siteMap.sites.size(); ++i) {
        const auto& site = result_->found.siteMap.sites[i];
        const auto stay =
            i < result_->found.residences.size() ? result_->found.residences[i] : transport::SiteResidence{};
        text += QStringList{QString::fromStdString(site.label),
                            QString::number(site.group + 1),
                            number(site.occupancy),
                            number(stay.meanTimePs),
                            number(stay.errorPs),
                            QString::number(stay.departures),
                            number(site.volume),
                            number(site.amplitude),
                            number(site.coreRadius),
                            number(site.centre.v[0]),
                            number(site.centre.v[1]),
                            number(site.centre.v[2])}
                    .join(',') +
                '\n';
    }
    return text;
}

JumpTable::JumpTable(QWidget* parent)
    : TransportTable("jumpTable", tr("Jumps between sites"),
                     {tr("From"), tr("To"), tr("Jumps"), tr("Rate (1/ns)"), tr("E (eV)"), tr("Distance (Å)")},
                     parent) {
    horizontalHeaderItem(3)->setToolTip(
        tr("Jumps per ion in the first site and time, with one standard "
           "deviation of Poisson counts"));
}

void JumpTable::explainEnergies() {
    const QLocale locale;
    const QString what =
        tr("−kT ln(rate/ν₀): the barrier that the rate stands for at the temperature of the run");
    if (!result_ || result_->found.attemptTHz <= 0.0) {
        horizontalHeaderItem(4)->setToolTip(what);
        return;
    }
    const QString frequency = locale.toString(result_->found.attemptTHz, 'f', 1);
    QString from =
        result_->found.attemptMeasured
            ? tr("ν₀ = %1 THz, measured: mean frequency of the ions' vibrations in this run").arg(frequency)
            : tr("ν₀ = %1 THz, assumed").arg(frequency);
    if (!result_->found.attemptWarning.empty())
        from += QStringLiteral(" (") + QString::fromStdString(result_->found.attemptWarning) + ')';
    horizontalHeaderItem(4)->setToolTip(what + QStringLiteral(". ") + from);
}

void JumpTable::setResult(std::shared_ptr<const PathwayResult> result) {
    using namespace transport_tables_detail;
    result_ = std::move(result);
    explainEnergies();
    const auto count = result_ ? static_cast<int>(result_->found.hops.size()) : 0;
    begin(count);
    const QLocale locale;
    for (int row = 0; row < count; ++row) {
        const auto& hop = result_->found.hops[static_cast<std::size_t>(row)];
        put(row, 0, label(result_->found.record, hop.from), hop.from);
        put(row, 1, label(result_->found.record, hop.to) + cell(hop.translation), hop.to);
        put(row, 2, QString::number(hop.count), static_cast<double>(hop.count));
        put(row, 3, withError(1000.0 * hop.rate, 1000.0 * hop.error), hop.rate);
        const auto& barrier = result_->found.barriers[static_cast<std::size_t>(row)];
        put(row, 4,
            QStringLiteral("%1 ± %2").arg(locale.toString(barrier.energy, 'f', 2),
                                          locale.toString(barrier.error, 'f', 2)),
            barrier.energy);
        put(row, 5, locale.toString(hop.distance, 'f', 2), hop.distance);
    }
    end();
}

QString JumpTable::csv() const {
    using namespace transport_tables_detail;
    QString text = QStringLiteral(
        "from,to,cell_a,cell_b,cell_c,jumps,rate_per_ps,rate_error_per_ps,barrier_eV,barrier_error_eV,"
        "attempt_frequency_THz,distance_A\n");
    for (std::size_t i = 0; result_ && i < result_->found.hops.size(); ++i) {
        const auto& hop = result_->found.hops[i];
        const auto& barrier = result_->found.barriers[i];
        text += QStringList{label(result_->found.record, hop.from),
                            label(result_->found.record, hop.to),
                            QString::number(hop.translation[0]),
                            QString::number(hop.translation[1]),
                            QString::number(hop.translation[2]),
                            QString::number(hop.count),
                            number(hop.rate),
                            number(hop.error),
                            number(barrier.energy),
                            number(barrier.error),
                            number(result_->found.attemptTHz),
                            number(hop.distance)}
                    .join(',') +
                '\n';
    }
    return text;
}

}  // namespace ionscape::gui
