// SPDX-License-Identifier: GPL-3.0-or-later
// Barriers of hops in the Transport stage: what is chosen, the search for the path, and its images in 3D.
#include <QLocale>
#include <QTabWidget>

#include "core/base/error.h"
#include "gui/views/hop_card.h"
#include "gui/views/structure_view.h"
#include "gui/views/text.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_settings.h"
#include "gui/views/transport_stage.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/scene_widget.h"

namespace ionscape::gui {
namespace transport_stage_hop_detail {

/// An ion this near to the middle of a site is in it, Å.
constexpr double inSite = 1.6;

QString cellText(const IntVec3& cell) {
    if (cell.isZero()) return {};
    return QStringLiteral(" (%1 %2 %3)").arg(cell[0]).arg(cell[1]).arg(cell[2]);
}

}  // namespace transport_stage_hop_detail

using namespace transport_stage_hop_detail;
using ItemKind = scene::PathwayItem::Kind;

void TransportStage::connectHop() {
    connect(hopCard_, &HopCard::findRequested, this, &TransportStage::findBarrier);
    connect(hopCard_, &HopCard::showPathRequested, this, &TransportStage::showHopPath);
    connect(hopCard_, &HopCard::saveRequested, this, &TransportStage::saveHopRequested);
    connect(&hop_, &HopJob::changed, this, &TransportStage::showHop);
    connect(&hop_, &HopJob::problem, this,
            [this](const QString& message) { messages_->showMessage(MessageBar::Kind::Warning, message); });
    connect(plots_, &TransportPlots::imageChosen, this, [this](int image) {
        if (!hop_.result()) return;
        hopCard_->setPathShown(true);
        showHopPath(true);
        view_.goToFrame(image);
    });
    offerHop();
}

void TransportStage::setPotential(const QString& potential) {
    potential_ = potential;
    hopCard_->setPotential(QString::fromStdString(hopPotential()));
}

std::string TransportStage::hopPotential() const {
    const JobRecord* record = controller_.find(run_);
    // A run of ours is continued with what it was made with; foreign files do not say.
    const bool ours = record != nullptr && !record->foreign;
    return ours ? record->spec.potential : potential_.toStdString();
}

void TransportStage::pickedInView(const std::optional<scene::StructureScene::Pick>& what) {
    const auto structure = view_.currentStructure();
    const bool ion = what && what->atom && *what->atom < structure.size() &&
                     structure.elements[*what->atom] == settings_->settings().mobile;
    const bool site = what && what->item && what->item->kind == ItemKind::Site;
    if (ion) {
        hopAtom_ = what->atom;
        hopFrom_ = hopTo_ = std::nullopt;
    } else if (site && (hopAtom_ || hopFrom_) && !hopTo_ && hopFrom_ != what->item->index) {
        hopTo_ = what->item->index;
    } else if (site) {
        hopFrom_ = what->item->index;
        hopAtom_ = hopTo_ = std::nullopt;
    } else {
        hopAtom_ = hopFrom_ = hopTo_ = std::nullopt;
    }
    select(what ? what->item : std::nullopt);
    offerHop();
}

void TransportStage::offerHop() {
    const auto result = job_.result();
    hopCard_->setPotential(QString::fromStdString(hopPotential()));
    if (!result || !result->pathways) {
        hopCard_->setChoice({}, false);
        return;
    }
    const auto& found = result->pathways->found;
    const auto label = [&](std::size_t site) {
        return QString::fromStdString(found.siteMap.sites.at(site).label);
    };
    if (selected_ && selected_->kind == ItemKind::Jump && selected_->index < found.hops.size()) {
        const auto& hop = found.hops[selected_->index];
        hopCard_->setChoice(tr("Jump from site %1 to site %2%3, seen %4 times")
                                .arg(label(static_cast<std::size_t>(hop.from)),
                                     label(static_cast<std::size_t>(hop.to)), cellText(hop.translation))
                                .arg(hop.count),
                            true);
        return;
    }
    const auto sites = found.siteMap.sites.size();
    for (auto* site : {&hopFrom_, &hopTo_})
        if (*site && **site >= sites) site->reset();
    QString from;
    if (hopAtom_) from = tr("ion %1").arg(*hopAtom_ + 1);
    if (hopFrom_) from = tr("the ion in site %1").arg(label(*hopFrom_));
    if (from.isEmpty())
        hopCard_->setChoice({}, false);
    else if (hopTo_)
        hopCard_->setChoice(tr("From %1 to site %2, in the frame shown").arg(from, label(*hopTo_)), true);
    else
        hopCard_->setChoice(tr("From %1: now click the site it should hop to").arg(from), false);
}

std::optional<HopRequest> TransportStage::hopRequest() {
    const auto result = job_.result();
    const JobRecord* record = controller_.find(run_);
    if (!result || !result->pathways || record == nullptr) return std::nullopt;
    const auto& found = result->pathways->found;
    HopRequest request;
    request.potential = hopPotential();
    request.threads = record->spec.threads;
    request.settings.neb.images = hopCard_->images();
    const auto label = [&](std::size_t site) {
        return QString::fromStdString(found.siteMap.sites.at(site).label);
    };
    if (selected_ && selected_->kind == ItemKind::Jump && selected_->index < found.hops.size()) {
        const auto& hop = found.hops[selected_->index];
        request.title = QStringLiteral("%1 → %2%3")
                            .arg(label(static_cast<std::size_t>(hop.from)),
                                 label(static_cast<std::size_t>(hop.to)), cellText(hop.translation));
        request.ends = [data = record->data, result, index = selected_->index] {
            return hopEndsOf(*data, *result, index);
        };
        return request;
    }
    if (!hopTo_ || (!hopAtom_ && !hopFrom_)) return std::nullopt;
    const auto structure = view_.currentStructure();
    const Vec3 target = structure.lattice.toCartesian(found.siteMap.sites.at(*hopTo_).centre);
    std::size_t atom = hopAtom_.value_or(0);
    if (hopFrom_) {
        const Vec3 home = structure.lattice.toCartesian(found.siteMap.sites.at(*hopFrom_).centre);
        double nearest = inSite;
        bool held = false;
        for (const std::size_t ion : structure.atomsOf(result->settings.mobile)) {
            const double d = structure.lattice.minimumImage(structure.position(ion) - home).norm();
            if (d >= nearest) continue;
            nearest = d;
            atom = ion;
            held = true;
        }
        if (!held)
            throw InputError(tr("No ion is in site %1 in the frame shown: move the time or click an ion.")
                                 .arg(label(*hopFrom_))
                                 .toStdString());
    }
    request.title = tr("ion %1 → %2").arg(atom + 1).arg(label(*hopTo_));
    request.ends = [structure, atom, target] { return workflow::hopEnds(structure, atom, target); };
    return request;
}

void TransportStage::findBarrier() {
    try {
        const auto request = hopRequest();
        if (!request) return;
        messages_->dismiss();
        if (hopCard_->isPathShown()) showHopPath(false);
        hopCard_->setPathShown(false);
        if (hop_.start(*request)) plots_->tabs()->setCurrentWidget(plots_->hop());
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Warning, QString::fromUtf8(error.what()));
    }
}

void TransportStage::showHop() {
    plots_->setHop(hop_.result());
}

void TransportStage::showHopPath(bool on) {
    const JobRecord* record = controller_.find(run_);
    const HopPtr hop = hop_.result();
    if (record == nullptr) return;
    if (!on || !hop) {
        view_.showRun(record->data, record->title);
        return;
    }
    QStringList texts;
    const auto& path = hop->path;
    for (std::size_t i = 0; i < path.images.size(); ++i)
        texts << tr("image %1 of %2: %3 eV")
                     .arg(i)
                     .arg(path.images.size() - 1)
                     .arg(QLocale().toString(path.energies[i] - path.energies.front(), 'f', 3));
    view_.showImages(path.images, texts, hop->title);
    view_.goToFrame(0);
}

}  // namespace ionscape::gui
