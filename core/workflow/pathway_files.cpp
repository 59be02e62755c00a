// SPDX-License-Identifier: GPL-3.0-or-later
// The tables and pictures that an analysis of pathways is handed on in.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/io/cif.h"
#include "core/io/volumetric.h"
#include "core/workflow/pathway_run.h"

namespace ionscape::workflow {

namespace {

using transport::HopRate;
using transport::MigrationPath;
using transport::Site;

double picoseconds(const PathwayRun& run, std::int64_t frame) {
    return 1e-3 * run.pathways.record.frameIntervalFs * static_cast<double>(frame);
}

/// Text in a CSV field: quoted where it needs it (RFC 4180).
std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

std::string hopPathsCsv(const PathwayRun& run) {
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "from,to,cell_a,cell_b,cell_c,distance (Å),energy (eV),x,y,z\n");
    for (const auto& way : run.pathways.hopPaths) {
        const HopRate& hop = run.pathways.hops[way.hop];
        for (const auto& point : way.path.points) {
            fmt::format_to(out, "{},{},{},{},{},{:.4f},{:.5f},{:.6f},{:.6f},{:.6f}\n", hop.from + 1,
                           hop.to + 1, hop.translation[0], hop.translation[1], hop.translation[2],
                           point.distance, point.energy, point.position.v[0], point.position.v[1],
                           point.position.v[2]);
        }
    }
    return fmt::to_string(text);
}

io::CifCrystal withSites(const PathwayRun& run) {
    io::CifCrystal crystal;
    crystal.lattice = run.structure.lattice;
    const crystal::Element mobile = run.settings.mobile;
    std::size_t number = 0;
    for (const Site& site : run.pathways.siteMap.sites) {
        ++number;
        if (!(site.occupancy > 0.0)) continue;  // a known site where no ion ever was
        crystal.sites.push_back({fmt::format("{}{}", mobile.symbol(), number), mobile, std::nullopt,
                                 site.centre, std::min(1.0, site.occupancy), 0});
    }
    std::size_t atoms = 0;
    for (std::size_t i = 0; i < run.structure.size(); ++i) {
        const auto element = run.structure.elements[i];
        if (element == mobile) continue;
        crystal.sites.push_back({fmt::format("{}_{}", element.symbol(), ++atoms), element, std::nullopt,
                                 run.structure.fractional(i), 1.0, 0});
    }
    return crystal;
}

}  // namespace

std::string sitesCsv(const PathwayRun& run) {
    std::string text =
        "site,label,group,x,y,z,occupancy,occupancy_from_jumps,merged,volume (Å³),amplitude (Å),core_radius "
        "(Å),"
        "peak_density (1/Å³),departures,residence_time (ps),residence_time_error (ps)\n";
    for (std::size_t s = 0; s < run.pathways.siteMap.sites.size(); ++s) {
        const Site& site = run.pathways.siteMap.sites[s];
        const auto& residence = run.pathways.residences[s];
        const Vec3& f = site.centre.v;
        text += fmt::format("{},{},{},{:.6f},{:.6f},{:.6f},{:.5f},{:.5f},{},{:.4f},{:.4f},{:.4f},{:.6g},{},",
                            s + 1, quoted(site.label), site.group + 1, f[0], f[1], f[2], site.occupancy,
                            residence.occupancy, site.merged, site.volume, site.amplitude, site.coreRadius,
                            site.peakDensity, residence.departures);
        text += residence.departures > 0
                    ? fmt::format("{:.6g},{:.6g}\n", residence.meanTimePs, residence.errorPs)
                    : std::string(",\n");
    }
    return text;
}

std::string hopsCsv(const PathwayRun& run) {
    std::string text =
        "from,to,cell_a,cell_b,cell_c,distance (Å),jumps,rate (1/ps),rate_error (1/ps),activation_energy "
        "(eV),"
        "activation_energy_error (eV)\n";
    for (std::size_t h = 0; h < run.pathways.hops.size(); ++h) {
        const HopRate& hop = run.pathways.hops[h];
        const auto& barrier = run.pathways.barriers[h];
        text += fmt::format("{},{},{},{},{},{:.4f},{},{:.6g},{:.6g},{:.5f},{:.5f}\n", hop.from + 1,
                            hop.to + 1, hop.translation[0], hop.translation[1], hop.translation[2],
                            hop.distance, hop.count, hop.rate, hop.error, barrier.energy, barrier.error);
    }
    return text;
}

std::string jumpTypesCsv(const PathwayRun& run) {
    std::string text =
        "from_group,to_group,distance (Å),jumps,rate (1/ps),rate_error (1/ps),activation_energy (eV),"
        "activation_energy_error (eV)\n";
    for (std::size_t t = 0; t < run.pathways.types.size(); ++t) {
        const auto& type = run.pathways.types[t];
        const auto& barrier = run.pathways.typeBarriers[t];
        text +=
            fmt::format("{},{},{:.4f},{},{:.6g},{:.6g},{:.5f},{:.5f}\n", type.fromGroup + 1, type.toGroup + 1,
                        type.distance, type.count, type.rate, type.error, barrier.energy, barrier.error);
    }
    return text;
}

std::string jumpsCsv(const PathwayRun& run) {
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "departure (ps),arrival (ps),ion,from,to,cell_a,cell_b,cell_c,in_concert\n");
    const auto& record = run.pathways.record;
    for (std::size_t j = 0; j < record.jumps.size(); ++j) {
        const auto& jump = record.jumps[j];
        fmt::format_to(out, "{:.6g},{:.6g},{},{},{},{},{},{},{}\n", picoseconds(run, jump.departure),
                       picoseconds(run, jump.arrival), jump.ion + 1, jump.from + 1, jump.to + 1,
                       jump.translation[0], jump.translation[1], jump.translation[2],
                       run.pathways.concerted.concerted[j] ? 1 : 0);
    }
    return fmt::to_string(text);
}

std::string pathCsv(const PathwayRun& run, const MigrationPath& path) {
    std::string text = "distance (Å),energy (eV),x,y,z,X (Å),Y (Å),Z (Å)\n";
    for (const auto& point : path.points) {
        const Vec3& f = point.position.v;
        const Vec3 r = run.structure.lattice.toCartesian(point.position);
        text += fmt::format("{:.4f},{:.5f},{:.6f},{:.6f},{:.6f},{:.4f},{:.4f},{:.4f}\n", point.distance,
                            point.energy, f[0], f[1], f[2], r[0], r[1], r[2]);
    }
    return text;
}

std::vector<std::filesystem::path> writePathways(const std::filesystem::path& folder, const PathwayRun& run) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) throw IoError(folder, "the folder cannot be made: " + failure.message());
    std::vector<std::filesystem::path> files;
    const auto write = [&](const std::string& name, const std::string& text) {
        files.push_back(folder / name);
        writeTextAtomically(files.back(), text);
    };
    write("pathways.json", toJson(run) + "\n");
    write("sites.csv", sitesCsv(run));
    write("hops.csv", hopsCsv(run));
    write("jump_types.csv", jumpTypesCsv(run));
    write("jumps.csv", jumpsCsv(run));
    write("hop_paths.csv", hopPathsCsv(run));
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto& path = run.pathways.paths[axis];
        if (path) write(fmt::format("path_{}.csv", "abc"[axis]), pathCsv(run, *path));
    }
    const std::string ion(run.settings.mobile.symbol());
    const io::VolumetricData data{run.structure, run.pathways.density.shape, run.pathways.density.values};
    files.push_back(folder / ("CHGCAR_" + ion));
    io::writeChgcar(files.back(), data);
    files.push_back(folder / (ion + "_density.cube"));
    io::writeCube(files.back(), data);
    files.push_back(folder / "sites.cif");
    io::writeCifCrystal(files.back(), withSites(run));
    return files;
}

}  // namespace ionscape::workflow
