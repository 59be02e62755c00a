// SPDX-License-Identifier: GPL-3.0-or-later
// A reader of pickled plain data: numbers, strings, lists, tuples, dicts and tensors. It executes nothing.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/potential/chgnet_config.h"

namespace ionscape::potential {

/// One unpickled value. Containers point into the document that owns all values.
struct PickleValue {
    enum class Kind { None, Bool, Integer, Real, Text, List, Tuple, Dict, Tensor, Storage, Global };
    Kind kind = Kind::None;
    std::int64_t integer = 0;  ///< Bool, Integer
    double real = 0.0;
    std::string text;                       ///< Text; Global "module name"; Storage: key of the record
    std::vector<const PickleValue*> items;  ///< List, Tuple
    std::vector<std::pair<const PickleValue*, const PickleValue*>> entries;  ///< Dict, in order
    std::string storageType;                                                 ///< Storage: "FloatStorage", ...
    std::int64_t storageSize = 0;                                            ///< Storage: elements
    NamedArray tensor;  ///< Tensor: dense, converted to float32

    /// The value of a text key in a Dict, or nullptr.
    const PickleValue* find(std::string_view key) const;
};

/// Owns all values of one pickle.
class PickleDocument {
  public:
    const PickleValue& root() const { return *root_; }

  private:
    friend class PickleReader;
    std::deque<PickleValue> values_;
    const PickleValue* root_ = nullptr;
};

/// Bytes of the storage record with this key; throws IoError when there is none.
using StorageLoader = std::function<std::string(const std::string& key)>;

/// Reads protocols 2 to 5. Names other than OrderedDict, _rebuild_tensor_v2 and the typed storages, and every
/// opcode that would call or build an object, are refused by name with a ModelError. A pickle has at most 16
/// MiB and 500,000 values, and all tensors together hold no more values than their storages have bytes.
PickleDocument readPickle(std::string_view bytes, const StorageLoader& loadStorage);

}  // namespace ionscape::potential
