// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/jump_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::transport {

namespace {

constexpr double fsPerPs = 1000.0;

std::size_t asIndex(std::int64_t i) {
    return static_cast<std::size_t>(i);
}

/// Time that ions belonged to a site, ps.
double timeInSite(const JumpRecord& record, int site) {
    return record.ionFrames[asIndex(site)] * record.frameIntervalFs / fsPerPs;
}

/// Jumps of each ion, in order of time.
std::vector<std::vector<const Jump*>> jumpsByIon(const JumpRecord& record) {
    std::vector<std::vector<const Jump*>> jumps(record.ions());
    for (const Jump& jump : record.jumps)
        jumps[asIndex(jump.ion)].push_back(&jump);
    return jumps;
}

}  // namespace

std::vector<SiteResidence> siteResidences(const JumpRecord& record) {
    std::vector<SiteResidence> residences(record.sites.size());
    for (const Jump& jump : record.jumps)
        ++residences[asIndex(jump.from)].departures;
    for (std::size_t s = 0; s < residences.size(); ++s) {
        SiteResidence& residence = residences[s];
        const double durationPs = record.durationFs() / fsPerPs;
        const double time = timeInSite(record, static_cast<int>(s));
        if (durationPs > 0.0) residence.occupancy = time / durationPs;
        const auto n = static_cast<double>(residence.departures);
        residence.meanTimePs = n > 0.0 ? time / n : std::numeric_limits<double>::infinity();
        residence.errorPs = n > 0.0 ? residence.meanTimePs / std::sqrt(n) : residence.meanTimePs;
    }
    return residences;
}

std::vector<double> completeStaysPs(const JumpRecord& record, int site) {
    std::vector<double> stays;
    for (const auto& jumps : jumpsByIon(record)) {
        for (std::size_t i = 0; i + 1 < jumps.size(); ++i) {
            if (jumps[i]->to != site) continue;
            stays.push_back(static_cast<double>(jumps[i + 1]->arrival - jumps[i]->arrival) *
                            record.frameIntervalFs / fsPerPs);
        }
    }
    return stays;
}

std::vector<HopRate> hopRates(const JumpRecord& record) {
    std::map<std::array<int, 5>, HopRate> connections;
    for (const Jump& jump : record.jumps) {
        const std::array<int, 5> key{jump.from, jump.to, jump.translation[0], jump.translation[1],
                                     jump.translation[2]};
        HopRate& hop = connections[key];
        if (hop.count++ > 0) continue;
        hop.from = jump.from;
        hop.to = jump.to;
        hop.translation = jump.translation;
        hop.vector = record.vector(jump);
        hop.distance = hop.vector.norm();
    }
    std::vector<HopRate> hops;
    for (auto& [key, hop] : connections) {
        const auto n = static_cast<double>(hop.count);
        hop.rate = n / timeInSite(record, hop.from);
        hop.error = hop.rate / std::sqrt(n);
        hops.push_back(hop);
    }
    std::stable_sort(hops.begin(), hops.end(),
                     [](const HopRate& a, const HopRate& b) { return a.count > b.count; });
    return hops;
}

Eigen::MatrixXi jumpMatrix(const JumpRecord& record) {
    const auto n = static_cast<Eigen::Index>(record.sites.size());
    Eigen::MatrixXi matrix = Eigen::MatrixXi::Zero(n, n);
    for (const Jump& jump : record.jumps)
        ++matrix(jump.from, jump.to);
    return matrix;
}

ActivationEnergy activationEnergy(double rate, double rateError, double attemptTHz, double temperature) {
    if (!(rate > 0.0 && attemptTHz > 0.0 && temperature > 0.0)) {
        throw InputError(
            fmt::format("an activation energy needs a positive rate, attempt frequency and "
                        "temperature; given are {} 1/ps, {} THz, {} K",
                        rate, attemptTHz, temperature));
    }
    const double kT = units::boltzmann * temperature;
    return {-kT * std::log(rate / attemptTHz), kT * rateError / rate};
}

std::vector<JumpType> jumpTypes(const JumpRecord& record, const std::vector<HopRate>& hops,
                                double distanceTolerance) {
    const auto groupOf = [&](int site) { return record.sites[asIndex(site)].group; };
    std::vector<std::size_t> order(hops.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto key = [&](std::size_t i) {
        return std::tuple(groupOf(hops[i].from), groupOf(hops[i].to), hops[i].distance);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });

    std::map<int, double> timeInGroup;
    for (std::size_t s = 0; s < record.sites.size(); ++s)
        timeInGroup[record.sites[s].group] += timeInSite(record, static_cast<int>(s));
    std::vector<JumpType> types;
    double lastDistance = 0.0;
    for (const std::size_t i : order) {
        const HopRate& hop = hops[i];
        const int from = groupOf(hop.from), to = groupOf(hop.to);
        if (types.empty() || types.back().fromGroup != from || types.back().toGroup != to ||
            hop.distance - lastDistance > distanceTolerance) {
            types.push_back({from, to, 0.0, 0, 0.0, 0.0, {}});
        }
        JumpType& type = types.back();
        type.hops.push_back(i);
        type.count += hop.count;
        type.distance += hop.distance * static_cast<double>(hop.count);
        lastDistance = hop.distance;
    }
    for (JumpType& type : types) {
        const auto n = static_cast<double>(type.count);
        type.distance /= n;
        type.rate = n / timeInGroup[type.fromGroup];
        type.error = type.rate / std::sqrt(n);
    }
    return types;
}

JumpDiffusivity jumpDiffusivity(const JumpRecord& record) {
    JumpDiffusivity result;
    if (record.durationFs() <= 0.0 || record.ions() == 0) return result;
    double fourth = 0.0;
    for (const Jump& jump : record.jumps) {
        const Vec3 l = record.vector(jump);
        result.tensor += l * l.transpose();
        fourth += l.squaredNorm() * l.squaredNorm();
    }
    const double scale =
        units::angstrom2PerFsInCm2PerS / (2.0 * static_cast<double>(record.ions()) * record.durationFs());
    result.tensor *= scale;
    result.coefficient = result.tensor.trace() / 3.0;
    result.error = std::sqrt(fourth) * scale / 3.0;
    result.jumps = static_cast<std::int64_t>(record.jumps.size());
    return result;
}

TrajectoryView siteTrajectory(const JumpRecord& record, crystal::Element mobile, std::size_t mostFrames) {
    if (record.frames < 2 || mostFrames < 2)
        throw InputError("jumps over fewer than two frames make no trajectory");
    std::vector<std::size_t> ions;
    for (std::size_t ion = 0; ion < record.ions(); ++ion) {
        if (record.firstSeen[ion]) ions.push_back(ion);
    }
    if (ions.empty()) throw InputError("no ion was ever in the core of a site");

    const auto most = static_cast<std::int64_t>(mostFrames);
    const std::int64_t stride = (record.frames - 1 + most - 2) / (most - 1);
    TrajectoryView view;
    view.elements.assign(ions.size(), mobile);
    view.masses = Eigen::VectorXd::Constant(static_cast<Eigen::Index>(ions.size()), mobile.mass());
    view.frameIntervalFs = static_cast<double>(stride) * record.frameIntervalFs;
    view.volume = record.lattice.volume();
    view.lattices = {record.lattice};
    const auto frames = static_cast<std::size_t>((record.frames - 1) / stride + 1);
    view.positions.assign(frames, VectorField(3, static_cast<Eigen::Index>(ions.size())));
    const auto jumps = jumpsByIon(record);
    for (std::size_t i = 0; i < ions.size(); ++i) {
        const FirstSeen& first = *record.firstSeen[ions[i]];
        Vec3 position = record.lattice.toCartesian(
            {record.sites[asIndex(first.site)].centre.v + first.cell.cast<double>()});
        auto next = jumps[ions[i]].begin();
        for (std::size_t t = 0; t < frames; ++t) {
            const auto frame = static_cast<std::int64_t>(t) * stride;
            for (; next != jumps[ions[i]].end() && (*next)->arrival <= frame; ++next)
                position += record.vector(**next);
            view.positions[t].col(static_cast<Eigen::Index>(i)) = position;
        }
    }
    return view;
}

CorrelationFactor correlationFactor(double tracer, double tracerError, const JumpDiffusivity& jumps) {
    if (!(jumps.coefficient > 0.0)) throw InputError("there were no jumps that could be correlated");
    const double f = tracer / jumps.coefficient;
    return {f, std::hypot(tracerError / jumps.coefficient, f * jumps.error / jumps.coefficient)};
}

}  // namespace ionscape::transport
