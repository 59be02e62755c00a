// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/space_view.h"

#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/models/space_model.h"
#include "gui/views/compare_tray.h"
#include "gui/views/composition_card.h"
#include "gui/views/ensemble_panel.h"
#include "gui/views/space_map_panel.h"
#include "gui/views/space_query_panel.h"
#include "gui/views/space_table_panel.h"
#include "gui/views/stability_panel.h"
#include "gui/views/task_strip.h"
#include "gui/widgets/space_map.h"

namespace ionscape::gui {

SpaceView::SpaceView(const composition::Host& host, QUndoStack& undo, QWidget* parent)
    : QWidget(parent),
      browser_(host),
      query_(new SpaceQueryPanel(browser_, undo)),
      map_(new SpaceMapPanel(browser_)),
      table_(new SpaceTablePanel(browser_)),
      card_(new CompositionCard(browser_, CompositionCard::Size::Full)),
      tray_(new CompareTray(browser_)),
      ensemble_(new EnsemblePanel(browser_)),
      stability_(new StabilityPanel(browser_)),
      tabs_(new QTabWidget) {
    setAccessibleName(tr("Composition space"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildLeft());
    layout->addWidget(buildRight(), 1);
    connectParts();
}

SpaceView::~SpaceView() {
    // The panels refer to the browser, which is a member and would die before child widgets.
    for (QWidget* child : findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        delete child;
}

QWidget* SpaceView::buildLeft() {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(query_);
    scroll->setFixedWidth(std::max(300, query_->minimumSizeHint().width() + 18));
    return scroll;
}

/// A page that wants more room than the tabs have must not make them larger.
QWidget* SpaceView::scrolled(QWidget* page) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);
    return scroll;
}

QWidget* SpaceView::buildRight() {
    auto* column = new QWidget;
    auto* columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 8, 8);
    columnLayout->setSpacing(2);
    columnLayout->addWidget(new TaskStrip(browser_.task()));
    auto* halves = new QSplitter(Qt::Vertical);
    halves->setObjectName("spaceHalves");
    halves->setChildrenCollapsible(false);
    halves->addWidget(map_);
    auto* lower = new QSplitter(Qt::Horizontal);
    lower->setObjectName("spaceLower");
    lower->setChildrenCollapsible(false);
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setDrawBase(false);
    tabs_->addTab(table_, tr("&Table"));
    tabs_->addTab(tray_, tr("C&ompare"));
    tabs_->addTab(scrolled(ensemble_), tr("E&nsemble"));
    tabs_->addTab(scrolled(stability_), tr("Sta&bility"));
    lower->addWidget(tabs_);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(card_);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(card_->minimumSizeHint().width() + 20);
    lower->addWidget(scroll);
    lower->setStretchFactor(0, 1);
    halves->addWidget(lower);
    lower->setSizes({620, 330});
    halves->setSizes({500, 420});
    columnLayout->addWidget(halves, 1);
    return column;
}

void SpaceView::connectParts() {
    connect(&browser_, &SpaceBrowser::selectionChanged, this, &SpaceView::showCurrent);
    const auto showStars = [this] { map_->map()->setStarred(browser_.starred()); };
    connect(&browser_, &SpaceBrowser::changed, this, showStars);
    connect(&browser_, &SpaceBrowser::changed, this, &SpaceView::selectWanted);
    connect(&browser_, &SpaceBrowser::annotated, this, [this, showStars] {
        showStars();
        table_->view()->viewport()->update();
    });
    table_->model()->setStarred([this](std::uint32_t row) { return browser_.annotation(row).stars > 0; });
    const auto annotate = [this](const std::function<void(composition::Annotation&)>& edit) {
        if (!card_->row()) return;
        composition::Annotation annotation = browser_.annotation(*card_->row());
        const composition::Annotation before = annotation;
        edit(annotation);
        if (annotation != before) browser_.annotate(*card_->row(), annotation);
    };
    connect(card_, &CompositionCard::starToggled, this,
            [annotate](bool on) { annotate([on](auto& a) { a.stars = on ? 1 : 0; }); });
    connect(card_, &CompositionCard::tagsEdited, this, [annotate](const QStringList& tags) {
        annotate([&tags](auto& a) {
            a.tags.clear();
            for (const QString& tag : tags)
                a.tags.insert(tag.toStdString());
        });
    });
    connect(card_, &CompositionCard::noteEdited, this,
            [annotate](const QString& note) { annotate([&note](auto& a) { a.note = note.toStdString(); }); });
    connect(map_, &SpaceMapPanel::activated, this, &SpaceView::open);
    connect(table_, &SpaceTablePanel::activated, this, &SpaceView::open);
    connect(table_, &SpaceTablePanel::exportRequested, this, &SpaceView::exportRequested);
    connect(card_, &CompositionCard::openRequested, this, &SpaceView::open);
    connect(card_, &CompositionCard::runRequested, this, &SpaceView::run);
    connect(card_, &CompositionCard::compareRequested, this, [this](std::uint32_t row) {
        tray_->add(browser_.selection().empty() ? std::vector{row} : browser_.selection());
        tabs_->setCurrentWidget(tray_);
    });
    connect(tray_, &CompareTray::sizeChanged, this, [this] {
        tabs_->setTabText(1, tray_->size() == 0 ? tr("C&ompare") : tr("C&ompare (%1)").arg(tray_->size()));
    });
    connect(ensemble_, &EnsemblePanel::showRequested, this, &SpaceView::structureRequested);
    connect(ensemble_, &EnsemblePanel::runRequested, this, &SpaceView::structureRunsRequested);
    connect(tray_, &CompareTray::openRequested, this, &SpaceView::open);
    connect(tray_, &CompareTray::runRequested, this,
            [this](std::uint32_t row) { emit runRequested({browser_.table()->composition(row)}); });
}

void SpaceView::setModels(const std::vector<potential::ModelEntry>& models) {
    ensemble_->setModels(models);
    stability_->setModels(models);
}

void SpaceView::showCurrent() {
    if (browser_.current()) wanted_.reset();
    card_->setRow(browser_.current());
    const composition::Annotation annotation =
        card_->row() ? browser_.annotation(*card_->row()) : composition::Annotation();
    QStringList tags;
    for (const auto& tag : annotation.tags)
        tags << QString::fromStdString(tag);
    card_->setStarred(annotation.stars > 0);
    card_->setTags(tags);
    card_->setNote(QString::fromStdString(annotation.note));
}

void SpaceView::start() {
    if (started_) return;
    started_ = true;
    browser_.setChoice(browser_.choice());
}

void SpaceView::jumpTo(const composition::Composition& composition) {
    wanted_ = composition;
    selectWanted();
}

void SpaceView::selectWanted() {
    if (!wanted_) return;
    const auto row = browser_.table()->rowOf(*wanted_);
    if (!row) return;
    wanted_.reset();
    browser_.select({static_cast<std::uint32_t>(*row)});
}

void SpaceView::open(std::uint32_t row) {
    emit openRequested(browser_.table()->composition(row));
}

void SpaceView::run(std::uint32_t row) {
    std::vector<composition::Composition> compositions;
    for (const auto one : browser_.selection().empty() ? std::vector{row} : browser_.selection())
        compositions.push_back(browser_.table()->composition(one));
    emit runRequested(compositions);
}

void SpaceView::save(QSettings& settings) const {
    map_->save(settings);
    table_->save(settings);
}

void SpaceView::restore(const QSettings& settings) {
    map_->restore(settings);
    table_->restore(settings);
}

}  // namespace ionscape::gui
