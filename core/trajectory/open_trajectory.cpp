// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/open_trajectory.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/text.h"
#include "core/io/line_stream.h"
#include "core/io/text_reader.h"
#include "core/trajectory/h5md_source.h"
#include "core/trajectory/imported_source.h"

namespace ionscape::trajectory {

namespace {

/// Every format shows itself within this many lines.
constexpr int linesToLookAt = 24;

bool isHdf5(const std::filesystem::path& file) {
    constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    std::array<char, 8> begin{};
    std::ifstream in(file, std::ios::binary);
    in.read(begin.data(), begin.size());
    return begin == signature;
}

/// The name in small letters without ".gz".
std::string plainName(const std::filesystem::path& file) {
    const std::string name = lowerCase(file.filename().string());
    return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
}

std::vector<std::string> firstLines(const std::filesystem::path& file) {
    io::LineStream stream(file);
    std::vector<std::string> lines;
    try {
        std::string_view line;
        while (lines.size() < linesToLookAt && stream.next(line)) {
            const auto begin = line.find_first_not_of(" \t");
            lines.push_back(lowerCase(begin == std::string_view::npos ? line : line.substr(begin)));
        }
    } catch (const IoError&) {
        lines.clear();  // no text
    }
    return lines;
}

bool looksLikeXdatcar(const std::vector<std::string>& lines) {
    if (lines.size() > 3 && lines[3] == "car") return true;
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.starts_with("direct configuration") || line.starts_with("cartesian configuration") ||
               line.starts_with("konfig");
    });
}

std::unique_ptr<io::TrajectoryReader> textReader(const std::filesystem::path& file, TrajectoryFormat format,
                                                 const io::ImportOptions& options) {
    switch (format) {
        case TrajectoryFormat::Xdatcar:
            return io::readXdatcar(file, options);
        case TrajectoryFormat::Extxyz:
            return io::readExtxyzTrajectory(file);
        case TrajectoryFormat::LammpsDump:
            return io::readLammpsDump(file, options);
        default:
            return io::readVasprunTrajectory(file);
    }
}

std::string knownPatterns() {
    std::string text;
    for (const auto& format : trajectoryFormats())
        text += (text.empty() ? "" : ", ") + format.name;
    return text;
}

}  // namespace

std::optional<TrajectoryFormat> trajectoryFormat(const std::filesystem::path& file) {
    const std::string name = plainName(file);
    const auto named = [&name](std::initializer_list<const char*> endings) {
        return std::any_of(endings.begin(), endings.end(), [&](const char* e) { return name.ends_with(e); });
    };
    if (isHdf5(file) || named({".h5", ".h5md", ".hdf5"})) return TrajectoryFormat::H5md;
    const auto lines = firstLines(file);
    if (lines.empty()) return std::nullopt;
    if (lines[0].starts_with("item:")) return TrajectoryFormat::LammpsDump;
    for (const auto& line : lines)
        if (line.starts_with("<modeling")) return TrajectoryFormat::Vasprun;
    const bool lattice = lines.size() > 1 && lines[1].find("lattice=") != std::string::npos;
    if ((lattice && io::parseInteger(lines[0])) || named({".xyz", ".extxyz"}))
        return TrajectoryFormat::Extxyz;
    if (name.starts_with("xdatcar") || named({".xdatcar"}) || looksLikeXdatcar(lines))
        return TrajectoryFormat::Xdatcar;
    return std::nullopt;
}

bool looksLikeTrajectory(const std::filesystem::path& file) {
    const auto format = trajectoryFormat(file);
    if (!format) return false;
    if (*format != TrajectoryFormat::Extxyz && *format != TrajectoryFormat::Vasprun) return true;
    try {
        const auto reader = textReader(file, *format, {});
        io::RawFrame frame;
        if (!reader->next(frame)) return false;
        if (*format == TrajectoryFormat::Vasprun && !frame.timeFs) return false;
        return reader->next(frame);
    } catch (const Error&) {
        return false;
    }
}

std::unique_ptr<FrameSource> openTrajectory(const std::filesystem::path& file,
                                            const io::ImportOptions& options) {
    const auto format = trajectoryFormat(file);
    if (!format) throw IoError(file, "is no trajectory that can be read (" + knownPatterns() + ")");
    if (*format == TrajectoryFormat::H5md) return std::make_unique<H5mdSource>(file, options);
    return std::make_unique<ImportedSource>(file, textReader(file, *format, options), options);
}

const std::vector<TrajectoryFormatInfo>& trajectoryFormats() {
    static const std::vector<TrajectoryFormatInfo> formats{
        {TrajectoryFormat::H5md, "H5MD", {"*.h5", "*.h5md", "*.hdf5"}},
        {TrajectoryFormat::Xdatcar, "VASP XDATCAR", {"XDATCAR*", "*.xdatcar"}},
        {TrajectoryFormat::Vasprun, "VASP vasprun.xml", {"vasprun*.xml", "vasprun*.xml.gz"}},
        {TrajectoryFormat::Extxyz, "Extended XYZ", {"*.xyz", "*.extxyz", "*.xyz.gz", "*.extxyz.gz"}},
        {TrajectoryFormat::LammpsDump,
         "LAMMPS dump",
         {"*.lammpstrj", "*.dump", "dump.*", "*.lammpstrj.gz", "*.dump.gz"}}};
    return formats;
}

}  // namespace ionscape::trajectory
