// SPDX-License-Identifier: GPL-3.0-or-later
// What the Space stage shows: the compositions of a query as a table, those that match, and the selection.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/composition/annotations.h"
#include "core/composition/space_table.h"
#include "gui/jobs/background_task.h"

namespace ionscape::gui {

/// A value, so that an edit can be undone.
struct SpaceChoice {
    QString types = QStringLiteral("5-1");  ///< as composition::occupancyTypeList reads them
    double mobileMin = 0.0, mobileMax = 100.0;
    double entropyMin = 0.0;  ///< R
    std::vector<crystal::Element> required, excluded;
    QString filter;  ///< a condition on columns
    friend bool operator==(const SpaceChoice&, const SpaceChoice&) = default;
};

class SpaceBrowser final : public QObject {
    Q_OBJECT

  public:
    explicit SpaceBrowser(composition::Host host, QObject* parent = nullptr);

    const composition::Host& host() const { return host_; }
    const SpaceChoice& choice() const { return choice_; }
    /// Lists and filters on a helper thread; changed() or problem() follows. The newest choice wins.
    void setChoice(const SpaceChoice& choice);
    /// Never null; empty before the first changed().
    std::shared_ptr<const composition::SpaceTable> table() const { return table_; }
    /// Compositions that match, in the order of the table view.
    const std::vector<std::uint32_t>& rows() const { return rows_; }
    std::optional<std::size_t> sortColumn() const { return sortColumn_; }
    void sort(std::optional<std::size_t> column, bool descending);

    const std::vector<std::uint32_t>& selection() const { return selection_; }
    std::optional<std::uint32_t> current() const { return current_; }
    /// \param current  shown in detail; the first one when it is not given
    void select(std::vector<std::uint32_t> rows, std::optional<std::uint32_t> current = {});
    /// Stars, tags and notes of a row's composition; kept in the user's data folder.
    const composition::Annotation& annotation(std::uint32_t row) const;
    /// annotated() or problem() follows.
    void annotate(std::uint32_t row, composition::Annotation annotation);
    std::vector<std::uint32_t> starred() const;
    /// A column with one number a row.
    using NamedColumn = std::pair<composition::Column, std::vector<double>>;
    /// Adds columns to the table or replaces added ones; changed() follows. Does nothing and returns false
    /// while the table is being read.
    bool setColumns(const std::vector<NamedColumn>& columns);
    bool isBusy() const { return task_.isBusy(); }
    BackgroundTask& task() { return task_; }

  signals:
    /// The table is another one, or only the rows that match; the selection was adapted.
    void changed();
    void sorted();
    void selectionChanged();
    void annotated(std::uint32_t row);
    /// What is wrong with the choice; the last good one stays.
    void problem(const QString& message);

  private:
    struct Listed;
    composition::Host host_;
    SpaceChoice choice_;
    std::shared_ptr<composition::SpaceTable> table_;
    std::optional<composition::Annotations> annotations_;
    SpaceChoice listed_;  ///< what table_ was made from
    std::vector<std::uint32_t> rows_, selection_;
    std::optional<std::uint32_t> current_;
    std::optional<std::size_t> sortColumn_;
    bool descending_ = false, again_ = false;
    bool starsChanged_ = false;  ///< the column of stars is behind the annotations
    QString annotationsProblem_;
    BackgroundTask task_;
    void refresh();
    void take(const Listed& listed);
    void openAnnotations();
    std::vector<composition::Composition> starredCompositions() const;
    void updateStars();
};

}  // namespace ionscape::gui
