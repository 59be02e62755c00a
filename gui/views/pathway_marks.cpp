// SPDX-License-Identifier: GPL-3.0-or-later
// Sites, jumps and paths of an analysis as spheres, arrows and tubes.
#include <algorithm>
#include <cmath>

#include "gui/views/transport_stage.h"

namespace ionscape::gui {
namespace pathway_marks_detail {

double siteRadius(double occupancy) {
    return 0.18 + 0.34 * std::cbrt(std::clamp(occupancy, 0.0, 1.5));
}

double arrowRadius(double rate, double highest) {
    return 0.035 + 0.085 * std::sqrt(rate / highest);
}

}  // namespace pathway_marks_detail

scene::Pathways pathwayMarks(const std::shared_ptr<const PathwayResult>& analysis,
                             const crystal::Lattice& shown) {
    using namespace pathway_marks_detail;
    const transport::Pathways& result = analysis->found;
    scene::Pathways marks;
    if (result.density.lattice.rows() == shown.rows()) {
        marks.density = {analysis, &result.density};
    } else {
        auto moved = std::make_shared<transport::DensityGrid>(result.density);
        moved->lattice = shown;
        marks.density = std::move(moved);
    }
    for (const auto& site : result.siteMap.sites)
        marks.sites.push_back({shown.toCartesian(site.centre), siteRadius(site.occupancy),
                               scene::viridisColour(0.25 + 0.75 * site.occupancy), site.label});
    const auto& sites = result.record.sites;
    for (std::size_t i = 0; i < result.hops.size(); ++i) {
        const auto& hop = result.hops[i];
        const auto& from = sites[static_cast<std::size_t>(hop.from)].centre;
        const auto& to = sites[static_cast<std::size_t>(hop.to)].centre;
        marks.jumps.push_back({shown.toCartesian(from),
                               shown.toCartesian({to.v + hop.translation.cast<double>()}),
                               arrowRadius(hop.rate, result.hops.front().rate)});
    }
    for (std::size_t i = 0; i < analysis->axes.size(); ++i) {
        scene::PathMark mark;
        for (const auto& point : analysis->path(i).points) {
            mark.points.push_back(shown.toCartesian(point.position));
            mark.energy.push_back(point.energy);
        }
        marks.paths.push_back(std::move(mark));
    }
    return marks;
}

}  // namespace ionscape::gui
