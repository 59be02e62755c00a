// SPDX-License-Identifier: GPL-3.0-or-later
// Editing of a composition by clicks, counts, presets and typed formulas.
#include "gui/views/composition_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalBlocker>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "gui/views/composition_summary.h"
#include "gui/views/further_sites.h"
#include "gui/views/species_list.h"
#include "gui/views/text.h"
#include "gui/views/undo_value.h"
#include "gui/widgets/periodic_picker.h"

namespace ionscape::gui {
namespace {

composition::Composition fromSymbols(const std::vector<std::pair<const char*, int>>& counts) {
    composition::Composition result;
    for (const auto& [symbol, count] : counts)
        result.counts.emplace_back(crystal::Element::fromSymbol(symbol), count);
    return result;
}

}  // namespace

CompositionPanel::CompositionPanel(const composition::Host& host, QWidget* parent)
    : QWidget(parent),
      hostBox_(new QComboBox),
      presetBox_(new QComboBox),
      heading_(new QLabel),
      formulaEdit_(new QLineEdit),
      formulaError_(new QLabel),
      picker_(new PeriodicPicker),
      list_(new SpeciesList),
      further_(new FurtherSites),
      summary_(new CompositionSummary) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 0);
    layout->setSpacing(6);

    presetBox_->setObjectName("presetBox");
    presetBox_->setAccessibleName(tr("Preset composition"));
    presetBox_->setToolTip(tr("Compositions of the literature to start from"));
    formulaEdit_->setAccessibleName(tr("Formula"));
    formulaEdit_->setObjectName("formulaEdit");
    formulaError_->setObjectName("formulaError");
    formulaError_->setProperty("role", "error");
    formulaError_->setWordWrap(true);
    formulaError_->hide();
    // A long title must not widen the panel.
    presetBox_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    presetBox_->setMinimumContentsLength(12);
    hostBox_->setObjectName("hostBox");
    hostBox_->setAccessibleName(tr("Host framework"));
    hostBox_->setToolTip(tr("The framework whose sites are filled"));
    hostBox_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    hostBox_->setMinimumContentsLength(12);
    hostBox_->hide();
    heading_->setProperty("role", "muted");
    heading_->setWordWrap(true);
    layout->addWidget(hostBox_);
    layout->addWidget(presetBox_);
    layout->addWidget(formulaEdit_);
    layout->addWidget(formulaError_);
    layout->addWidget(heading_);
    layout->addWidget(picker_);
    layout->addWidget(list_);
    layout->addWidget(further_);
    layout->addWidget(summary_);

    connect(hostBox_, &QComboBox::activated, this, [this] {
        const QString id = hostBox_->currentData().toString();
        // The box shows the host in use until it is another one.
        hostBox_->setCurrentIndex(hostBox_->findData(QString::fromStdString(host_.id)));
        if (id != QString::fromStdString(host_.id)) emit hostChosen(id);
    });
    connect(presetBox_, &QComboBox::activated, this, [this](int index) {
        if (index < static_cast<int>(presets_.size()))
            setComposition(presets_[static_cast<std::size_t>(index)].composition);
    });
    connect(formulaEdit_, &QLineEdit::returnPressed, this, [this] { setFormula(formulaEdit_->text()); });
    connect(formulaEdit_, &QLineEdit::textEdited, formulaError_, &QWidget::hide);
    connect(picker_, &PeriodicPicker::addRequested, this, &CompositionPanel::addOne);
    connect(picker_, &PeriodicPicker::removeRequested, this,
            [this](crystal::Element element) { setCount(element, countOf(element) - 1); });
    connect(list_, &SpeciesList::countEdited, this, &CompositionPanel::setCount);
    connect(further_, &FurtherSites::edited, this, &CompositionPanel::setFurther);
    setHost(host);
}

void CompositionPanel::setHost(const composition::Host& host) {
    host_ = host;
    sites_ = composition::mixedSitesInSupercell(host_);
    hostBox_->setCurrentIndex(hostBox_->findData(QString::fromStdString(host_.id)));
    picker_->setSpecies(host_.mixed().species);
    further_->setHost(host_);
    heading_->setText(
        tr("%1 site: %2 positions").arg(QString::fromStdString(host_.mixed().name)).arg(sites_));
    heading_->setToolTip(QString::fromStdString(host_.reference));
    formulaEdit_->setToolTip(
        tr("A formula of the host; Return takes it over. Amounts on the mixed site are multiples "
           "of 1/%1 of its sites.")
            .arg(sites_));
    fillPresets();
    const QString example = QString::fromStdString(
        composition::formulaText(compositionFormula(host_, presets_.front().composition), 6));
    formulaEdit_->setPlaceholderText(tr("Type a formula, e.g. %1").arg(example));
    // Counts of another host mean nothing here: nothing to go back to.
    apply(presets_.front().composition);
}

void CompositionPanel::setHosts(const std::vector<std::pair<QString, QString>>& hosts) {
    hostBox_->clear();
    for (const auto& [id, title] : hosts)
        hostBox_->addItem(title, id);
    hostBox_->insertSeparator(hostBox_->count());
    hostBox_->addItem(tr("New host from a CIF…"), QString());
    hostBox_->setCurrentIndex(hostBox_->findData(QString::fromStdString(host_.id)));
    hostBox_->show();
}

void CompositionPanel::setFurther(const composition::SublatticeCounts& counts) {
    composition::Composition next = composition_;
    std::erase_if(next.further, [&](const auto& one) { return one.sublattice == counts.sublattice; });
    next.further.push_back(counts);
    setComposition(next);
}

void CompositionPanel::fillPresets() {
    presets_.clear();
    presetBox_->clear();
    const auto add = [this](const QString& name, const QString& title, composition::Composition composition) {
        if (host_.id != "lzsp" || !compositionProblem(host_, composition, sites_).isEmpty()) return;
        presets_.push_back({name, title, std::move(composition)});
    };
    add("LZHSTNSP", tr("LZHSTNSP — Zr₄Hf₃Sn₃Ti₃Nb₃, the published best"),
        fromSymbols({{"Zr", 4}, {"Hf", 3}, {"Sn", 3}, {"Ti", 3}, {"Nb", 3}}));
    add("LZSP", tr("LZSP — Li₃Zr₂Si₂PO₁₂, pristine"), fromSymbols({{"Zr", 16}}));
    add("LZSHSSP", tr("LZSHSSP — Zr₄Sc₄Hf₄Sn₄, type 4-1, rich in Li"),
        fromSymbols({{"Zr", 4}, {"Sc", 4}, {"Hf", 4}, {"Sn", 4}}));
    if (presets_.empty()) {
        composition::Composition own = composition::compositionFromFormula(
            host_, compositionFormula(host_, composition::defaultComposition(host_)), sites_);
        presets_.push_back({QString::fromStdString(host_.id), QString::fromStdString(host_.title), own});
    }
    for (const Preset& preset : presets_)
        presetBox_->addItem(preset.title);
    presetBox_->addItem(tr("Own composition"));
}

int CompositionPanel::countOf(crystal::Element element) const {
    for (const auto& [member, count] : composition_.counts)
        if (member == element) return count;
    return 0;
}

void CompositionPanel::addOne(crystal::Element element) {
    composition::Composition next = composition_;
    auto& counts = next.counts;
    if (next.totalCount() >= sites_) {
        const auto most =
            std::max_element(counts.begin(), counts.end(), [element](const auto& a, const auto& b) {
                return (a.first == element ? -1 : a.second) < (b.first == element ? -1 : b.second);
            });
        if (most == counts.end() || most->first == element) return;
        if (--most->second == 0) counts.erase(most);
    }
    const auto own = std::find_if(counts.begin(), counts.end(),
                                  [element](const auto& entry) { return entry.first == element; });
    if (own != counts.end())
        ++own->second;
    else
        counts.emplace_back(element, 1);
    setComposition(next);
}

void CompositionPanel::setCount(crystal::Element element, int count) {
    composition::Composition next = composition_;
    auto& counts = next.counts;
    const auto own = std::find_if(counts.begin(), counts.end(),
                                  [element](const auto& entry) { return entry.first == element; });
    if (own == counts.end()) return;
    if (count <= 0)
        counts.erase(own);
    else
        own->second = count;
    setComposition(next);
}

void CompositionPanel::setComposition(const composition::Composition& composition) {
    if (undo_ == nullptr || composition == composition_) {
        apply(composition);
        return;
    }
    undo_->push(new UndoValue<composition::Composition>(
        tr("change of the composition"), composition_, composition,
        [this](const composition::Composition& next) { apply(next); }));
}

void CompositionPanel::apply(const composition::Composition& composition) {
    composition_ = composition;
    updateViews();
    emit compositionChanged();
}

bool CompositionPanel::setFormula(const QString& text) {
    try {
        const auto formula = composition::parseFormula(text.trimmed().toStdString());
        setComposition(composition::compositionFromFormula(host_, formula, sites_));
        return true;
    } catch (const Error& error) {
        formulaEdit_->setText(text);
        formulaError_->setText(QString::fromUtf8(error.what()));
        formulaError_->show();
        return false;
    }
}

bool CompositionPanel::isValid() const {
    return summary_->problem().isEmpty();
}
QString CompositionPanel::problem() const {
    return summary_->problem();
}

std::string CompositionPanel::formula() const {
    return composition::formulaText(composition::compositionFormula(host_, composition_), 6);
}

QString CompositionPanel::presetName() const {
    for (const Preset& preset : presets_)
        if (preset.composition == composition_) return preset.name;
    return {};
}

void CompositionPanel::updateViews() {
    std::map<crystal::Element, int> counts(composition_.counts.begin(), composition_.counts.end());
    picker_->setCounts(counts, sites_);
    list_->setComposition(host_, composition_, sites_);
    further_->setComposition(composition_);
    summary_->setComposition(host_, composition_, sites_);
    formulaError_->hide();
    if (composition_.totalCount() > 0) formulaEdit_->setText(QString::fromStdString(formula()));
    formulaEdit_->setCursorPosition(0);
    const auto preset = std::find_if(presets_.begin(), presets_.end(),
                                     [this](const Preset& one) { return one.composition == composition_; });
    presetBox_->setCurrentIndex(static_cast<int>(preset - presets_.begin()));
}

void CompositionPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) summary_->setComposition(host_, composition_, sites_);
}

void CompositionPanel::save(QSettings& settings) const {
    QStringList parts;
    for (const auto& [element, count] : composition_.counts)
        parts << QStringLiteral("%1:%2").arg(symbolText(element)).arg(count);
    settings.setValue("composition/host", QString::fromStdString(host_.id));
    settings.setValue("composition/counts", parts);
}

void CompositionPanel::restore(const QSettings& settings) {
    if (settings.value("composition/host", "lzsp").toString().toStdString() != host_.id) return;
    composition::Composition stored;
    for (const QString& part : settings.value("composition/counts").toStringList()) {
        const auto element = crystal::Element::find(part.section(':', 0, 0).toStdString());
        const int count = part.section(':', 1).toInt();
        if (element && count > 0) stored.counts.emplace_back(*element, count);
    }
    if (compositionProblem(host_, stored, sites_).isEmpty()) setComposition(stored);
}

}  // namespace ionscape::gui
