// SPDX-License-Identifier: GPL-3.0-or-later
// How well a potential reproduces labels.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/progress.h"
#include "core/potential/potential.h"
#include "core/training/calibration.h"
#include "core/training/dataset.h"

namespace ionscape::training {

/// Errors against labels: energies per atom, force components, stress components, sizes of magnetic moments.
struct ErrorMetrics {
    std::size_t frames = 0;
    std::size_t stressFrames = 0;
    std::size_t magmomAtoms = 0;
    double energyMae = 0.0, energyRmse = 0.0;  ///< meV/atom
    double forceMae = 0.0, forceRmse = 0.0;    ///< eV/Å
    double stressMae = 0.0, stressRmse = 0.0;  ///< GPa; 0 when no frame has a stress
    double magmomMae = 0.0, magmomRmse = 0.0;  ///< μ_B; 0 when no atom has a moment
    double meanForce = 0.0;                    ///< mean |F| of the labels, eV/Å
};

/// JSON object with every number, units in the keys; stress and magnetic errors are null where nothing was
/// compared. metricsFromJson is the inverse and throws nlohmann::json::exception.
nlohmann::json metricsToJson(const ErrorMetrics& metrics);
ErrorMetrics metricsFromJson(const nlohmann::json& json);

/// Evaluates every frame. `calibration`, where given, gets the force spreads of a committee. Throws
/// Cancelled, ModelError.
ErrorMetrics evaluate(potential::Potential& potential, const Dataset& dataset, const std::stop_token& stop,
                      ProgressSink& progress, CalibrationAccumulator* calibration = nullptr);

/// Sums up errors frame by frame.
class ErrorAccumulator {
  public:
    /// \param stressGPa  predicted stress; compared when the label has one
    /// \param magmoms  predicted moments, or none; compared in size where the label has them
    void add(const io::LabelledStructure& label, double energy, const VectorField& forces,
             const Mat3& stressGPa, const std::optional<Eigen::VectorXd>& magmoms = {});
    ErrorMetrics metrics() const;

  private:
    ErrorMetrics sums_;
    double forceComponents_ = 0.0;
    double atoms_ = 0.0;
};

}  // namespace ionscape::training
