// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/committee_potential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "core/base/checksum.h"
#include "core/base/name_table.h"

namespace ionscape::potential {

CommitteeDriver committeeDriverFromName(const std::string& name) {
    static const NameTable<CommitteeDriver> names(
        "driver of a committee", {{CommitteeDriver::Mean, "mean"}, {CommitteeDriver::First, "first"}});
    return names.value(name);
}

PotentialInfo committeeInfo(const CommitteeManifest& manifest, const std::vector<PotentialInfo>& members) {
    if (members.size() < 2)
        throw ModelError("the committee '" + manifest.name + "' needs at least two members");
    PotentialInfo info;
    info.name = manifest.name;
    info.architecture = fmt::format("committee of {}, {}", members.size(), members.front().architecture);
    info.origin = manifest.origin;
    info.licence = manifest.licence;
    info.members = static_cast<int>(members.size());
    info.spreadThreshold = manifest.spreadThreshold;
    info.elements = members.front().elements;
    std::string checksums = manifest.driver == CommitteeDriver::Mean ? "mean" : "first";
    for (const PotentialInfo& member : members) {
        info.cutoff = std::max(info.cutoff, member.cutoff);
        info.parameters += member.parameters;
        checksums += "\n" + member.checksum;
        if (member.members > 1)
            throw ModelError("the committee '" + manifest.name + "' has the committee '" + member.name +
                             "' as a member; list that one's members instead");
        if (member.elements.empty()) continue;  // knows any element
        if (info.elements.empty()) info.elements = member.elements;
        std::erase_if(info.elements, [&](crystal::Element element) {
            return std::find(member.elements.begin(), member.elements.end(), element) ==
                   member.elements.end();
        });
        if (info.elements.empty())
            throw ModelError("the members of the committee '" + manifest.name +
                             "' have no element in common");
    }
    info.checksum = sha256OfText(checksums);
    return info;
}

int committeeWorkers(std::size_t members, int threads) {
    const int count = static_cast<int>(members);
    const int most = std::clamp(threads, 1, std::max(count, 1));
    return count % most == 0 ? most : 1;
}

/// Threads that live as long as the committee: the libraries below keep pools and caches per thread. Worker w
/// evaluates the members w, w + W, w + 2W, ...
class CommitteePotential::Workers {
  public:
    Workers(std::vector<std::unique_ptr<Potential>>& members, int count) : members_(members) {
        for (int w = 0; w < count; ++w)
            threads_.emplace_back([this, w, count](const std::stop_token& stop) { work(stop, w, count); });
    }
    ~Workers() {
        for (std::jthread& thread : threads_)
            thread.request_stop();
        begin_.notify_all();
    }

    std::vector<Evaluation> evaluate(const crystal::Structure& structure, const Request& request) {
        std::unique_lock lock(mutex_);
        structure_ = &structure;
        request_ = request;
        results_.assign(members_.size(), {});
        errors_.assign(members_.size(), nullptr);
        busy_ = threads_.size();
        ++round_;
        begin_.notify_all();
        done_.wait(lock, [&] { return busy_ == 0; });
        for (const std::exception_ptr& error : errors_) {
            if (error) std::rethrow_exception(error);
        }
        return std::move(results_);
    }

  private:
    void work(const std::stop_token& stop, int first, int stride) {
        std::uint64_t seen = 0;
        for (;;) {
            {
                std::unique_lock lock(mutex_);
                begin_.wait(lock, stop, [&] { return round_ != seen; });
                if (stop.stop_requested()) return;
                seen = round_;
            }
            for (auto i = static_cast<std::size_t>(first); i < members_.size();
                 i += static_cast<std::size_t>(stride)) {
                try {
                    results_[i] = members_[i]->evaluate(*structure_, request_);
                } catch (...) {
                    errors_[i] = std::current_exception();
                }
            }
            const std::lock_guard lock(mutex_);
            if (--busy_ == 0) done_.notify_one();
        }
    }

    std::vector<std::unique_ptr<Potential>>& members_;
    std::mutex mutex_;
    std::condition_variable_any begin_;
    std::condition_variable done_;
    const crystal::Structure* structure_ = nullptr;
    Request request_;
    std::vector<Evaluation> results_;
    std::vector<std::exception_ptr> errors_;
    std::uint64_t round_ = 0;
    std::size_t busy_ = 0;
    std::vector<std::jthread> threads_;  // last: joined before anything they use goes away
};

namespace {

std::vector<PotentialInfo> infosOf(const std::vector<std::unique_ptr<Potential>>& members) {
    std::vector<PotentialInfo> infos;
    for (const auto& member : members)
        infos.push_back(member->info());
    return infos;
}

Evaluation meanOf(const std::vector<Evaluation>& all) {
    const double weight = 1.0 / static_cast<double>(all.size());
    Evaluation mean;
    mean.forces = VectorField::Zero(3, all.front().forces.cols());
    const auto haveAll = [&](auto member) {
        return std::all_of(all.begin(), all.end(),
                           [&](const Evaluation& e) { return (e.*member).has_value(); });
    };
    if (haveAll(&Evaluation::stressGPa)) mean.stressGPa = Mat3::Zero();
    if (haveAll(&Evaluation::magmoms)) mean.magmoms = Eigen::VectorXd::Zero(mean.forces.cols());
    for (const Evaluation& e : all) {
        mean.energy += weight * e.energy;
        mean.forces += weight * e.forces;
        if (mean.stressGPa) *mean.stressGPa += weight * *e.stressGPa;
        if (mean.magmoms) *mean.magmoms += weight * *e.magmoms;
    }
    return mean;
}

void addSpread(const std::vector<Evaluation>& all, const Evaluation& mean, Evaluation& result) {
    Eigen::VectorXd squares = Eigen::VectorXd::Zero(mean.forces.cols());
    double energySquares = 0.0;
    for (const Evaluation& e : all) {
        squares += (e.forces - mean.forces).colwise().squaredNorm().transpose();
        energySquares += (e.energy - mean.energy) * (e.energy - mean.energy);
    }
    const double count = static_cast<double>(all.size());
    result.forceSpread = (squares / count).cwiseSqrt();
    result.energySpread = std::sqrt(energySquares / count);
}

}  // namespace

CommitteePotential::CommitteePotential(const CommitteeManifest& manifest,
                                       std::vector<std::unique_ptr<Potential>> members, int workers)
    : info_(committeeInfo(manifest, infosOf(members))),
      driver_(manifest.driver),
      members_(std::move(members)) {
    if (workers > 1) workers_ = std::make_unique<Workers>(members_, workers);
}

CommitteePotential::~CommitteePotential() = default;

Evaluation CommitteePotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(info_, structure);
    if (driver_ == CommitteeDriver::First && !request.spread)
        return members_.front()->evaluate(structure, request);
    std::vector<Evaluation> all;
    if (workers_) {
        all = workers_->evaluate(structure, request);
    } else {
        for (const auto& member : members_)
            all.push_back(member->evaluate(structure, request));
    }
    const Evaluation mean = meanOf(all);
    Evaluation result = driver_ == CommitteeDriver::Mean ? mean : all.front();
    if (request.spread) addSpread(all, mean, result);
    return result;
}

}  // namespace ionscape::potential
