// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/structure_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/base/error.h"
#include "core/io/chgnet_json.h"
#include "core/io/cif.h"
#include "core/io/extxyz.h"
#include "core/io/lammps_data.h"
#include "core/io/outcar.h"
#include "core/io/poscar.h"
#include "core/io/vasprun.h"

namespace ionscape::io {

namespace {

using Frames = std::vector<LabelledStructure>;

struct Format {
    FormatInfo info;
    Frames (*read)(const std::filesystem::path&);
    /// Null where the format is only read. Formats of one structure get exactly one frame.
    void (*write)(const std::filesystem::path&, const Frames&);
    bool manyFrames;
};

Frames single(crystal::Structure structure) {
    Frames frames(1);
    frames[0].structure = std::move(structure);
    return frames;
}

/// The registry: a new format is one more entry here.
const std::vector<Format>& registry() {
    static const std::vector<Format> table{
        {{"CIF", {"*.cif"}, true, true},
         [](const auto& file) { return single(readCif(file)); },
         [](const auto& file, const Frames& frames) { writeCif(file, frames[0].structure); },
         false},
        {{"Extended XYZ", {"*.xyz", "*.extxyz"}, true, true}, readExtxyz, writeExtxyz, true},
        {{"VASP POSCAR", {"*.vasp", "POSCAR*", "CONTCAR*"}, true, true},
         [](const auto& file) { return single(readPoscar(file)); },
         [](const auto& file, const Frames& frames) { writePoscar(file, frames[0].structure); },
         false},
        {{"LAMMPS data", {"*.data", "*.lmp"}, true, true},
         [](const auto& file) { return single(readLammpsData(file)); },
         [](const auto& file, const Frames& frames) { writeLammpsData(file, frames[0].structure); },
         false},
        {{"VASP vasprun.xml", {"*.xml"}, true, false}, readVasprun, nullptr, true},
        {{"VASP OUTCAR", {"OUTCAR*", "*.outcar"}, true, false}, readOutcar, nullptr, true},
        {{"CHGNet JSON", {"*.json"}, true, false}, readChgnetJson, nullptr, true},
    };
    return table;
}

/// "*.cif" matches the end of a name in any case, "POSCAR*" its beginning.
bool matches(const std::string& name, const std::string& pattern) {
    if (pattern.back() == '*') return name.starts_with(pattern.substr(0, pattern.size() - 1));
    const std::string ending = pattern.substr(1);
    return name.size() > ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), name.rbegin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

const Format* findFormat(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    for (const Format& format : registry()) {
        for (const std::string& pattern : format.info.patterns) {
            if (matches(name, pattern)) return &format;
        }
    }
    return nullptr;
}

std::string unknownFormat(bool write) {
    std::string known;
    for (const FormatInfo& info : formats()) {
        if (write && !info.canWrite) continue;
        for (const std::string& pattern : info.patterns)
            known += (known.empty() ? "" : ", ") + pattern;
    }
    return "the name tells no structure format that can be " + std::string(write ? "written" : "read") +
           "; rename it to one of " + known;
}

}  // namespace

std::vector<LabelledStructure> readStructures(const std::filesystem::path& file) {
    const Format* format = findFormat(file);
    if (!format) throw IoError(file, unknownFormat(false));
    return format->read(file);
}

crystal::Structure readStructure(const std::filesystem::path& file) {
    return std::move(readStructures(file).front().structure);
}

void writeStructure(const std::filesystem::path& file, const crystal::Structure& structure) {
    writeStructures(file, single(structure));
}

void writeStructures(const std::filesystem::path& file, const std::vector<LabelledStructure>& frames) {
    const Format* format = findFormat(file);
    if (!format || !format->write)
        throw InputError(fmt::format("{}: {}", file.string(), unknownFormat(true)));
    if (frames.empty()) throw InputError(fmt::format("{}: there is no structure to write", file.string()));
    if (frames.size() > 1 && !format->manyFrames) {
        throw InputError(fmt::format("{}: {} holds one structure, not {}; write extended XYZ (.xyz)",
                                     file.string(), format->info.name, frames.size()));
    }
    format->write(file, frames);
}

const std::vector<FormatInfo>& formats() {
    static const std::vector<FormatInfo> infos = [] {
        std::vector<FormatInfo> result;
        for (const Format& format : registry())
            result.push_back(format.info);
        return result;
    }();
    return infos;
}

}  // namespace ionscape::io
