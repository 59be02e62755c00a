// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/checkpoint_writer.h"

#include <fmt/format.h>
#include <zip.h>

#include <bit>
#include <memory>

#include "core/base/atomic_file.h"

namespace ionscape::potential {

namespace {

static_assert(std::endian::native == std::endian::little, "records are little-endian float32");

/// Opcodes of pickle protocol 2, as far as plain data and tensors need them.
class PickleWriter {
  public:
    PickleWriter() : bytes_("\x80\x02") {}

    void text(std::string_view value) {
        bytes_ += 'X';
        number(value.size(), 4);
        bytes_ += value;
    }
    void integer(std::int64_t value) {
        bytes_ += 'J';
        number(static_cast<std::uint64_t>(value), 4);
    }
    void real(double value) {
        bytes_ += 'G';
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes_ += static_cast<char>(bits >> shift & 0xff);
    }
    void boolean(bool value) { bytes_ += value ? '\x88' : '\x89'; }
    void none() { bytes_ += 'N'; }
    void global(std::string_view module, std::string_view name) {
        bytes_ += fmt::format("c{}\n{}\n", module, name);
    }
    void mark() { bytes_ += '('; }
    void tuple() { bytes_ += 't'; }  ///< of everything since the mark
    void beginDict() { bytes_ += "}("; }
    void beginOrderedDict() {
        emptyOrderedDict();
        mark();
    }
    void emptyOrderedDict() {
        global("collections", "OrderedDict");
        bytes_ += ")R";
    }
    void endDict() { bytes_ += 'u'; }
    void integers(const std::vector<int>& values) {
        bytes_ += "](";
        for (const int value : values)
            integer(value);
        bytes_ += 'e';
    }
    void integerTuple(const std::vector<std::int64_t>& values) {
        mark();
        for (const auto value : values)
            integer(value);
        tuple();
    }
    /// A dense float32 tensor in the record data/<key>.
    void tensor(const std::string& key, const NamedArray& array) {
        std::vector<std::int64_t> strides(array.shape.size(), 1);
        for (std::size_t i = array.shape.size(); i-- > 1;)
            strides[i - 1] = strides[i] * array.shape[i];
        global("torch._utils", "_rebuild_tensor_v2");
        mark();
        mark();
        text("storage");
        global("torch", "FloatStorage");
        text(key);
        text("cpu");
        integer(static_cast<std::int64_t>(array.values.size()));
        tuple();
        bytes_ += 'Q';
        integer(0);
        integerTuple(array.shape);
        integerTuple(strides);
        boolean(false);
        emptyOrderedDict();
        tuple();
        bytes_ += 'R';
    }
    std::string finish() {
        bytes_ += '.';
        return std::move(bytes_);
    }

  private:
    void number(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i)
            bytes_ += static_cast<char>(value >> (8 * i) & 0xff);
    }
    std::string bytes_;
};

/// Arguments of chgnet.model.CHGNet.
void writeArguments(PickleWriter& pickle, const ChgnetConfig& c) {
    const auto integer = [&pickle](const char* name, int value) {
        pickle.text(name);
        pickle.integer(value);
    };
    const auto real = [&pickle](const char* name, double value) {
        pickle.text(name);
        pickle.real(value);
    };
    const auto boolean = [&pickle](const char* name, bool value) {
        pickle.text(name);
        pickle.boolean(value);
    };
    const auto text = [&pickle](const char* name, const char* value) {
        pickle.text(name);
        pickle.text(value);
    };
    const auto norm = [&pickle](const char* name, bool layer) {
        pickle.text(name);
        if (layer) {
            pickle.text("layer");
        } else {
            pickle.none();
        }
    };
    // The package writes no hidden layer as 0 and one as its width.
    const auto widths = [&](const char* name, const std::vector<int>& values) {
        pickle.text(name);
        if (values.size() > 1) {
            pickle.integers(values);
        } else {
            pickle.integer(values.empty() ? 0 : values[0]);
        }
    };
    pickle.beginDict();
    integer("atom_fea_dim", c.atomDim);
    integer("bond_fea_dim", c.bondDim);
    integer("angle_fea_dim", c.angleDim);
    text("composition_model", "MPtrj");
    integer("num_radial", c.radialFunctions);
    integer("num_angular", c.angularFunctions);
    integer("n_conv", c.convolutions);
    widths("atom_conv_hidden_dim", c.atomHidden);
    boolean("update_bond", true);
    widths("bond_conv_hidden_dim", c.bondHidden);
    boolean("update_angle", true);
    widths("angle_layer_hidden_dim", c.angleHidden);
    real("conv_dropout", 0.0);
    text("read_out", "ave");
    pickle.text("mlp_hidden_dims");
    pickle.integers(c.readoutHidden);
    real("mlp_dropout", 0.0);
    boolean("mlp_first", true);
    boolean("is_intensive", c.intensive);
    text("non_linearity", "silu");
    real("atom_graph_cutoff", c.atomCutoff);
    real("bond_graph_cutoff", c.bondCutoff);
    integer("cutoff_coeff", c.cutoffExponent);
    boolean("learnable_rbf", true);
    norm("gMLP_norm", c.gatedNorm);
    norm("readout_norm", c.readoutNorm);
    boolean("mlp_out_bias", c.outputBias);
    pickle.endDict();
}

std::string pickleOf(const ChgnetModelData& data) {
    PickleWriter pickle;
    pickle.beginDict();
    pickle.text("model");
    pickle.beginDict();
    pickle.text("state_dict");
    pickle.beginOrderedDict();
    for (std::size_t i = 0; i < data.weights.size(); ++i) {
        pickle.text(data.weights[i].name);
        pickle.tensor(std::to_string(i), data.weights[i]);
    }
    pickle.endDict();
    pickle.text("model_args");
    writeArguments(pickle, data.config);
    pickle.endDict();
    pickle.text("ionscape");
    pickle.beginDict();
    for (const auto& [name, value] : {std::pair{"name", &data.info.name},
                                      {"origin", &data.info.origin},
                                      {"licence", &data.info.licence},
                                      {"metadata", &data.metadata}}) {
        pickle.text(name);
        pickle.text(*value);
    }
    pickle.endDict();
    pickle.endDict();
    return pickle.finish();
}

/// A zip archive under construction; entries are stored without compression, as torch.save does.
class ArchiveWriter {
  public:
    explicit ArchiveWriter(const std::filesystem::path& file) : file_(file) {
        int code = 0;
        zip_.reset(zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
        if (!zip_) fail();
    }

    /// \param bytes  must stay until finish()
    void add(const std::string& name, std::string_view bytes) {
        zip_source_t* source = zip_source_buffer(zip_.get(), bytes.data(), bytes.size(), 0);
        const auto index = source ? zip_file_add(zip_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            zip_source_free(source);
            fail();
        }
        const auto entry = static_cast<zip_uint64_t>(index);
        // A fixed time: the same model gives the same file.
        constexpr zip_uint16_t firstDay = 1 << 5 | 1;
        if (zip_set_file_compression(zip_.get(), entry, ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(zip_.get(), entry, 0, firstDay, 0) != 0) {
            fail();
        }
    }

    void finish() {
        if (zip_close(zip_.get()) != 0) fail();
        zip_.release();
    }

  private:
    [[noreturn]] void fail() const {
        throw IoError(file_, fmt::format("the checkpoint cannot be written ({}); is the disk full?",
                                         zip_ ? zip_strerror(zip_.get()) : "no archive can be opened there"));
    }

    std::filesystem::path file_;
    std::unique_ptr<zip_t, decltype(&zip_discard)> zip_{nullptr, &zip_discard};
};

}  // namespace

void writeCheckpoint(const std::filesystem::path& file, const ChgnetModelData& data) {
    data.config.validate();
    checkWeights(data);
    const std::string pickle = pickleOf(data);
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        ArchiveWriter archive(temporary);
        archive.add("archive/data.pkl", pickle);
        archive.add("archive/version", "3\n");
        for (std::size_t i = 0; i < data.weights.size(); ++i) {
            const auto& values = data.weights[i].values;
            archive.add(fmt::format("archive/data/{}", i),
                        {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
        }
        archive.finish();
    });
}

}  // namespace ionscape::potential
