// SPDX-License-Identifier: GPL-3.0-or-later
// Lists anew only when the types or bounds change: rules and conditions filter what is listed.
#include "gui/jobs/space_browser.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/embedding.h"

namespace ionscape::gui {

struct SpaceBrowser::Listed {
    SpaceChoice choice;
    std::shared_ptr<composition::SpaceTable> table;
    std::vector<std::uint32_t> rows;
};

namespace space_browser_detail {

constexpr std::uint64_t mostRows = 2'000'000;

bool sameList(const SpaceChoice& a, const SpaceChoice& b) {
    return a.types == b.types && a.mobileMin == b.mobileMin && a.mobileMax == b.mobileMax &&
           a.entropyMin == b.entropyMin;
}

/// Adds the first two principal components: neighbours on their map are alike in all descriptors.
void addEmbedding(composition::SpaceTable& table, const std::stop_token& stop) {
    std::vector<const std::vector<double>*> columns;
    for (const auto& id : composition::embeddingDescriptors())
        if (const auto column = table.findColumn(id)) columns.push_back(&table.values(*column));
    composition::PrincipalComponents parts;
    try {
        parts = composition::principalComponents(columns, 2, stop);
    } catch (const InputError&) {
        return;  // too few compositions, or all alike: there is no such map
    }
    for (int k = 0; k < static_cast<int>(parts.scores.cols()); ++k) {
        composition::Column column;
        column.id = "PC" + std::to_string(k + 1);
        column.title = "Principal component " + std::to_string(k + 1) + " (" +
                       std::to_string(static_cast<int>(std::lround(100.0 * parts.explained[k]))) + " %)";
        column.formula = "scores of the standardised descriptors; in brackets the share of their variance";
        column.source = "Jolliffe, Principal Component Analysis (Springer 2002)";
        const auto scores = parts.scores.col(k);
        table.setColumn(std::move(column), {scores.begin(), scores.end()});
    }
}

std::shared_ptr<composition::SpaceTable> list(const composition::Host& host, const SpaceChoice& choice,
                                              const std::stop_token& stop, ProgressSink& progress) {
    composition::SpaceQuery query;
    query.types = composition::occupancyTypeList(choice.types.toStdString());
    query.mobileMin = choice.mobileMin;
    query.mobileMax = std::min(choice.mobileMax, composition::mobileCapacity(host));
    query.entropyMin = choice.entropyMin;
    composition::SpaceTable::Options options;
    options.maximumRows = mostRows;
    auto table =
        std::make_shared<composition::SpaceTable>(composition::Space(host, query), options, stop, &progress);
    addEmbedding(*table, stop);
    return table;
}

void setStars(composition::SpaceTable& table, const std::vector<composition::Composition>& starred) {
    composition::Column column;
    column.id = "star";
    column.title = "Star";
    column.isFlag = true;
    column.decimals = 0;
    std::vector<double> values(table.rows(), 0.0);
    for (const auto& one : starred)
        if (const auto row = table.rowOf(one)) values[*row] = 1.0;
    table.setColumn(std::move(column), std::move(values));
}

/// The rules for elements and the condition of a choice as one condition.
QString wholeFilter(const SpaceChoice& choice) {
    QStringList parts;
    const auto symbol = [](crystal::Element element) {
        return QString::fromStdString(std::string(element.symbol()));
    };
    for (const auto element : choice.required)
        parts << symbol(element);
    for (const auto element : choice.excluded)
        parts << QStringLiteral("not ") + symbol(element);
    if (!choice.filter.trimmed().isEmpty()) parts << '(' + choice.filter + ')';
    return parts.join(" and ");
}

}  // namespace space_browser_detail

SpaceBrowser::SpaceBrowser(composition::Host host, QObject* parent)
    : QObject(parent), host_(std::move(host)), table_(std::make_shared<composition::SpaceTable>(host_)) {
    choice_.mobileMax = composition::mobileCapacity(host_);
    openAnnotations();
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (again_) {
            again_ = false;
            refresh();
        } else if (outcome == TaskOutcome::Failed) {
            emit problem(message);
        }
    });
}

void SpaceBrowser::setChoice(const SpaceChoice& choice) {
    choice_ = choice;
    refresh();
}

void SpaceBrowser::refresh() {
    if (task_.isBusy()) {
        again_ = true;
        task_.cancel();
        return;
    }
    auto listed = std::make_shared<Listed>();
    listed->choice = choice_;
    if (table_->rows() > 0 && space_browser_detail::sameList(listed_, choice_)) listed->table = table_;
    task_.start([this, listed, host = host_, stars = starredCompositions(), column = sortColumn_,
                 descending = descending_](const std::stop_token& stop, ProgressSink& progress) {
        if (!listed->table) {
            listed->table = space_browser_detail::list(host, listed->choice, stop, progress);
            space_browser_detail::setStars(*listed->table, stars);
        }
        const auto filter =
            listed->table->filter(space_browser_detail::wholeFilter(listed->choice).toStdString());
        listed->rows = listed->table->matching(filter, stop, &progress);
        if (column && *column < listed->table->columns().size())
            listed->rows = listed->table->sorted(std::move(listed->rows), *column, descending);
        return [this, listed] { take(*listed); };
    });
}

void SpaceBrowser::take(const Listed& listed) {
    starsChanged_ = starsChanged_ && listed.table == table_;
    // Numbers of rows mean the same compositions in the old and the new table only if it is one table.
    std::vector<composition::Composition> kept;
    std::optional<composition::Composition> keptCurrent;
    const bool renumbered = listed.table != table_;
    if (renumbered) {
        for (const auto row : selection_)
            kept.push_back(table_->composition(row));
        if (current_) keptCurrent = table_->composition(*current_);
    }
    table_ = listed.table;
    listed_ = listed.choice;
    rows_ = listed.rows;
    if (renumbered) {
        selection_.clear();
        for (const auto& one : kept)
            if (const auto row = table_->rowOf(one)) selection_.push_back(static_cast<std::uint32_t>(*row));
        current_.reset();
        if (keptCurrent)
            if (const auto row = table_->rowOf(*keptCurrent)) current_ = static_cast<std::uint32_t>(*row);
    }
    if (starsChanged_) updateStars();
    emit changed();
    emit selectionChanged();
}

void SpaceBrowser::openAnnotations() {
    try {
        annotations_.emplace(composition::Annotations::defaultFile());
    } catch (const Error& error) {
        annotationsProblem_ = QString::fromUtf8(error.what());
    }
}

const composition::Annotation& SpaceBrowser::annotation(std::uint32_t row) const {
    static const composition::Annotation none;
    if (!annotations_) return none;
    return annotations_->of(canonicalFormula(host_, table_->composition(row)));
}

void SpaceBrowser::annotate(std::uint32_t row, composition::Annotation annotation) {
    if (!annotations_) {
        emit problem(annotationsProblem_);
        return;
    }
    try {
        annotations_->set(canonicalFormula(host_, table_->composition(row)), std::move(annotation));
        annotations_->save();
    } catch (const Error& error) {
        emit problem(QString::fromUtf8(error.what()));
        return;
    }
    // Columns may not change while the work reads them.
    if (task_.isBusy())
        starsChanged_ = true;
    else
        updateStars();
    emit annotated(row);
}

std::vector<composition::Composition> SpaceBrowser::starredCompositions() const {
    std::vector<composition::Composition> starred;
    if (!annotations_) return starred;
    for (const auto& [formula, annotation] : annotations_->all()) {
        if (annotation.stars == 0) continue;
        try {
            starred.push_back(composition::compositionFromFormula(host_, composition::parseFormula(formula),
                                                                  composition::mixedSitesInSupercell(host_)));
        } catch (const InputError&) {
            // of another host
        }
    }
    return starred;
}

void SpaceBrowser::updateStars() {
    starsChanged_ = false;
    if (table_->rows() > 0) space_browser_detail::setStars(*table_, starredCompositions());
}

bool SpaceBrowser::setColumns(const std::vector<NamedColumn>& columns) {
    if (task_.isBusy()) return false;
    for (const auto& [column, values] : columns)
        table_->setColumn(column, values);
    emit changed();
    return true;
}

std::vector<std::uint32_t> SpaceBrowser::starred() const {
    std::vector<std::uint32_t> rows;
    const auto column = table_->findColumn("star");
    if (!column) return rows;
    const auto& values = table_->values(*column);
    for (std::uint32_t row = 0; row < values.size(); ++row)
        if (values[row] != 0.0) rows.push_back(row);
    return rows;
}

void SpaceBrowser::sort(std::optional<std::size_t> column, bool descending) {
    sortColumn_ = column;
    descending_ = descending;
    if (column)
        rows_ = table_->sorted(std::move(rows_), *column, descending);
    else
        std::sort(rows_.begin(), rows_.end());
    emit sorted();
}

void SpaceBrowser::select(std::vector<std::uint32_t> rows, std::optional<std::uint32_t> current) {
    selection_ = std::move(rows);
    current_ = current ? current : selection_.empty() ? std::nullopt : std::optional(selection_.front());
    emit selectionChanged();
}

}  // namespace ionscape::gui
