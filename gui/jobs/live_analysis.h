// SPDX-License-Identifier: GPL-3.0-or-later
// Mean squared displacements of a growing (or stored) run, recomputed on a helper thread at a bounded rate.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "core/transport/diffusion.h"
#include "gui/jobs/run_data.h"

namespace ionscape::gui {

struct AnalysisResult {
    struct Curve {
        crystal::Element element;
        transport::MsdCurve msd;
    };
    std::vector<Curve> curves;  ///< the mobile ion first
    crystal::Element mobile;
    std::optional<transport::Diffusion> diffusion;
    double conductivity = 0.0;     ///< mS/cm at the mean temperature; 0 without a diffusion coefficient
    double msdValue = 0.0;         ///< of the mobile ion, Å²
    double meanTemperature = 0.0;  ///< K
    double volume = 0.0;           ///< Å³
    std::size_t frames = 0;
};

/// The analysis of what `data` holds now; empty curves for fewer than four frames. Synchronous; any thread.
AnalysisResult analyse(const RunData& data, crystal::Element mobile);

class LiveAnalysis final : public QObject {
    Q_OBJECT

  public:
    explicit LiveAnalysis(QObject* parent = nullptr);
    ~LiveAnalysis() override;

    /// Follows another run; null for none. Results of the former run are dropped.
    void follow(std::shared_ptr<RunData> data, crystal::Element mobile);

  signals:
    /// On the GUI thread, at most twice a second.
    void resultReady(const ionscape::gui::AnalysisResult& result);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    void tick();
};

}  // namespace ionscape::gui
