// SPDX-License-Identifier: GPL-3.0-or-later
// Collects runs of one composition into the Arrhenius plot and its numbers.
#pragma once

#include <optional>
#include <vector>

#include "core/transport/motion_fit.h"
#include "gui/jobs/job_controller.h"
#include "gui/jobs/transport_result.h"
#include "gui/views/transport_numbers.h"
#include "gui/widgets/arrhenius_plot.h"

namespace ionscape::gui {

/// One run's part in the plot.
struct ArrheniusInput {
    int run = 0;
    QString label;
    double temperature = 0.0;                      ///< K
    double diffusion = 0.0, diffusionError = 0.0;  ///< D*, cm²/s
    double sigma = 0.0, sigmaError = 0.0;          ///< Nernst–Einstein, S/cm
};

/// Of a run that has a summary with a diffusion coefficient above zero.
std::optional<ArrheniusInput> arrheniusInput(const JobRecord& record);
/// Of the run that is analysed, with the fit as it is now.
ArrheniusInput arrheniusInput(int run, const QString& label, const transport::MotionFit& fit,
                              const TransportResult& result);

/// The same formula (whatever its order and scale) and the same mobile ion.
bool sameComposition(const JobRecord& first, const JobRecord& second);

struct ArrheniusAnalysis {
    ArrheniusPlot::Content content;
    std::vector<ArrheniusInput> shown;  ///< one a point
    std::vector<NumberRow> numbers;
};

/// \param current  the run that is ringed \param conductivity  σT instead of D*
ArrheniusAnalysis analyseArrhenius(std::vector<ArrheniusInput> inputs, int current, bool conductivity);

}  // namespace ionscape::gui
