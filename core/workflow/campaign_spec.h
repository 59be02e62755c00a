// SPDX-License-Identifier: GPL-3.0-or-later
// What a campaign computes: which compositions of a host's space, and how each is relaxed and simulated.
#pragma once

#include <string>
#include <vector>

#include "core/workflow/run.h"

namespace ionscape::workflow {

/// Part of a campaign: listed formulas, or compositions of a space.
struct CampaignGroup {
    std::string name;
    std::vector<std::string> formulas;
    /// Occupancy types as composition::occupancyTypeList reads them ("4-1,5-1"); with no formulas.
    std::string types;
    double mobileMin = 0.0;  ///< mobile ions per formula unit
    double mobileMax = 1e9;
    std::vector<std::string> require, exclude;  ///< elements
    /// How many of them are drawn; 0: all. The draw spreads evenly over the mobile content and the elements,
    /// and so does every beginning of it: a campaign that is stopped early is still a fair sample.
    std::uint64_t count = 0;
    /// Decorations of each composition.
    int members = 1;
    /// Molecular dynamics after the relaxation.
    bool dynamics = false;
};

struct CampaignSpec {
    std::string name;
    /// How every cell is built, relaxed and simulated. Its seed is that of the first member and of the draw;
    /// formula, structure file, output and overwrite must not be set.
    RunSpec protocol;
    /// The target is the mean squared displacement at this lag on the fitted line, b + 6 D* Δt, ps: close to
    /// the published value, the mean over 20–80 ps.
    double targetLagPs = 50.0;
    std::vector<CampaignGroup> groups;
};

/// Throws InputError naming the first setting that is impossible.
void checkSettings(const CampaignSpec& spec);

/// JSON with every field, and back. Throws InputError naming the field that is unknown, of the wrong type or
/// impossible.
std::string toJson(const CampaignSpec& spec);
CampaignSpec campaignSpecFromJson(const std::string& json);

/// One cell to compute.
struct CampaignJob {
    std::string formula;  ///< canonical
    std::string type;     ///< occupancy type; empty for listed formulas that are of no published one
    std::string group;
    std::uint64_t seed = 1;
    bool dynamics = false;

    /// Formula and seed: names files and finds the job in a dataset.
    std::string id() const;
};

/// All jobs in the order in which they are done: one of each group in turn. A cell that several groups ask
/// for is computed once, with dynamics if any of them wants that. Throws InputError for what the space
/// refuses.
std::vector<CampaignJob> campaignJobs(const CampaignSpec& spec);

}  // namespace ionscape::workflow
