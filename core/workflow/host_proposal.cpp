// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/host_proposal.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>

#include "core/base/error.h"
#include "core/composition/composition.h"
#include "core/composition/host_checks.h"
#include "core/composition/symmetry_operation.h"
#include "core/crystal/ionic_radius.h"
#include "core/crystal/neighbour_list.h"
#include "core/crystal/superlattice.h"
#include "core/workflow/proposed_charges.h"

namespace ionscape::workflow {
namespace {

using composition::Host;
using composition::Sublattice;
using crystal::Element;

constexpr double sameSite = 0.1;    // Å
constexpr double fullSite = 0.995;  // files round occupancies
constexpr double fractionTolerance = 4e-3;
constexpr int largestDenominator = 48;
constexpr int fewestAtoms = 100, mostAtoms = 250;
/// Primitive cells in a supercell, so that trying all shapes stays quick.
constexpr int mostCells = 64;
/// Mobile sites nearer than this many ionic diameters (six-fold) cannot both be filled.
constexpr double closestIons = 1.32;

struct Site {
    std::string label;
    crystal::Fractional position;
    OccupiedSite occupied;
    double filled = 0.0;
    std::set<Element> elements;
};

/// Sites that hold the same set of species.
struct Group {
    std::set<Element> elements;
    std::vector<std::size_t> sites;
    double points = 0.0;                            ///< in the conventional cell
    std::vector<std::pair<Element, double>> atoms;  ///< likewise, most abundant first
};

bool isMetal(Element element) {
    constexpr std::string_view others[] = {"H", "B",  "C",  "N",  "O",  "F",  "Si", "P",
                                           "S", "Cl", "As", "Se", "Br", "Te", "I"};
    return std::find(std::begin(others), std::end(others), element.symbol()) == std::end(others);
}

std::string amountsText(const std::vector<std::pair<Element, double>>& amounts) {
    std::string text;
    for (const auto& [element, amount] : amounts)
        text += fmt::format("{}{} {:.4g}", text.empty() ? "" : " ", element.symbol(), amount);
    return text;
}

/// Three short lattice translations that span the primitive cell, in units of the conventional vectors.
Mat3 primitiveRows(const Host& host) {
    std::vector<Vec3> centring;
    for (const auto& operation : host.operations) {
        if (operation.rotation == Mat3::Identity()) centring.push_back(operation.translation);
    }
    if (centring.size() == 1) return Mat3::Identity();
    std::vector<Vec3> vectors;
    for (const Vec3& t : centring) {
        for (int i = 0; i < 27; ++i) {
            const Vec3 v = t + Vec3(i / 9 - 1, i / 3 % 3 - 1, i % 3 - 1);
            if (v.norm() > 1e-6) vectors.push_back(v);
        }
    }
    const auto length = [&](const Vec3& v) { return host.conventionalLattice.toCartesian({v}).norm(); };
    std::stable_sort(vectors.begin(), vectors.end(),
                     [&](const Vec3& a, const Vec3& b) { return length(a) < length(b) - 1e-9; });
    const double wanted = 1.0 / static_cast<double>(centring.size());
    Mat3 rows;
    for (std::size_t c = 2; c < vectors.size(); ++c) {
        for (std::size_t b = 1; b < c; ++b) {
            for (std::size_t a = 0; a < b; ++a) {
                rows << vectors[a].transpose(), vectors[b].transpose(), vectors[c].transpose();
                if (std::abs(std::abs(rows.determinant()) - wanted) > 1e-6) continue;
                if (rows.determinant() < 0.0) rows.row(2) *= -1.0;
                return rows;
            }
        }
    }
    throw InputError("the symmetry operations of the file do not describe a lattice");
}

/// Whole numbers in these proportions.
std::vector<int> proportions(const std::vector<std::pair<Element, double>>& atoms) {
    double total = 0.0;
    for (const auto& [element, amount] : atoms)
        total += amount;
    for (int denominator = 1;; ++denominator) {
        std::vector<int> counts;
        double worst = 0.0;
        for (const auto& [element, amount] : atoms) {
            const double exact = amount / total * denominator;
            counts.push_back(std::max(1, static_cast<int>(std::lround(exact))));
            worst = std::max(worst, std::abs(exact - counts.back()) / denominator);
        }
        const int sum = std::accumulate(counts.begin(), counts.end(), 0);
        if ((worst < fractionTolerance && sum == denominator) || denominator == largestDenominator)
            return counts;
    }
}

class Proposer {
  public:
    Proposer(const io::CifCrystal& crystal, const ProposalOptions& options) : options_(options) {
        proposal_.host.id = options.id;
        proposal_.host.reference = options.reference.empty() ? "from a CIF" : options.reference;
        proposal_.host.spaceGroup = crystal.spaceGroup.empty() ? "P1" : crystal.spaceGroup;
        proposal_.host.conventionalLattice = crystal.lattice;
        for (const std::string& triplet : crystal.operations)
            proposal_.host.operations.push_back(composition::parseOperation(triplet));
        proposal_.host.primitiveMatrix = primitiveRows(proposal_.host);
        gatherSites(crystal);
        chooseMobile();
        checkFilling();
        findCharges(crystal);
        makeGroups();
        makeSublattices();
        separateMobileSites();
        proposal_.host.title = titleText();
        chooseSupercell();
    }

    HostProposal take() { return std::move(proposal_); }

  private:
    template <class... Parts>
    void note(fmt::format_string<Parts...> format, Parts&&... parts) {
        proposal_.notes.push_back(fmt::format(format, std::forward<Parts>(parts)...));
    }

    void gatherSites(const io::CifCrystal& crystal) {
        std::set<std::string> labels;
        for (const io::CifSite& entry : crystal.sites) {
            const auto at = std::find_if(sites_.begin(), sites_.end(), [&](const Site& site) {
                const Vec3 apart = crystal.lattice.toCartesian({site.position.v - entry.position.v});
                return crystal.lattice.minimumImage(apart).norm() < sameSite;
            });
            const bool isNew = at == sites_.end();
            Site& site = isNew ? sites_.emplace_back() : *at;
            if (isNew) {
                site.label = entry.label;
                for (int i = 2; !labels.insert(site.label).second; ++i)
                    site.label = fmt::format("{}_{}", entry.label, i);
                site.position = entry.position;
                const composition::HostSite asHost{site.label, "", entry.position, ""};
                for (const auto& point : proposal_.host.orbit(asHost))
                    site.occupied.images.push_back(crystal.lattice.toCartesian(point));
            }
            site.occupied.species.emplace_back(entry.element, entry.occupancy);
            site.elements.insert(entry.element);
            site.filled += entry.occupancy;
        }
    }

    /// A candidate with sites of its own; of several the first that leaves some empty, as a conductor does.
    void chooseMobile() {
        const auto alone = [&](Element ion, bool partly) {
            return std::any_of(sites_.begin(), sites_.end(), [&](const Site& site) {
                return site.elements == std::set<Element>{ion} && (!partly || site.filled < fullSite);
            });
        };
        if (options_.mobile) {
            mobile_ = *options_.mobile;
            if (!alone(mobile_, false)) {
                throw InputError(
                    fmt::format("no site holds {} alone, so it cannot be the mobile ion", mobile_.symbol()));
            }
            return;
        }
        for (const bool partly : {true, false}) {
            for (const char* symbol : {"Li", "Na", "Ag", "K", "Cu", "Mg"}) {
                mobile_ = Element::fromSymbol(symbol);
                if (!alone(mobile_, partly)) continue;
                note("{} was taken as the mobile ion", symbol);
                return;
            }
        }
        throw InputError("no site holds Li, Na, Ag, K, Cu or Mg alone; say which ion is the mobile one");
    }

    void checkFilling() const {
        for (const Site& site : sites_) {
            const bool mobile = site.elements.count(mobile_) > 0;
            if (mobile && site.elements.size() > 1) {
                throw InputError(
                    fmt::format("site {} holds {}: the mobile ion {} needs sites of its own; choose another "
                                "mobile ion or "
                                "take one of the species off the site",
                                site.label, amountsText(site.occupied.species), mobile_.symbol()));
            }
            if (!mobile && site.filled < fullSite) {
                throw InputError(
                    fmt::format("site {} is filled to {:.4g} only ({}): a host has vacancies among its "
                                "mobile ions alone; "
                                "fill the site, or choose {} as the mobile ion",
                                site.label, site.filled, amountsText(site.occupied.species),
                                site.occupied.species.front().first.symbol()));
            }
        }
    }

    void findCharges(const io::CifCrystal& crystal) {
        std::vector<OccupiedSite> occupied;
        for (const Site& site : sites_)
            occupied.push_back(site.occupied);
        auto known = options_.oxidationStates;
        std::set<Element> fromFile;
        for (const io::CifSite& entry : crystal.sites) {
            if (entry.oxidationState && known.emplace(entry.element, *entry.oxidationState).second)
                fromFile.insert(entry.element);
        }
        charges_ = proposeCharges(crystal.lattice, occupied, known);
        sums_ = valenceSums(crystal.lattice, occupied);
        for (const auto& [element, state] : charges_.states) {
            const char* source = options_.oxidationStates.count(element) ? "as given"
                                 : fromFile.count(element)               ? "as the file says"
                                                                         : "chosen";
            note("{} {:+d} {}, bond-valence sum {:+.2f}", element.symbol(), state, source,
                 charges_.valenceSums.at(element));
        }
    }

    void makeGroups() {
        for (std::size_t s = 0; s < sites_.size(); ++s) {
            auto at = std::find_if(groups_.begin(), groups_.end(),
                                   [&](const Group& group) { return group.elements == sites_[s].elements; });
            if (at == groups_.end()) at = groups_.insert(at, Group{sites_[s].elements, {}, 0.0, {}});
            at->sites.push_back(s);
            const auto images = static_cast<double>(sites_[s].occupied.images.size());
            at->points += images;
            for (const auto& [element, occupancy] : sites_[s].occupied.species) {
                auto known = std::find_if(at->atoms.begin(), at->atoms.end(),
                                          [&, e = element](const auto& one) { return one.first == e; });
                if (known == at->atoms.end()) known = at->atoms.insert(known, {element, 0.0});
                known->second += images * occupancy;
            }
        }
        for (Group& group : groups_) {
            std::stable_sort(group.atoms.begin(), group.atoms.end(),
                             [](const auto& a, const auto& b) { return a.second > b.second; });
        }
        const double primitive = std::abs(proposal_.host.primitiveMatrix.determinant());
        long units = 0;
        for (const Group& group : groups_) {
            if (!isMobile(group)) units = std::gcd(units, std::lround(group.points * primitive));
        }
        if (units == 0) throw InputError("the file has nothing but the mobile ion");
        unitsInCell_ = static_cast<double>(units) / primitive;
    }

    bool isMobile(const Group& group) const { return group.elements.count(mobile_) > 0; }

    /// The group that is made high-entropy.
    const Group& primaryGroup() const {
        const Group* best = nullptr;
        double bestRank = 0.0;
        for (const Group& group : groups_) {
            if (isMobile(group)) continue;
            const int state = charges_.states.at(group.atoms.front().first);
            if (state <= 0) continue;
            const double rank = state + (isMetal(group.atoms.front().first) ? 20.0 : 0.0) +
                                (group.elements.size() > 1 ? 40.0 : 0.0);
            if (rank > bestRank) {
                bestRank = rank;
                best = &group;
            }
        }
        if (!best) throw InputError("the file has no cation besides the mobile ion");
        return *best;
    }

    std::string uniqueName(const std::string& wanted) const {
        const auto taken = [&](const std::string& name) {
            return std::any_of(proposal_.host.sublattices.begin(), proposal_.host.sublattices.end(),
                               [&](const Sublattice& s) { return s.name == name; });
        };
        std::string name = wanted;
        for (int i = 2; taken(name); ++i)
            name = wanted + std::to_string(i);
        return name;
    }

    Sublattice sublatticeOf(const Group& group, bool primary) const {
        Sublattice sublattice;
        sublattice.name = uniqueName(std::string(group.atoms.front().first.symbol()));
        sublattice.sitesPerFormulaUnit = group.points / unitsInCell_;
        for (const auto& [element, amount] : group.atoms)
            sublattice.species.push_back({element, charges_.states.at(element)});
        if (isMobile(group)) {
            sublattice.kind = Sublattice::Kind::Mobile;
        } else if (primary || group.elements.size() > 1) {
            sublattice.kind = Sublattice::Kind::Mixed;
            if (group.elements.size() > 1) sublattice.defaultCounts = proportions(group.atoms);
        } else {
            sublattice.amounts = {sublattice.sitesPerFormulaUnit};
        }
        if (!primary) return sublattice;
        for (const composition::Species& dopant : options_.dopants) {
            if (group.elements.count(dopant.element)) continue;
            sublattice.species.push_back(dopant);
            if (!sublattice.defaultCounts.empty()) sublattice.defaultCounts.push_back(0);
        }
        return sublattice;
    }

    void makeSublattices() {
        const Group& primary = primaryGroup();
        std::vector<const Group*> order;
        for (const Group& group : groups_) {
            if (isMobile(group)) order.insert(order.begin(), &group);
        }
        order.push_back(&primary);
        for (const Group& group : groups_) {
            if (!isMobile(group) && &group != &primary) order.push_back(&group);
        }
        for (const Group* group : order) {
            const Sublattice sublattice = sublatticeOf(*group, group == &primary);
            proposal_.host.sublattices.push_back(sublattice);
            for (const std::size_t s : group->sites) {
                proposal_.host.asymmetricSites.push_back(
                    {sites_[s].label, sublattice.name, sites_[s].position, ""});
                proposal_.sites.push_back({sites_[s].label, amountsText(sites_[s].occupied.species),
                                           static_cast<int>(sites_[s].occupied.images.size()),
                                           sublattice.name, sums_[s]});
            }
            if (isMobile(*group)) proposal_.mobileInFile = group->atoms.front().second / unitsInCell_;
        }
        if (primary.elements.size() == 1 && options_.dopants.empty()) {
            note(
                "no site of the file mixes cations; {} was made the primary sublattice: add the species that "
                "may replace it",
                primary.atoms.front().first.symbol());
        }
    }

    void separateMobileSites() {
        const auto tabulated = crystal::nearestIonicRadius(mobile_, charges_.states.at(mobile_), 6);
        const double threshold = 2.0 * closestIons * (tabulated ? tabulated->radius : 1.0);
        crystal::Structure ions;
        ions.lattice = proposal_.host.conventionalLattice;
        for (const Site& site : sites_) {
            if (!site.elements.count(mobile_)) continue;
            for (const Vec3& image : site.occupied.images)
                ions.append(mobile_, image);
        }
        const auto pairs = crystal::neighbourPairs(ions, threshold);
        if (pairs.empty()) return;
        const auto nearest = std::min_element(
            pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
        const double rounded = std::floor(threshold * 100.0) / 100.0;
        proposal_.host.sublattices.front().minimumDistance = rounded;
        note("sites of {} come as near as {:.2f} Å; two nearer than {:.2f} Å are never both filled",
             mobile_.symbol(), nearest->distance, rounded);
    }

    std::string titleText() {
        const Host& host = proposal_.host;
        const auto own = composition::defaultComposition(host);
        proposal_.mobileBalanced = composition::mobileContent(host, own);
        if (std::abs(proposal_.mobileBalanced - proposal_.mobileInFile) > 0.01) {
            note("the file has {0}{1:.4g} per formula unit, charge balance asks for {0}{2:.4g}",
                 mobile_.symbol(), proposal_.mobileInFile, proposal_.mobileBalanced);
        }
        return composition::formulaText(composition::compositionFormula(host, own)) + ", " + host.spaceGroup;
    }

    /// Whether this many primitive cells hold whole atoms of everything.
    bool holdsWholeAtoms(int cells) const {
        const Host& host = proposal_.host;
        const auto whole = [](double x) { return std::abs(x - std::round(x)) < 1e-6; };
        const double units = host.formulaUnitsInPrimitiveCell() * cells;
        for (const auto& [sublattice, counts] :
             composition::mixedOccupation(host, composition::defaultComposition(host))) {
            const double perCount = units * sublattice->sitesPerFormulaUnit / composition::totalCount(counts);
            for (const auto& [element, count] : counts) {
                if (!whole(count * perCount)) return false;
            }
        }
        return whole(units * proposal_.mobileBalanced);
    }

    void chooseSupercell() {
        Host& host = proposal_.host;
        double atoms = proposal_.mobileBalanced;
        for (const Sublattice& sublattice : host.sublattices) {
            if (sublattice.kind != Sublattice::Kind::Mobile) atoms += sublattice.sitesPerFormulaUnit;
        }
        atoms *= host.formulaUnitsInPrimitiveCell();
        const int fewest = std::clamp(static_cast<int>(std::ceil(fewestAtoms / atoms)), 1, mostCells);
        const int most = std::clamp(static_cast<int>(mostAtoms / atoms), fewest, mostCells);
        const crystal::Lattice primitive(host.primitiveMatrix * host.conventionalLattice.rows());
        double best = -1.0;
        for (int cells = fewest; cells <= most; ++cells) {
            const IntMat3 matrix = crystal::mostCubicSupercell(primitive, cells);
            const crystal::Lattice lattice(matrix.cast<double>() * primitive.rows());
            const double cubic = lattice.faceDistances().minCoeff() / std::cbrt(lattice.volume());
            const double rank = cubic + (holdsWholeAtoms(cells) ? 10.0 : 0.0);
            if (rank > best + 1e-6) {
                best = rank;
                host.supercellMatrix = matrix;
            }
        }
        if (best < 10.0) {
            note(
                "no supercell of {} to {} atoms holds the file's composition in whole atoms; choose other "
                "proportions",
                fewestAtoms, mostAtoms);
        }
    }

    const ProposalOptions& options_;
    HostProposal proposal_;
    std::vector<Site> sites_;
    std::vector<Group> groups_;
    Element mobile_;
    ProposedCharges charges_;
    std::vector<double> sums_;
    double unitsInCell_ = 1.0;  ///< formula units in the conventional cell
};

}  // namespace

HostProposal proposeHost(const io::CifCrystal& crystal, const ProposalOptions& options) {
    return Proposer(crystal, options).take();
}

Host finishedHost(const HostProposal& proposal) {
    composition::checkHost(proposal.host);
    composition::checkComposition(proposal.host, composition::defaultComposition(proposal.host));
    return proposal.host;
}

}  // namespace ionscape::workflow
