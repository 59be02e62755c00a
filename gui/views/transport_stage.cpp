// SPDX-License-Identifier: GPL-3.0-or-later
// Passes results and the selection between the parts of the stage.
#include "gui/views/transport_stage.h"

#include <QAction>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "gui/scene/pathway_layers.h"
#include "gui/views/arrhenius_content.h"
#include "gui/views/hop_card.h"
#include "gui/views/structure_view.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/views/transport_numbers.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_settings.h"
#include "gui/widgets/arrhenius_plot.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

TransportStage::TransportStage(StructureView& view, JobController& controller, QObject* parent)
    : QObject(parent),
      view_(view),
      controller_(controller),
      panel_(new QWidget),
      settings_(new TransportSettingsPanel),
      numbers_(new TransportNumbers),
      messages_(new MessageBar),
      plots_(new TransportPlots) {
    hopCard_ = new HopCard(hop_);  // here, because the job is constructed after the widgets
    buildPanel();
    connectParts();
    connectHop();
}

void TransportStage::buildPanel() {
    auto* layout = new QVBoxLayout(panel_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* scrolled = new QWidget;
    auto* column = new QVBoxLayout(scrolled);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* card = new QWidget;
    auto* cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(8, 0, 8, 0);
    cardLayout->addWidget(numbers_);
    column->addWidget(card);
    auto* hop = new QWidget;
    auto* hopLayout = new QVBoxLayout(hop);
    hopLayout->setContentsMargins(8, 0, 8, 0);
    hopLayout->addWidget(hopCard_);
    column->addWidget(hop);
    column->addWidget(settings_);
    column->addStretch();
    scroll->setWidget(scrolled);
    layout->addWidget(messages_);
    layout->addWidget(new TaskStrip(job_.task()));
    layout->addWidget(scroll, 1);
    panel_->setMinimumWidth(300);
}

void TransportStage::connectParts() {
    connect(&job_, &TransportJob::resultReady, this, &TransportStage::showResult);
    connect(&job_, &TransportJob::problem, this,
            [this](const QString& message) { messages_->showMessage(MessageBar::Kind::Warning, message); });
    connect(settings_, &TransportSettingsPanel::settingsChanged, this, [this] {
        messages_->dismiss();
        job_.setSettings(wantedSettings());
    });
    connect(settings_, &TransportSettingsPanel::looksChanged, this, &TransportStage::applyLooks);
    connect(numbers_, &TransportNumbers::windowEdited, this, &TransportStage::setWindow);
    connect(numbers_, &TransportNumbers::defaultWindowWanted, this, [this] {
        windows_.erase(run_);
        refit();
    });
    connect(plots_->msd(), &MsdPlot::windowDragged, this, [this](const transport::FitWindow& window) {
        // Moves of the mouse come faster than fits are made: the last one counts.
        if (!wanted_)
            QTimer::singleShot(0, this, [this] { setWindow(*std::exchange(wanted_, std::nullopt)); });
        wanted_ = window;
    });
    connect(plots_, &TransportPlots::itemChosen, this, &TransportStage::select);
    connect(plots_, &TransportPlots::quantityChanged, this, &TransportStage::refreshArrhenius);
    connect(plots_->arrhenius(), &ArrheniusPlot::chosen, this, [this](int point) {
        const int id = arrheniusRuns_.at(static_cast<std::size_t>(point));
        if (id != run_) emit runChosen(id);
    });
    connect(view_.sceneWidget(), &SceneWidget::picked, this,
            [this](const std::optional<scene::StructureScene::Pick>& what) {
                if (active_) pickedInView(what);
            });
}

void TransportStage::setActive(bool active) {
    if (active != active_) {
        // The density says where the ions went; their trails would cover it. They can be switched on again.
        for (QAction* action : view_.viewActions()) {
            if (action->objectName() != "trails") continue;
            if (active) trailsBefore_ = action->isChecked();
            action->setChecked(!active && trailsBefore_);
        }
    }
    active_ = active;
    auto& scene = view_.sceneWidget()->scene();
    scene.pathways().setVisible(active);
    applyLooks();
    job_.setActive(active);
    if (active) refreshArrhenius();
}

void TransportStage::setRun(int id) {
    const JobRecord* record = controller_.find(id);
    if (record == nullptr || id == run_) return;
    run_ = id;
    fit_.reset();
    selected_.reset();
    messages_->dismiss();
    numbers_->clear();
    plots_->clear();
    hop_.clear();
    hopAtom_ = hopFrom_ = hopTo_ = std::nullopt;
    hopCard_->setPathShown(false);
    offerHop();
    plots_->setTitle(record->title);
    view_.sceneWidget()->scene().pathways().set({});
    view_.sceneWidget()->requestRender();
    elementsKnown_ = false;
    offerElements();
    job_.setRun(record->data);
    job_.setSettings(wantedSettings());
    refreshArrhenius();
}

TransportSettings TransportStage::wantedSettings() const {
    auto settings = settings_->settings();
    const JobRecord* record = controller_.find(run_);
    if (record == nullptr) return settings;
    // The bath's temperature is exact, the mean of a short run is not; files of others do not name it.
    const bool bath = record->spec.md.thermostat != dynamics::Thermostat::None;
    if (bath && !record->foreign) settings.temperature = record->spec.md.temperature;
    return settings;
}

void TransportStage::offerElements() {
    const JobRecord* record = controller_.find(run_);
    const auto structure = record->data->structure();
    elementsKnown_ = structure.size() > 0;
    const auto mobile = crystal::Element::fromSymbol(record->spec.mobileElement);
    std::vector<crystal::Element> elements;
    for (const auto element : structure.elements)
        if (std::find(elements.begin(), elements.end(), element) == elements.end())
            elements.push_back(element);
    if (elements.empty()) elements.push_back(mobile);
    settings_->setElements(elements, mobile);
}

void TransportStage::runChanged(int id) {
    if (id == run_ && !elementsKnown_) offerElements();
}

void TransportStage::runsChanged() {
    if (active_) refreshArrhenius();
}

transport::FitWindow TransportStage::window(const TransportResult& result) const {
    const auto chosen = windows_.find(run_);
    return chosen != windows_.end() ? chosen->second
                                    : transport::defaultFitWindow(result.motion.statistics.msd);
}

void TransportStage::setWindow(const transport::FitWindow& window) {
    windows_[run_] = window;
    refit();
}

void TransportStage::refit() {
    const auto result = job_.result();
    if (!result) return;
    const auto fitWindow = window(*result);
    try {
        fit_ = transport::fitMotion(result->motion.statistics, fitWindow);
    } catch (const InputError&) {
        fit_.reset();  // the numbers say so
    }
    const auto& lags = result->motion.statistics.msd.lagFs;
    numbers_->setWindow(fitWindow, lags.empty() ? 0.0 : lags.back());
    numbers_->show(*result, fit_ ? &*fit_ : nullptr);
    plots_->setFit(fit_ ? std::optional(fit_->tracer) : std::nullopt);
    refreshArrhenius();
}

void TransportStage::showResult(const TransportPtr& result) {
    messages_->dismiss();
    plots_->setResult(result, std::nullopt);
    refit();
    offerHop();
    if (!result->pathways) return;
    settings_->offerLevels(result->pathways->levels);
    showPathways(*result);
}

void TransportStage::showPathways(const TransportResult& result) {
    const JobRecord* record = controller_.find(run_);
    if (record == nullptr) return;
    auto& drawn = view_.sceneWidget()->scene().pathways();
    drawn.setOptions(settings_->looks(isDark(panel_->palette())));
    drawn.set(pathwayMarks(result.pathways, record->data->structure().lattice));
    // A run that grows keeps its selection as long as there is such an item.
    const auto kept = selected_;
    selected_.reset();
    const auto& marks = drawn.pathways();
    using Kind = scene::PathwayItem::Kind;
    const auto count = [&](Kind kind) {
        return kind == Kind::Site   ? marks.sites.size()
               : kind == Kind::Jump ? marks.jumps.size()
                                    : marks.paths.size();
    };
    if (kept && kept->index < count(kept->kind)) select(kept);
    view_.sceneWidget()->requestRender();
}

void TransportStage::select(const std::optional<scene::PathwayItem>& item) {
    if (item == selected_) return;
    selected_ = item;
    if (item && item->kind == scene::PathwayItem::Kind::Jump) hopAtom_ = hopFrom_ = hopTo_ = std::nullopt;
    offerHop();
    view_.sceneWidget()->scene().pathways().setSelected(item);
    view_.sceneWidget()->requestRender();
    plots_->setSelected(item);
    emit selectionChanged();
}

void TransportStage::applyLooks() {
    auto& scene = view_.sceneWidget()->scene();
    auto options = scene.options();
    const auto cells = active_ ? settings_->cells() : std::array<int, 3>{1, 1, 1};
    if (options.cells != cells) {
        options.cells = cells;
        scene.setOptions(options);
    }
    scene.pathways().setOptions(settings_->looks(isDark(panel_->palette())));
    view_.sceneWidget()->requestRender();
}

void TransportStage::refreshArrhenius() {
    const JobRecord* record = controller_.find(run_);
    if (record == nullptr) return;
    std::vector<ArrheniusInput> inputs;
    for (const int id : controller_.ids()) {
        const JobRecord* other = controller_.find(id);
        if (!sameComposition(*record, *other)) continue;
        if (auto input = arrheniusInput(*other)) inputs.push_back(std::move(*input));
    }
    const auto result = job_.result();
    if (fit_ && result) {
        std::erase_if(inputs, [this](const ArrheniusInput& input) { return input.run == run_; });
        inputs.push_back(arrheniusInput(run_, record->title, *fit_, *result));
    }
    const auto analysis = analyseArrhenius(inputs, run_, plots_->showsConductivity());
    arrheniusRuns_.clear();
    for (const auto& input : analysis.shown)
        arrheniusRuns_.push_back(input.run);
    plots_->arrhenius()->setContent(analysis.content);
    numbers_->setExtra(analysis.numbers);
}

}  // namespace ionscape::gui
