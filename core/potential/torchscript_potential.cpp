// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/torchscript_potential.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/python/update_graph_executor_opt.h>
#include <torch/csrc/jit/serialization/import.h>

#include <map>
#include <sstream>

#include "core/base/checksum.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"
#include "core/potential/torch_archive.h"

namespace ionscape::potential {

using at::Tensor;
using Inputs = c10::Dict<std::string, Tensor>;
using Metadata = std::map<std::string, std::string>;

/// What an export needs to know of a structure, and how it answers.
class TorchScriptPotential::Export {
  public:
    virtual ~Export() = default;
    virtual Evaluation evaluate(const crystal::Structure& structure, const Request& request) const = 0;

    std::string architecture;
    std::vector<crystal::Element> elements;  ///< in the order of the model's types
    double cutoff = 0.0;
    at::ScalarType dtype = at::kFloat;

  protected:
    std::vector<std::int64_t> types(const crystal::Structure& structure) const {
        std::vector<std::int64_t> result;
        for (const auto element : structure.elements) {
            const auto found = std::find(elements.begin(), elements.end(), element);
            result.push_back(found - elements.begin());
        }
        return result;
    }
};

namespace {

using Export = TorchScriptPotential::Export;
using Pairs = std::vector<crystal::NeighbourPair>;

/// The first line of a message of LibTorch, which goes on with stack traces.
std::string firstLine(const std::string& text) {
    return fmt::format("{:.200}", text.substr(0, text.find('\n')));
}

Tensor longs(const std::vector<std::int64_t>& values) {
    return at::tensor(values, at::kLong);
}

/// Columns of `columns` as rows of a tensor.
Tensor rowsOf(const Eigen::Matrix3Xd& columns, at::ScalarType dtype) {
    return at::from_blob(const_cast<double*>(columns.data()), {columns.cols(), 3}, at::kDouble)
        .to(dtype, false, true);
}

Tensor cellOf(const crystal::Structure& structure, at::ScalarType dtype) {
    return rowsOf(structure.lattice.rows().transpose(), dtype);
}

/// Directed pairs as [2, E] (centre, neighbour), lattice translations [E, 3] and vectors [E, 3].
struct Edges {
    Edges(const Pairs& pairs, at::ScalarType dtype) {
        const auto count = static_cast<std::int64_t>(pairs.size());
        index = at::empty({2, count}, at::kLong);
        Eigen::Matrix3Xd image(3, count), vector(3, count);
        std::int64_t* rows = index.data_ptr<std::int64_t>();
        for (std::int64_t e = 0; e < count; ++e) {
            const auto& pair = pairs[static_cast<std::size_t>(e)];
            rows[e] = pair.i;
            rows[count + e] = pair.j;
            image.col(e) = Vec3(pair.image[0], pair.image[1], pair.image[2]);
            vector.col(e) = pair.vector;
        }
        translations = rowsOf(image, dtype);
        vectors = rowsOf(vector, dtype);
    }
    Tensor index, translations, vectors;
};

c10::IValue output(const c10::Dict<c10::IValue, c10::IValue>& dict, const char* name) {
    const auto found = dict.find(name);
    return found == dict.end() ? c10::IValue() : found->value();
}

Tensor required(const c10::Dict<c10::IValue, c10::IValue>& dict, const char* name,
                std::initializer_list<std::int64_t> shape) {
    const c10::IValue value = output(dict, name);
    if (!value.isTensor()) throw ModelError(fmt::format("the model does not return '{}'", name));
    Tensor tensor = value.toTensor().detach().cpu().to(at::kDouble).contiguous();
    std::int64_t size = 1;
    for (const auto length : shape)
        size *= length;
    if (tensor.numel() != size) throw ModelError(fmt::format("the model's '{}' has a wrong shape", name));
    return tensor.view(at::IntArrayRef(shape));
}

VectorField forcesOf(const Tensor& forces) {
    return Eigen::Map<const VectorField>(forces.data_ptr<double>(), 3, forces.size(0));
}

/// `scale` × the tensor, made symmetric, in GPa when the result is in eV/Å³.
Mat3 stressOf(const Tensor& tensor, double scale) {
    const Mat3 m = Eigen::Map<const Mat3>(tensor.data_ptr<double>());
    return 0.5 * scale * units::eVPerAngstrom3InGPa * (m + m.transpose());
}

std::vector<crystal::Element> elementsOf(const std::string& names) {
    std::istringstream in(names);
    std::vector<crystal::Element> elements;
    for (std::string name; in >> name;) {
        const auto element = crystal::Element::find(name);
        if (!element)
            throw ModelError(
                fmt::format("its atom type '{:.40}' is not an element; models with types of "
                            "another kind cannot be used",
                            name));
        elements.push_back(*element);
    }
    if (elements.empty()) throw ModelError("it names no elements");
    return elements;
}

double numberOf(const Metadata& metadata, const char* key) {
    std::istringstream in(metadata.at(key));
    double value = 0.0;
    if (!(in >> value) || !(value > 0.0 && value < 100.0))
        throw ModelError(fmt::format("its metadata give no sensible '{}'", key));
    return value;
}

at::ScalarType dtypeOf(const std::string& name) {
    if (name == "float64" || name == "double") return at::kDouble;
    if (name == "float32" || name == "single" || name.empty()) return at::kFloat;
    throw ModelError(fmt::format("its number type '{:.40}' is not supported; float32 and float64 are", name));
}

/// NequIP and Allegro. pos, cell, edge_cell_shift in Å and lattice vectors; virial = −dE/d(strain), eV.
class NequipExport final : public Export {
  public:
    NequipExport(torch::jit::Module module, const Metadata& metadata) : module_(std::move(module)) {
        const bool deployed = !metadata.at("nequip_version").empty();
        architecture = "NequIP/Allegro";
        elements = elementsOf(metadata.at("type_names"));
        cutoff = numberOf(metadata, "r_max");
        // nequip-compile takes double precision whatever the model computes in.
        dtype = deployed ? dtypeOf(metadata.at("default_dtype")) : at::kDouble;
        batchedCell_ = !deployed;
        std::istringstream in(metadata.at("per_edge_type_cutoff"));
        for (double value = 0.0; in >> value;)
            pairCutoffs_.push_back(value);
        if (!pairCutoffs_.empty() && pairCutoffs_.size() != elements.size() * elements.size())
            throw ModelError("its 'per_edge_type_cutoff' does not fit the number of types");
    }

    Evaluation evaluate(const crystal::Structure& structure, const Request& request) const override {
        const auto type = types(structure);
        Pairs pairs = crystal::neighbourPairs(structure, cutoff);
        if (!pairCutoffs_.empty()) {
            std::erase_if(pairs, [&](const auto& pair) {
                const auto row = static_cast<std::size_t>(type[static_cast<std::size_t>(pair.i)]);
                const auto column = static_cast<std::size_t>(type[static_cast<std::size_t>(pair.j)]);
                return pair.distance > pairCutoffs_[row * elements.size() + column];
            });
        }
        const Edges edges(pairs, dtype);
        const Tensor cell = cellOf(structure, dtype);
        Inputs inputs;
        inputs.insert("pos", rowsOf(structure.positions, dtype));
        inputs.insert("edge_index", edges.index);
        inputs.insert("edge_cell_shift", edges.translations);
        inputs.insert("cell", batchedCell_ ? cell.unsqueeze(0) : cell);
        inputs.insert("atom_types", longs(type));
        torch::jit::Module module = module_;
        const auto result = module.forward({inputs}).toGenericDict();
        const auto atoms = static_cast<std::int64_t>(structure.size());
        Evaluation evaluation;
        evaluation.energy = at::sum(required(result, "atomic_energy", {atoms})).item<double>();
        evaluation.forces = forcesOf(required(result, "forces", {atoms, 3}));
        if (request.stress) {
            if (!output(result, "virial").isTensor())
                throw ModelError(
                    "the model does not compute the stress; export one that has StressForceOutput");
            evaluation.stressGPa =
                stressOf(required(result, "virial", {3, 3}), -1.0 / structure.lattice.volume());
        }
        return evaluation;
    }

  private:
    torch::jit::Module module_;
    bool batchedCell_ = false;
    std::vector<double> pairCutoffs_;
};

/// SevenNet, serial: the energy as a function of the bond vectors; the rest is differentiated here.
class SevenNetExport final : public Export {
  public:
    SevenNetExport(torch::jit::Module module, const Metadata& metadata) : module_(std::move(module)) {
        if (!metadata.at("comm_size").empty())
            throw ModelError(
                "it is one part of a parallel SevenNet export; export the serial model "
                "(sevenn get_model without --get_parallel)");
        for (const char* accelerator : {"flashTP", "oeq"}) {
            if (metadata.at(accelerator) == "yes")
                throw ModelError(
                    fmt::format("it is a SevenNet export with {}, which needs that package's own "
                                "operations; export it without",
                                accelerator));
        }
        if (metadata.at("model_type") != "E3_equivariant_model")
            throw ModelError(fmt::format("its SevenNet model type '{:.40}' is not E3_equivariant_model",
                                         metadata.at("model_type")));
        architecture = "SevenNet";
        elements = elementsOf(metadata.at("chemical_symbols_to_index"));
        cutoff = numberOf(metadata, "cutoff");
        dtype = dtypeOf(metadata.at("dtype"));
    }

    Evaluation evaluate(const crystal::Structure& structure, const Request& request) const override {
        const auto type = types(structure);
        const Pairs pairs = crystal::neighbourPairs(structure, cutoff);
        const Edges edges(pairs, dtype);
        const Tensor vectors = edges.vectors.requires_grad_();
        const Tensor count = longs({static_cast<std::int64_t>(structure.size())});
        Inputs inputs;
        inputs.insert("x", longs(type));
        inputs.insert("edge_index", edges.index);
        inputs.insert("edge_vec", vectors);
        inputs.insert("num_atoms", count);
        inputs.insert("nlocal", count.clone());
        torch::jit::Module module = module_;
        const auto result = module.forward({inputs}).toGenericDict();
        const c10::IValue energy = output(result, "inferred_total_energy");
        if (!energy.isTensor() || energy.toTensor().numel() != 1)
            throw ModelError("the model does not return 'inferred_total_energy'");
        Evaluation evaluation;
        evaluation.energy = energy.toTensor().item<double>();
        evaluation.forces = VectorField::Zero(3, static_cast<Eigen::Index>(structure.size()));
        Mat3 virial = Mat3::Zero();
        if (!pairs.empty()) {
            const Tensor gradient = torch::autograd::grad({energy.toTensor().squeeze()}, {vectors})[0]
                                        .to(at::kDouble)
                                        .contiguous();
            const VectorField perEdge = forcesOf(gradient);
            for (std::size_t e = 0; e < pairs.size(); ++e) {
                const Vec3 g = perEdge.col(static_cast<Eigen::Index>(e));
                evaluation.forces.col(pairs[e].i) += g;
                evaluation.forces.col(pairs[e].j) -= g;
                virial += pairs[e].vector * g.transpose();
            }
        }
        if (request.stress)
            evaluation.stressGPa = 0.5 * (virial + virial.transpose()) *
                                   (units::eVPerAngstrom3InGPa / structure.lattice.volume());
        return evaluation;
    }

  private:
    torch::jit::Module module_;
};

/// MACE: as wrapped for LAMMPS (energies of local atoms, virials = −dE/d(strain)) or compiled as it is.
class MaceExport final : public Export {
  public:
    explicit MaceExport(torch::jit::Module module) : module_(std::move(module)) {
        architecture = "MACE";
        const Tensor numbers = module_.attr("atomic_numbers").toTensor().to(at::kLong).contiguous();
        for (std::int64_t i = 0; i < numbers.numel(); ++i)
            elements.push_back(crystal::Element::fromAtomicNumber(numbers.data_ptr<std::int64_t>()[i]));
        const Tensor range = module_.attr("r_max").toTensor();
        cutoff = range.item<double>();
        dtype = range.scalar_type();
        if (!(cutoff > 0.0 && cutoff < 100.0)) throw ModelError("its 'r_max' makes no sense");
        for (const auto& argument : module_.get_method("forward").function().getSchema().arguments()) {
            forLammps_ = forLammps_ || argument.name() == "local_or_ghost";
            plain_ = plain_ || argument.name() == "compute_stress";
        }
        if (!forLammps_ && !plain_)
            throw ModelError(
                "it looks like MACE, but its forward() takes neither 'local_or_ghost' (made by "
                "mace_create_lammps_model) nor 'compute_stress' (a compiled model)");
    }

    Evaluation evaluate(const crystal::Structure& structure, const Request& request) const override {
        const auto atoms = static_cast<std::int64_t>(structure.size());
        const Edges edges(crystal::neighbourPairs(structure, cutoff), dtype);
        const Tensor cell = cellOf(structure, dtype);
        Inputs inputs;
        inputs.insert("positions", rowsOf(structure.positions, dtype));
        inputs.insert("cell", cell);
        inputs.insert("edge_index", edges.index);
        inputs.insert("unit_shifts", edges.translations);
        inputs.insert("shifts", at::mm(edges.translations, cell));
        inputs.insert(
            "node_attrs",
            at::one_hot(longs(types(structure)), static_cast<std::int64_t>(elements.size())).to(dtype));
        inputs.insert("batch", at::zeros({atoms}, at::kLong));
        inputs.insert("ptr", longs({0, atoms}));
        torch::jit::Module module = module_;
        Evaluation evaluation;
        if (forLammps_) {
            const Tensor local = at::ones({atoms}, at::kBool);
            const auto result = module.forward({inputs, local, request.stress}).toGenericDict();
            evaluation.energy = required(result, "total_energy_local", {1}).item<double>();
            evaluation.forces = forcesOf(required(result, "forces", {atoms, 3}));
            if (request.stress)
                evaluation.stressGPa =
                    stressOf(required(result, "virials", {3, 3}), -1.0 / structure.lattice.volume());
            return evaluation;
        }
        const std::unordered_map<std::string, c10::IValue> options{
            {"training", false}, {"compute_force", true}, {"compute_stress", request.stress}};
        const auto result = module.get_method("forward")({inputs}, options).toGenericDict();
        evaluation.energy = required(result, "energy", {1}).item<double>();
        evaluation.forces = forcesOf(required(result, "forces", {atoms, 3}));
        if (request.stress) evaluation.stressGPa = stressOf(required(result, "stress", {3, 3}), 1.0);
        return evaluation;
    }

  private:
    torch::jit::Module module_;
    bool forLammps_ = false, plain_ = false;
};

/// Keys of all packages; absent ones are empty.
Metadata readMetadata(const std::filesystem::path& file) {
    const TorchArchive archive(file);
    Metadata metadata;
    for (const char* key :
         {"r_max", "type_names", "nequip_version", "default_dtype", "per_edge_type_cutoff",
          "chemical_symbols_to_index", "cutoff", "model_type", "dtype", "flashTP", "oeq", "comm_size"}) {
        const std::string record = std::string("extra/") + key;
        metadata[key] = archive.has(record) ? archive.read(record) : std::string();
    }
    return metadata;
}

torch::jit::Module loadModule(const std::filesystem::path& file) {
    // The sizes of the tensors change with every structure: specialising the code for them never pays.
    torch::jit::setGraphExecutorOptimize(false);
    try {
        torch::jit::Module module = torch::jit::load(file.string(), at::Device(at::kCPU));
        if (module.hasattr("training")) module.eval();
        return module;
    } catch (const std::exception& error) {
        throw IoError(file,
                      "LibTorch cannot load this TorchScript module (it may be damaged, or need a newer "
                      "version or operations of another package): " +
                          firstLine(error.what()));
    }
}

std::unique_ptr<Export> openExport(const std::filesystem::path& file) {
    const Metadata metadata = readMetadata(file);
    const bool nequip = !metadata.at("r_max").empty() && !metadata.at("type_names").empty();
    const bool sevenNet = !metadata.at("chemical_symbols_to_index").empty();
    torch::jit::Module module = loadModule(file);
    if (nequip) return std::make_unique<NequipExport>(std::move(module), metadata);
    if (sevenNet) return std::make_unique<SevenNetExport>(std::move(module), metadata);
    if (module.hasattr("atomic_numbers") && module.hasattr("r_max"))
        return std::make_unique<MaceExport>(std::move(module));
    throw ModelError(
        "it is a TorchScript module, but neither its metadata nor its attributes are those of "
        "NequIP/Allegro, SevenNet or MACE");
}

/// Runs `work`; errors of LibTorch and of the export name the file.
template <class Work>
auto naming(const std::string& file, Work&& work) {
    try {
        return work();
    } catch (const ModelError& error) {
        throw ModelError(file + ": " + error.what());
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {
        throw ModelError(file + ": the model failed: " + firstLine(error.what()));
    }
}

}  // namespace

TorchScriptPotential::TorchScriptPotential(const std::filesystem::path& file) {
    info_.file = file.string();
    info_.checksum = sha256OfFile(file);
    export_ = naming(info_.file, [&] { return openExport(file); });
    info_.name = file.stem().string();
    info_.architecture = export_->architecture;
    info_.elements = export_->elements;
    info_.cutoff = export_->cutoff;
    info_.origin = "TorchScript export";
}

TorchScriptPotential::~TorchScriptPotential() = default;

const PotentialInfo& TorchScriptPotential::info() const {
    return info_;
}

std::string TorchScriptPotential::dtype() const {
    return export_->dtype == at::kDouble ? "float64" : "float32";
}

Evaluation TorchScriptPotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(info_, structure);
    const Evaluation result = naming(info_.file, [&] { return export_->evaluate(structure, request); });
    requireFinite(result, structure);
    return result;
}

}  // namespace ionscape::potential
