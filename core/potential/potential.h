// SPDX-License-Identifier: GPL-3.0-or-later
// The interface of everything that gives energies and forces, and what a potential says of itself.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/crystal/structure.h"

namespace ionscape::potential {

/// What a potential is and where it comes from; written into every run.
struct PotentialInfo {
    std::string name;
    /// "CHGNet", "Lennard-Jones", ...
    std::string architecture;
    /// Elements the model was trained on; empty means any.
    std::vector<crystal::Element> elements;
    /// Largest interaction range of one message-passing layer, Å.
    double cutoff = 0.0;
    std::string origin;
    std::string licence;
    /// SHA-256 of the model file, hexadecimal; empty for analytic potentials.
    std::string checksum;
    std::string file;
    long parameters = 0;
    /// Number of models that are asked; more than one in a committee.
    int members = 1;
    /// Force spread above which the committee's makers no longer trust it, eV/Å; 0 where none is given.
    double spreadThreshold = 0.0;
};

/// Which derived quantities an evaluation needs besides energy and forces.
struct Request {
    bool stress = false;
    bool magmoms = false;
    /// How far the members of a committee disagree; a single model has no such thing and ignores it.
    bool spread = false;
};

struct Evaluation {
    /// Total energy of the cell, eV.
    double energy = 0.0;
    /// eV/Å, 3 × N.
    VectorField forces;
    /// Cauchy stress, GPa, positive in tension; set when requested.
    std::optional<Mat3> stressGPa;
    /// μ_B, one an atom; set when requested and the model has them.
    std::optional<Eigen::VectorXd> magmoms;
    /// Spread of a committee's forces on each atom, eV/Å: √(mean over members of |F_k − mean F|²); set when
    /// requested of a committee.
    std::optional<Eigen::VectorXd> forceSpread;
    /// Standard deviation of the members' energies, eV; set with forceSpread.
    std::optional<double> energySpread;
};

class Potential {
  public:
    virtual ~Potential() = default;
    virtual const PotentialInfo& info() const = 0;
    /// Energy, forces and what `request` asks for. Not const: implementations keep neighbour lists and
    /// buffers; one object serves one thread at a time. Throws ModelError when an element is unknown to the
    /// model or a result is not finite (naming the atom).
    virtual Evaluation evaluate(const crystal::Structure& structure, const Request& request) = 0;

    /// The same for independent structures of any sizes (replicas, compositions). One call lets an
    /// implementation share its overheads and fill its threads; the default goes through them one by one.
    virtual std::vector<Evaluation> evaluateBatch(const std::vector<const crystal::Structure*>& structures,
                                                  const Request& request);
};

/// Throws ModelError naming the first element of `structure` that `info` does not cover.
void requireElements(const PotentialInfo& info, const crystal::Structure& structure);

/// Throws ModelError naming the atom when the energy or a force is not finite.
void requireFinite(const Evaluation& evaluation, const crystal::Structure& structure);

/// Opens a potential by path, whatever format of modelFormats() it has. Throws IoError, ModelError or
/// InputError with what to do. `threads` > 0 sets the number of compute threads.
std::unique_ptr<Potential> openPotential(const std::string& path, int threads = 0);

/// Path of the potential that is shipped with the program.
std::string embeddedPotentialPath();

}  // namespace ionscape::potential
