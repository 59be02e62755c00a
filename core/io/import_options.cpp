// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/import_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/io/text_reader.h"

namespace ionscape::io {

namespace {

std::string sentence(const std::filesystem::path& file, const ImportQuestions& questions) {
    std::string text = file.string() + ": ";
    if (questions.structure) {
        text += "has no cell; name a structure file with the same atoms (--structure). ";
    }
    if (!questions.types.empty()) {
        std::string list;
        for (const auto& [type, atoms] : questions.types)
            list += fmt::format("{}type {}: {} atoms", list.empty() ? "" : ", ", type, atoms);
        text += fmt::format(
            "numbers its atom types without naming elements ({}); name them in order (--types Li,O). ", list);
    }
    if (questions.timestep) {
        text +=
            fmt::format("does not tell its time step; give {} (--timestep-fs). ", questions.timestepMeaning);
    }
    text.pop_back();
    return text;
}

}  // namespace

UnansweredQuestions::UnansweredQuestions(const std::filesystem::path& file, ImportQuestions questions)
    : InputError(sentence(file, questions)), questions_(std::move(questions)) {}

std::optional<crystal::Element> elementOfType(const std::vector<crystal::Element>& types, long type,
                                              long lowest) {
    const long first = lowest == 0 ? 0 : 1;
    if (type < first || type - first >= static_cast<long>(types.size())) return std::nullopt;
    return types[static_cast<std::size_t>(type - first)];
}

std::vector<crystal::Element> parseTypes(const std::string& text) {
    std::string spaced = text;
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    std::vector<std::string_view> words;
    splitFields(spaced, words);
    std::vector<crystal::Element> types;
    for (const auto word : words) {
        const auto element = crystal::Element::find(word);
        if (!element)
            throw InputError(fmt::format("{} is not an element; name one for each atom type, as in Li,Zr,O",
                                         inQuotes(word)));
        types.push_back(*element);
    }
    return types;
}

}  // namespace ionscape::io
