// SPDX-License-Identifier: GPL-3.0-or-later
// Potentials exported to TorchScript by NequIP/Allegro, SevenNet and MACE.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/potential/potential.h"

namespace ionscape::potential {

/// A module of torch.jit.save whose metadata say which package wrote it. Opening one runs the code inside it
/// with LibTorch: open files from sources you trust. Understood are
///  - NequIP and Allegro: nequip-deploy (0.5, 0.6) and nequip-compile --mode torchscript (0.7 and later);
///  - SevenNet: sevenn get_model, serial, without FlashTP and OpenEquivariance;
///  - MACE: mace_create_lammps_model (libtorch format) and the compiled model that training saves.
class TorchScriptPotential final : public Potential {
  public:
    /// Throws IoError when the file cannot be loaded and ModelError, naming the kind of export, when it is
    /// none of the above.
    explicit TorchScriptPotential(const std::filesystem::path& file);
    ~TorchScriptPotential() override;

    const PotentialInfo& info() const override;
    /// Number type inside the model: "float32" or "float64".
    std::string dtype() const;
    /// Throws ModelError for stress when the export does not compute it.
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;

    /// Interface of one package's exports.
    class Export;

  private:
    PotentialInfo info_;
    std::unique_ptr<Export> export_;
};

}  // namespace ionscape::potential
