// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/stream_view.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/error.h"

namespace ionscape::transport {

namespace {

/// Largest deviation from even spacing, in intervals; programs print times with few digits.
constexpr double evenWithin = 0.05;
constexpr std::size_t framesBetweenReports = 64;

class Collector {
  public:
    Collector(const crystal::Structure& initial, const StreamOptions& options)
        : options_(options), elements_(initial.elements) {
        result_.stride = std::max<std::size_t>(options.stride, 1);
        result_.last = initial;
        result_.view.elements = initial.elements;
        result_.view.masses = initial.masses();
        if (options.mobile) findFramework(initial);
    }

    void add(const trajectory::Frame& frame) {
        if (!offGrid_.empty()) throw InputError(offGrid_);
        checkAtoms(frame);
        if (!checkTime(frame)) return;
        times_.push_back(frame.timeFs);
        result_.view.volume += frame.lattice.volume();
        result_.view.temperature += frame.temperature;
        result_.last.lattice = frame.lattice;
        result_.last.positions = frame.positions;
        const Vec3 drift = driftOf(frame.positions);
        const std::size_t index = times_.size() - 1;
        if (index % result_.stride == 0) keep(frame, drift);
    }

    StreamedView finish() {
        auto& view = result_.view;
        result_.framesRead = times_.size();
        if (times_.empty()) throw InputError("the trajectory holds no frame");
        checkEvenness();
        const auto frames = static_cast<double>(times_.size());
        view.volume /= frames;
        view.temperature /= frames;
        if (times_.size() > 1)
            view.frameIntervalFs =
                (times_.back() - times_.front()) / (frames - 1.0) * static_cast<double>(result_.stride);
        describe();
        return std::move(result_);
    }

  private:
    void findFramework(const crystal::Structure& initial) {
        weights_ = result_.view.masses;
        for (std::size_t i = 0; i < initial.size(); ++i) {
            if (initial.elements[i] != *options_.mobile) continue;
            mobile_.push_back(static_cast<Eigen::Index>(i));
            weights_[static_cast<Eigen::Index>(i)] = 0.0;
        }
        if (mobile_.empty()) {
            throw InputError(fmt::format("the trajectory holds no {} (it is {})", options_.mobile->symbol(),
                                         initial.formula()));
        }
        const double mass = weights_.sum();
        if (mass > 0.0) {
            weights_ /= mass;
        } else {
            weights_.resize(0);
        }
    }

    void checkAtoms(const trajectory::Frame& frame) const {
        if (frame.positions.cols() == static_cast<Eigen::Index>(elements_.size())) return;
        throw InputError(fmt::format("frame {} has {} atoms, the structure {}", times_.size(),
                                     frame.positions.cols(), elements_.size()));
    }

    /// False for a frame that is left out unless another one follows.
    bool checkTime(const trajectory::Frame& frame) {
        if (times_.size() < 2) {
            if (!times_.empty() && !(frame.timeFs > times_.back()))
                throw InputError("the frames of the trajectory are not in order of time");
            return true;
        }
        const double interval = times_[1] - times_[0];
        const double expected = times_.back() + interval;
        if (std::abs(frame.timeFs - expected) <= evenWithin * interval) return true;
        offGrid_ = fmt::format(
            "frame {} (step {}) is at {} fs, {} fs is expected for even spacing: resample the trajectory",
            times_.size(), frame.step, frame.timeFs, expected);
        return false;
    }

    /// Small deviations must not add up.
    void checkEvenness() const {
        if (times_.size() < 2) return;
        const double interval = (times_.back() - times_.front()) / static_cast<double>(times_.size() - 1);
        for (std::size_t i = 0; i < times_.size(); ++i) {
            const double expected = times_.front() + static_cast<double>(i) * interval;
            if (std::abs(times_[i] - expected) <= evenWithin * interval) continue;
            throw InputError(fmt::format(
                "frame {} is at {} fs, {} fs is expected for even spacing: resample the trajectory", i,
                times_[i], expected));
        }
    }

    Vec3 driftOf(const VectorField& positions) {
        if (weights_.size() == 0) return Vec3::Zero();
        const Vec3 centre = positions * weights_;
        if (times_.size() == 1) start_ = centre;
        return centre - start_;
    }

    void keep(const trajectory::Frame& frame, const Vec3& drift) {
        keepCell(frame.lattice);
        auto& kept = result_.view.positions;
        kept.push_back(result_.onlyMobile ? VectorField(frame.positions(Eigen::all, mobile_))
                                          : frame.positions);
        kept.back().colwise() -= drift;
        while (bytes() > options_.memoryBytes && shrink()) {
        }
    }

    /// One cell for all frames as long as it does not change.
    void keepCell(const crystal::Lattice& lattice) {
        auto& cells = result_.view.lattices;
        const std::size_t frames = result_.view.positions.size();
        if (cells.size() == 1 && frames > 0) {
            if (lattice.rows() == cells.front().rows()) return;
            cells.resize(frames, crystal::Lattice(cells.front()));
        }
        cells.push_back(lattice);
    }

    std::size_t bytes() const {
        const auto& view = result_.view;
        const auto frame = static_cast<std::size_t>(view.positions.front().size()) * sizeof(double);
        return view.positions.size() * (frame + sizeof(VectorField)) +
               view.lattices.size() * sizeof(crystal::Lattice);
    }

    /// False when nothing more can be left out.
    bool shrink() {
        auto& view = result_.view;
        if (!result_.onlyMobile && !mobile_.empty() && mobile_.size() < elements_.size()) {
            result_.onlyMobile = true;
            for (auto& frame : view.positions)
                frame = VectorField(frame(Eigen::all, mobile_));
            view.elements.assign(mobile_.size(), *options_.mobile);
            view.masses = Eigen::VectorXd(view.masses(mobile_));
            return true;
        }
        if (view.positions.size() < 4) return false;
        halve(view.positions);
        if (view.lattices.size() > 1) halve(view.lattices);
        result_.stride *= 2;
        return true;
    }

    template <class T>
    static void halve(std::vector<T>& list) {
        std::vector<T> half;
        for (std::size_t i = 0; i < list.size(); i += 2)
            half.push_back(std::move(list[i]));
        list = std::move(half);
    }

    void describe() {
        auto& notes = result_.notes;
        if (!offGrid_.empty()) notes.push_back("the last frame was left out: " + offGrid_);
        if (result_.onlyMobile) {
            notes.push_back(
                fmt::format("the trajectory is too large to hold all atoms: only {} was read in full",
                            options_.mobile->symbol()));
        }
        if (result_.stride > std::max<std::size_t>(options_.stride, 1)) {
            notes.push_back(fmt::format("the trajectory is too large to hold all frames: one in {} is used",
                                        result_.stride));
        }
    }

    const StreamOptions& options_;
    std::vector<crystal::Element> elements_;
    StreamedView result_;
    std::vector<Eigen::Index> mobile_;
    /// Share of each atom in the framework's mass; empty where nothing is removed.
    Eigen::VectorXd weights_;
    Vec3 start_ = Vec3::Zero();
    std::vector<double> times_;
    std::string offGrid_;
};

}  // namespace

StreamedView streamView(trajectory::FrameSource& source, const StreamOptions& options,
                        const std::stop_token& stop, ProgressSink& progress) {
    Collector collector(source.initial(), options);
    trajectory::Frame frame;
    for (std::size_t count = 0; source.next(frame); ++count) {
        throwIfStopped(stop);
        if (options.watch) options.watch(frame);
        collector.add(frame);
        if (count % framesBetweenReports == 0)
            progress.report("read", std::lround(1000.0 * source.fractionRead()), 1000,
                            fmt::format("{} frames", count + 1));
    }
    StreamedView result = collector.finish();
    const auto notes = source.notes();
    result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
    return result;
}

}  // namespace ionscape::transport
