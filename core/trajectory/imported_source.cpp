// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/imported_source.h"

#include <fmt/format.h>

#include "core/io/structure_file.h"

namespace ionscape::trajectory {

ImportedSource::ImportedSource(std::filesystem::path file, std::unique_ptr<io::TrajectoryReader> reader,
                               const io::ImportOptions& options)
    : file_(std::move(file)), reader_(std::move(reader)), options_(options) {
    open();
}

void ImportedSource::open() {
    const bool any = readRaw();
    io::ImportQuestions questions = reader_->questions();
    if (!any && !questions.structure) throw IoError(file_, "holds no complete frame");
    std::vector<crystal::Element> elements = reader_->elements();
    if (!questions.types.empty() && !options_.structure.empty()) {
        const auto structure = io::readStructure(options_.structure);
        if (structure.size() != elements.size()) {
            throw IoError(options_.structure, fmt::format("has {} atoms, the trajectory {} has {}",
                                                          structure.size(), file_.string(), elements.size()));
        }
        elements = structure.elements;
        questions.types.clear();
    }
    timeFromFile_ = raw_.timeFs.has_value();
    questions.timestep = !timeFromFile_ && !options_.timestepFs;
    questions.timestepMeaning = reader_->timestepMeaning();
    if (questions.any()) throw io::UnansweredQuestions(file_, questions);

    const auto told = reader_->wrapping();
    unwrapper_ = std::make_unique<Unwrapper>(
        options_.wrapping == io::Wrapping::Unknown ? told : options_.wrapping, elements);
    hasTemperature_ = raw_.temperature || options_.temperature;
    order_.accept(raw_.step, timeOf(raw_));
    fill(first_);
    pendingFirst_ = true;
    initial_.elements = std::move(elements);
    initial_.lattice = first_.lattice;
    initial_.positions = first_.positions;
}

bool ImportedSource::next(Frame& frame) {
    if (pendingFirst_) {
        pendingFirst_ = false;
        frame = std::move(first_);
        return true;
    }
    if (ended_) return false;
    try {
        if (advance(frame)) return true;
    } catch (const IoError& error) {
        if (!options_.keepGood) throw;
        damage_ = error.what();
    }
    ended_ = true;
    return false;
}

bool ImportedSource::advance(Frame& frame) {
    do {
        if (!readRaw()) return false;
        if (raw_.timeFs.has_value() != timeFromFile_) {
            throw IoError(file_, raw_.line,
                          fmt::format("frame {} {} a time, unlike those before", read_ - 1,
                                      timeFromFile_ ? "lacks" : "has"));
        }
    } while (!order_.accept(raw_.step, timeOf(raw_)));
    fill(frame);
    return true;
}

bool ImportedSource::readRaw() {
    if (!reader_->next(raw_)) return false;
    ++read_;
    return true;
}

double ImportedSource::timeOf(const io::RawFrame& raw) const {
    if (raw.timeFs) return *raw.timeFs;
    const auto number = raw.step ? static_cast<double>(*raw.step) : static_cast<double>(read_ - 1);
    return number * *options_.timestepFs;
}

void ImportedSource::fill(Frame& frame) {
    try {
        unwrapper_->apply(raw_.fractional);
    } catch (const InputError& error) {
        throw IoError(file_, raw_.line, error.what());
    }
    frame = Frame();
    frame.step = raw_.step.value_or(static_cast<std::int64_t>(read_) - 1);
    frame.timeFs = timeOf(raw_);
    frame.lattice = raw_.lattice;
    frame.positions = raw_.lattice.rows().transpose() * raw_.fractional;
    if (!frame.positions.allFinite())
        throw IoError(file_, raw_.line,
                      fmt::format("frame {} holds positions that are no numbers", read_ - 1));
    frame.potentialEnergy = raw_.potentialEnergy.value_or(0.0);
    frame.kineticEnergy = raw_.kineticEnergy.value_or(0.0);
    frame.temperature = raw_.temperature.value_or(options_.temperature.value_or(0.0));
}

std::vector<std::string> ImportedSource::notes() const {
    std::vector<std::string> notes = reader_->notes();
    if (!damage_.empty())
        notes.push_back(fmt::format("the file is damaged; only the frames before are used: {}", damage_));
    if (auto dropped = order_.note(); !dropped.empty()) notes.push_back(std::move(dropped));
    if (unwrapper_->wrapping() == io::Wrapping::Wrapped)
        notes.emplace_back("positions are wrapped into the cell and were continued across its faces");
    return notes;
}

}  // namespace ionscape::trajectory
