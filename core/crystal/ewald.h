// SPDX-License-Identifier: GPL-3.0-or-later
// The electrostatic energy of point charges in a periodic cell by Ewald summation.
#pragma once

#include <optional>

#include "core/crystal/structure.h"

namespace ionscape::crystal {

/// e²/(4πε0), eV Å (CODATA 2018).
inline constexpr double coulombConstant = 14.399645478425667;

/// Where the sum is split and where its two halves are cut.
struct EwaldParameters {
    double splitting = 0.0;         ///< α of erfc(αr), 1/Å
    double realCutoff = 0.0;        ///< Å
    double reciprocalCutoff = 0.0;  ///< largest |k|, 1/Å
};

/// Parameters for which the mean of what both halves neglect stays below `accuracy` (eV an atom), estimated
/// without any cancellation between neglected terms, from the mean square charge and the density:
/// √π ke ρ q² exp(−s²)/(α² s) and ke q² α exp(−s²)/(π s) with s = α r_c = k_c/(2α). Unless it is given, the
/// splitting balances the work of both halves, α = √π (N/V²)^(1/6) (Fincham, Mol. Simul. 13, 1 (1994)).
/// Throws InputError for charges that do not belong to the atoms, an accuracy outside 1e-14..1, or a
/// splitting that is not positive.
EwaldParameters ewaldParameters(const Structure& structure, const Eigen::VectorXd& charges, double accuracy,
                                std::optional<double> splitting = std::nullopt);

struct EwaldResult {
    double energy = 0.0;  ///< eV
    VectorField forces;   ///< eV/Å
    Mat3 stressGPa = Mat3::Zero();
    /// Potential at each site without the charge that sits there, V.
    Eigen::VectorXd potentials;
};

/// Energy, forces and stress of `charges` (e, one an atom) with tinfoil boundary conditions (Ewald, Ann.
/// Phys. 369, 253 (1921); de Leeuw, Perram & Smith, Proc. R. Soc. A 373, 27 (1980)). A cell with a net charge
/// gets a uniform neutralising background, −π ke Q²/(2Vα²): its energy is then defined, but depends on the
/// size of the cell. Throws InputError as ewaldParameters and neighbourPairs do.
EwaldResult ewaldSum(const Structure& structure, const Eigen::VectorXd& charges,
                     const EwaldParameters& parameters);
/// With automatic parameters.
EwaldResult ewaldSum(const Structure& structure, const Eigen::VectorXd& charges, double accuracy = 1e-8);

/// The symmetric matrix M (N × N, eV/e²) with E = ½ qᵀ M q for any charges q on these sites, self-interaction
/// and background included. Exchanging charges between sites then costs no new sum: decorations of one cell
/// are ranked by a product each. `parameters` as from ewaldParameters for typical charges.
Eigen::MatrixXd ewaldMatrix(const Structure& structure, const EwaldParameters& parameters);

}  // namespace ionscape::crystal
