// SPDX-License-Identifier: GPL-3.0-or-later
// A line of counts for each sublattice.
#include "gui/views/further_sites.h"

#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "gui/views/form_fields.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

namespace further_sites_detail {

/// Counts of a composition's proportions on `sites` sites, by largest remainder.
std::vector<int> onSites(const composition::SpeciesCounts& counts,
                         const std::vector<crystal::Element>& species, int sites) {
    const double total = composition::totalCount(counts);
    std::vector<int> result(species.size(), 0);
    std::vector<std::pair<double, std::size_t>> remainders;
    int given = 0;
    for (std::size_t i = 0; i < species.size(); ++i) {
        double share = 0.0;
        for (const auto& [element, count] : counts)
            if (element == species[i]) share = count / total * sites;
        result[i] = static_cast<int>(std::floor(share + 1e-9));
        given += result[i];
        remainders.emplace_back(share - result[i], i);
    }
    std::sort(remainders.rbegin(), remainders.rend());
    for (std::size_t i = 0; given < sites && i < remainders.size(); ++i, ++given)
        ++result[remainders[i].second];
    return result;
}

}  // namespace further_sites_detail

FurtherSites::FurtherSites(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(4);
}

void FurtherSites::setHost(const composition::Host& host) {
    host_ = host;
    rows_.clear();
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    for (const auto& occupation : mixedOccupation(host_, defaultComposition(host_)))
        if (occupation.sublattice->name != host_.mixed().name)
            addRow(host_.sublattice(occupation.sublattice->name));
    setVisible(!rows_.empty());
}

void FurtherSites::addRow(const composition::Sublattice& sublattice) {
    Row row;
    row.sublattice = sublattice.name;
    // As many cells as the primary sublattice's sites tell.
    row.sites = host_.sitesInPrimitiveCell(sublattice.name) * composition::mixedSitesInSupercell(host_) /
                host_.sitesInPrimitiveCell(host_.mixed().name);
    row.first = sublattice.species.front().element;
    auto* heading =
        new QLabel(tr("%1 site: %2 positions").arg(QString::fromStdString(sublattice.name)).arg(row.sites));
    heading->setProperty("role", "muted");
    column_->addWidget(heading);
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    row.rest = new QLabel;
    row.rest->setToolTip(tr("Takes the sites that the others leave"));
    layout->addWidget(row.rest, 1);
    const std::size_t index = rows_.size();
    for (std::size_t i = 1; i < sublattice.species.size(); ++i) {
        const auto& species = sublattice.species[i];
        auto* box = countField(0, row.sites, 0);
        const QString name = speciesText(species.element, species.oxidationState);
        box->setObjectName("further-" + QString::fromStdString(sublattice.name + "-" +
                                                               std::string(species.element.symbol())));
        box->setButtonSymbols(QAbstractSpinBox::PlusMinus);
        box->setAccessibleName(tr("Number of %1 of %2 sites").arg(name).arg(row.sites));
        box->setToolTip(box->accessibleName());
        layout->addWidget(new QLabel(name));
        layout->addWidget(box);
        row.others.emplace_back(species.element, box);
        connect(box, &QSpinBox::valueChanged, this, [this, index, box] { changed(index, box); });
    }
    column_->addWidget(line);
    rows_.push_back(std::move(row));
}

void FurtherSites::setComposition(const composition::Composition& composition) {
    for (const auto& occupation : mixedOccupation(host_, composition)) {
        for (Row& row : rows_) {
            if (row.sublattice != occupation.sublattice->name) continue;
            std::vector<crystal::Element> species{row.first};
            for (const auto& [element, box] : row.others)
                species.push_back(element);
            const auto counts = further_sites_detail::onSites(occupation.counts, species, row.sites);
            for (std::size_t i = 0; i < row.others.size(); ++i) {
                const QSignalBlocker blocker(row.others[i].second);
                row.others[i].second->setValue(counts[i + 1]);
            }
            row.rest->setText(
                QStringLiteral("%1 %2")
                    .arg(speciesText(row.first, occupation.sublattice->species.front().oxidationState))
                    .arg(counts[0]));
        }
    }
}

void FurtherSites::changed(std::size_t index, QSpinBox* box) {
    const Row& row = rows_[index];
    int others = 0;
    for (const auto& [element, field] : row.others)
        if (field != box) others += field->value();
    if (others + box->value() > row.sites) {
        const QSignalBlocker blocker(box);
        box->setValue(row.sites - others);
    }
    composition::SublatticeCounts counts{row.sublattice, {}};
    const int rest = row.sites - others - box->value();
    if (rest > 0) counts.counts.emplace_back(row.first, rest);
    for (const auto& [element, field] : row.others)
        if (field->value() > 0) counts.counts.emplace_back(element, field->value());
    emit edited(counts);
}

}  // namespace ionscape::gui
