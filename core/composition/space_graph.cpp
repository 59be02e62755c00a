// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/space_graph.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

constexpr std::size_t maximumNodes = 4'000'000;

[[noreturn]] void tooMany(const char* what) {
    throw InputError(std::string("the composition space has too many ") + what +
                     ": ask for fewer species, fewer different counts or tighter bounds");
}

}  // namespace

/// Depth-first with a memory of the nodes already met; recursion is as deep as there are species.
class SpaceGraph::Builder {
  public:
    Builder(SpaceGraph& graph, const std::vector<int>& counts, const std::vector<SlotSpecies>& species,
            double lowest, double highest)
        : graph_(graph), species_(species), lowest_(lowest), highest_(highest), known_(species.size() + 1) {
        for (std::size_t slot = 0; slot < counts.size(); ++slot) {
            const auto found = std::find(groupCounts_.begin(), groupCounts_.end(), counts[slot]);
            const auto group = static_cast<std::size_t>(found - groupCounts_.begin());
            if (found == groupCounts_.end()) {
                groupCounts_.push_back(counts[slot]);
                graph_.groups_.emplace_back();
            }
            graph_.groups_[group].push_back(static_cast<std::uint8_t>(slot));
        }
        requiredFrom_.assign(species.size() + 1, 0);
        lowestState_.assign(species.size() + 1, std::numeric_limits<int>::max());
        highestState_.assign(species.size() + 1, std::numeric_limits<int>::min());
        for (std::size_t i = species.size(); i-- > 0;) {
            requiredFrom_[i] = requiredFrom_[i + 1] + (species[i].required ? 1 : 0);
            lowestState_[i] = std::min(lowestState_[i + 1], species[i].oxidationState);
            highestState_[i] = std::max(highestState_[i + 1], species[i].oxidationState);
        }
    }

    void build() {
        State start;
        for (const auto& group : graph_.groups_) {
            start.left.push_back(static_cast<std::uint8_t>(group.size()));
            start.slots += group.size();
        }
        for (std::size_t g = 0; g < groupCounts_.size(); ++g)
            start.sites += static_cast<long>(groupCounts_[g]) * start.left[g];
        if (const auto root = node(0, start)) {
            graph_.root_ = *root;
            graph_.chargeRange_ = charges_[*root];
        } else {
            graph_.nodes_.clear();
        }
    }

  private:
    struct State {
        std::vector<std::uint8_t> left;  ///< free slots of each group
        std::size_t slots = 0;
        long sites = 0;
        long charge = 0;
    };

    /// Index of the node; none if no assignment follows.
    std::optional<std::uint32_t> node(std::size_t at, State& state) {
        if (!possible(at, state)) return std::nullopt;
        std::string key(state.left.begin(), state.left.end());
        key.append(reinterpret_cast<const char*>(&state.charge), sizeof state.charge);
        if (const auto known = known_[at].find(key); known != known_[at].end()) return known->second;
        std::optional<std::uint32_t> made;
        if (at == species_.size() || (state.slots == 0 && requiredFrom_[at] == 0)) {
            made = append({}, 1, {state.charge, state.charge});
        } else {
            made = inner(at, state);
        }
        known_[at].emplace(std::move(key), made);
        return made;
    }

    /// Bounds that no continuation can meet are recognised before it is followed.
    bool possible(std::size_t at, const State& state) const {
        if (state.slots > species_.size() - at || requiredFrom_[at] > state.slots) return false;
        const auto charge = static_cast<double>(state.charge);
        if (state.slots == 0) return charge >= lowest_ && charge <= highest_;
        const auto sites = static_cast<double>(state.sites);
        return charge + sites * highestState_[at] >= lowest_ && charge + sites * lowestState_[at] <= highest_;
    }

    std::optional<std::uint32_t> inner(std::size_t at, State& state) {
        const SlotSpecies& species = species_[at];
        std::vector<Edge> edges;
        std::uint64_t ways = 0;
        std::pair<long, long> charges{std::numeric_limits<long>::max(), std::numeric_limits<long>::min()};
        const auto follow = [&](std::uint8_t group) {
            if (const auto child = node(at + 1, state)) {
                edges.push_back({*child, group});
                charges.first = std::min(charges.first, charges_[*child].first);
                charges.second = std::max(charges.second, charges_[*child].second);
                if (__builtin_add_overflow(ways, graph_.nodes_[*child].ways, &ways)) tooMany("compositions");
            }
        };
        for (std::size_t g = 0; g < groupCounts_.size(); ++g) {
            const int count = groupCounts_[g];
            if (state.left[g] == 0 || count < species.minimum || count > species.maximum) continue;
            take(state, g, species.oxidationState, 1);
            follow(static_cast<std::uint8_t>(g));
            take(state, g, species.oxidationState, -1);
        }
        if (!species.required) follow(absent);
        if (edges.empty()) return std::nullopt;
        return append(edges, ways, charges);
    }

    void take(State& state, std::size_t group, int oxidationState, int sign) const {
        state.left[group] = static_cast<std::uint8_t>(state.left[group] - sign);
        state.slots -= static_cast<std::size_t>(sign);
        state.sites -= static_cast<long>(sign) * groupCounts_[group];
        state.charge += static_cast<long>(sign) * groupCounts_[group] * oxidationState;
    }

    std::uint32_t append(const std::vector<Edge>& edges, std::uint64_t ways, std::pair<long, long> charges) {
        if (graph_.nodes_.size() == maximumNodes) tooMany("branches");
        const auto first = static_cast<std::uint32_t>(graph_.edges_.size());
        graph_.edges_.insert(graph_.edges_.end(), edges.begin(), edges.end());
        graph_.nodes_.push_back({ways, first, static_cast<std::uint32_t>(graph_.edges_.size())});
        charges_.push_back(charges);
        return static_cast<std::uint32_t>(graph_.nodes_.size() - 1);
    }

    SpaceGraph& graph_;
    const std::vector<SlotSpecies>& species_;
    double lowest_, highest_;
    std::vector<int> groupCounts_;
    std::vector<std::size_t> requiredFrom_;
    std::vector<int> lowestState_, highestState_;
    std::vector<std::unordered_map<std::string, std::optional<std::uint32_t>>> known_;
    std::vector<std::pair<long, long>> charges_;  ///< final charges that a node leads to
};

SpaceGraph::SpaceGraph(const std::vector<int>& counts, const std::vector<SlotSpecies>& species,
                       double lowestCharge, double highestCharge)
    : slotCount_(counts.size()) {
    if (species.size() >= absent || counts.size() >= absent) tooMany("species");
    Builder(*this, counts, species, lowestCharge, highestCharge).build();
}

SpaceGraph::Walker::Walker(const SpaceGraph& graph, std::uint64_t index) : graph_(&graph) {
    slots_.assign(graph.slotCount_, 0);
    descend(graph.root_, index);
    readSlots();
}

void SpaceGraph::Walker::descend(std::uint32_t node, std::uint64_t index) {
    while (true) {
        const Node& here = graph_->nodes_[node];
        if (here.firstEdge == here.endEdge) return;
        std::uint32_t edge = here.firstEdge;
        for (; index >= graph_->nodes_[graph_->edges_[edge].child].ways; ++edge)
            index -= graph_->nodes_[graph_->edges_[edge].child].ways;
        path_.push_back(edge);
        node = graph_->edges_[edge].child;
    }
}

bool SpaceGraph::Walker::next() {
    while (!path_.empty()) {
        const std::uint32_t edge = path_.back() + 1;
        path_.pop_back();
        const std::uint32_t parent = path_.empty() ? graph_->root_ : graph_->edges_[path_.back()].child;
        if (edge == graph_->nodes_[parent].endEdge) continue;
        path_.push_back(edge);
        descend(graph_->edges_[edge].child, 0);
        readSlots();
        return true;
    }
    return false;
}

void SpaceGraph::Walker::readSlots() {
    taken_.assign(graph_->groups_.size(), 0);
    for (std::size_t species = 0; species < path_.size(); ++species) {
        const std::uint8_t group = graph_->edges_[path_[species]].group;
        if (group != absent)
            slots_[graph_->groups_[group][taken_[group]++]] = static_cast<std::uint8_t>(species);
    }
}

std::uint64_t SpaceGraph::rank(const std::vector<std::uint8_t>& slots) const {
    if (nodes_.empty() || slots.size() != slotCount_) return size();
    std::vector<std::uint8_t> groupOf(absent, absent);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        for (const std::uint8_t slot : groups_[g]) {
            if (slots[slot] >= absent || groupOf[slots[slot]] != absent) return size();
            groupOf[slots[slot]] = static_cast<std::uint8_t>(g);
        }
    }
    std::uint64_t rank = 0;
    std::uint32_t node = root_;
    for (std::size_t species = 0, left = slots.size();; ++species) {
        const Node& here = nodes_[node];
        if (here.firstEdge == here.endEdge) return left == 0 ? rank : size();
        std::uint32_t edge = here.firstEdge;
        for (; edge < here.endEdge && edges_[edge].group != groupOf[species]; ++edge)
            rank += nodes_[edges_[edge].child].ways;
        if (edge == here.endEdge) return size();
        left -= edges_[edge].group == absent ? 0 : 1;
        node = edges_[edge].child;
    }
}

}  // namespace ionscape::composition
