// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/pickle.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace ionscape::potential {

namespace {

using Kind = PickleValue::Kind;

/// Element sizes of the storages that a checkpoint may hold.
int storageElementSize(const std::string& type) {
    static const std::unordered_map<std::string, int> sizes{
        {"FloatStorage", 4}, {"DoubleStorage", 8},   {"LongStorage", 8}, {"IntStorage", 4},
        {"HalfStorage", 2},  {"BFloat16Storage", 2}, {"BoolStorage", 1}, {"ByteStorage", 1}};
    const auto found = sizes.find(type);
    return found == sizes.end() ? 0 : found->second;
}

float halfToFloat(std::uint16_t half) {
    const int exponent = (half >> 10) & 31;
    const int mantissa = half & 1023;
    const double sign = (half & 0x8000) ? -1.0 : 1.0;
    if (exponent == 31)
        return mantissa ? std::bit_cast<float>(0x7fc00000u) : float(sign) * std::bit_cast<float>(0x7f800000u);
    const double value =
        exponent == 0 ? mantissa * 0x1p-24 : (1.0 + mantissa / 1024.0) * std::ldexp(1.0, exponent - 15);
    return static_cast<float>(sign * value);
}

template <class T>
T readRaw(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

float elementAsFloat(const std::string& type, const char* at) {
    if (type == "FloatStorage") return readRaw<float>(at);
    if (type == "DoubleStorage") return static_cast<float>(readRaw<double>(at));
    if (type == "LongStorage") return static_cast<float>(readRaw<std::int64_t>(at));
    if (type == "IntStorage") return static_cast<float>(readRaw<std::int32_t>(at));
    if (type == "HalfStorage") return halfToFloat(readRaw<std::uint16_t>(at));
    if (type == "BFloat16Storage") {
        return std::bit_cast<float>(static_cast<std::uint32_t>(readRaw<std::uint16_t>(at)) << 16);
    }
    return static_cast<float>(readRaw<std::uint8_t>(at));
}

constexpr std::size_t maxPickleBytes = 16u << 20;
constexpr std::size_t maxPickleValues = 500000;

[[noreturn]] void damaged(const std::string& what) {
    throw ModelError("the checkpoint's pickle is damaged: " + what);
}

}  // namespace

const PickleValue* PickleValue::find(std::string_view key) const {
    for (const auto& [name, value] : entries) {
        if (name->kind == Kind::Text && name->text == key) return value;
    }
    return nullptr;
}

class PickleReader {
  public:
    PickleReader(std::string_view bytes, const StorageLoader& load) : bytes_(bytes), load_(load) {
        if (bytes.size() > maxPickleBytes) damaged("it is longer than 16 MiB");
    }

    PickleDocument read() {
        while (step()) {
        }
        document_.root_ = pop();
        return std::move(document_);
    }

  private:
    static constexpr PickleValue* markValue = nullptr;

    /// One byte of a pickle can ask for a value of hundreds: their number is limited, too.
    static void requireFew(std::size_t count) {
        if (count >= maxPickleValues) damaged("it holds too many values");
    }
    PickleValue* make(Kind kind) {
        requireFew(document_.values_.size());
        document_.values_.emplace_back().kind = kind;
        return &document_.values_.back();
    }
    void push(PickleValue* value) {
        requireFew(stack_.size());
        stack_.push_back(value);
    }
    void memoPut(std::uint64_t key) {
        requireFew(memo_.size());
        memo_[key] = top();
    }
    PickleValue* top() {
        if (stack_.empty() || stack_.back() == markValue) damaged("a value is missing from the stack");
        return stack_.back();
    }
    PickleValue* pop() {
        PickleValue* value = top();
        stack_.pop_back();
        return value;
    }
    std::vector<PickleValue*> popToMark() {
        std::size_t mark = stack_.size();
        while (mark > 0 && stack_[mark - 1] != markValue)
            --mark;
        if (mark == 0) damaged("a mark is missing from the stack");
        std::vector<PickleValue*> values(stack_.begin() + static_cast<std::ptrdiff_t>(mark), stack_.end());
        stack_.resize(mark - 1);
        return values;
    }

    std::string_view take(std::size_t count) {
        if (count > bytes_.size() - position_) damaged("it ends in the middle of a value");
        const std::string_view part = bytes_.substr(position_, count);
        position_ += count;
        return part;
    }
    std::uint64_t unsignedNumber(int bytes) {
        const std::string_view part = take(static_cast<std::size_t>(bytes));
        std::uint64_t value = 0;
        for (int i = bytes; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(part[static_cast<std::size_t>(i)]);
        return value;
    }
    std::string line() {
        const std::size_t end = bytes_.find('\n', position_);
        if (end == std::string_view::npos) damaged("a name has no end");
        std::string text(bytes_.substr(position_, end - position_));
        position_ = end + 1;
        return text;
    }

    void pushInteger(std::int64_t value) {
        PickleValue* v = make(Kind::Integer);
        v->integer = value;
        push(v);
    }
    void pushBool(bool value) {
        PickleValue* v = make(Kind::Bool);
        v->integer = value;
        push(v);
    }
    void pushText(std::size_t length) {
        PickleValue* v = make(Kind::Text);
        v->text = take(length);
        push(v);
    }
    void pushReal() {
        std::uint64_t bits = 0;
        for (const char c : take(8))
            bits = bits << 8 | static_cast<unsigned char>(c);
        PickleValue* v = make(Kind::Real);
        v->real = std::bit_cast<double>(bits);
        push(v);
    }
    void pushLong() {
        const auto length = static_cast<int>(unsignedNumber(1));
        if (length > 8) damaged("an integer has more than 64 bits");
        std::uint64_t value = unsignedNumber(length);
        if (length > 0 && length < 8 && (value >> (8 * length - 1)) & 1)
            value |= ~std::uint64_t{0} << (8 * length);
        pushInteger(static_cast<std::int64_t>(value));
    }
    void pushTuple(const std::vector<PickleValue*>& items) {
        PickleValue* v = make(Kind::Tuple);
        v->items.assign(items.begin(), items.end());
        push(v);
    }
    void pushLastAsTuple(int count) {
        std::vector<PickleValue*> items(static_cast<std::size_t>(count));
        for (int i = count; i-- > 0;)
            items[static_cast<std::size_t>(i)] = pop();
        pushTuple(items);
    }
    void append(const std::vector<PickleValue*>& items) {
        PickleValue* list = top();
        if (list->kind != Kind::List) damaged("items are appended to what is not a list");
        list->items.insert(list->items.end(), items.begin(), items.end());
    }
    void setItems(const std::vector<PickleValue*>& items) {
        PickleValue* dict = top();
        if (dict->kind != Kind::Dict || items.size() % 2) damaged("entries are set in what is not a dict");
        for (std::size_t i = 0; i < items.size(); i += 2)
            dict->entries.emplace_back(items[i], items[i + 1]);
    }
    void memoGet(std::uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) damaged("it refers to a value that was never stored");
        push(found->second);
    }

    void pushGlobal(const std::string& module, const std::string& name) {
        const bool storage = module == "torch" && storageElementSize(name) > 0;
        const bool known = (module == "collections" && name == "OrderedDict") ||
                           (module == "torch._utils" && name == "_rebuild_tensor_v2") || storage;
        if (!known) {
            throw ModelError(
                fmt::format("the checkpoint wants to run '{}.{}', which is refused: only tensors, "
                            "numbers, strings, lists and dicts are read from a checkpoint",
                            module, name));
        }
        PickleValue* v = make(Kind::Global);
        v->text = name;
        push(v);
    }
    void reduce() {
        const PickleValue* arguments = pop();
        const PickleValue* callable = pop();
        if (callable->kind != Kind::Global || arguments->kind != Kind::Tuple)
            damaged("a call has no known name");
        if (callable->text == "OrderedDict") {
            if (!arguments->items.empty()) damaged("an OrderedDict comes with arguments");
            push(make(Kind::Dict));
        } else if (callable->text == "_rebuild_tensor_v2") {
            push(rebuildTensor(arguments->items));
        } else {
            damaged("a storage is called");
        }
    }
    /// ("storage", storage type, key, device, elements)
    void persistentId() {
        const PickleValue* id = pop();
        const bool valid = id->kind == Kind::Tuple && id->items.size() == 5 &&
                           id->items[0]->text == "storage" && id->items[1]->kind == Kind::Global &&
                           id->items[2]->kind == Kind::Text && id->items[4]->kind == Kind::Integer &&
                           storageElementSize(id->items[1]->text) > 0;
        if (!valid) damaged("a stored object is not a tensor's storage");
        PickleValue* v = make(Kind::Storage);
        v->text = id->items[2]->text;
        v->storageType = id->items[1]->text;
        v->storageSize = id->items[4]->integer;
        push(v);
    }
    PickleValue* rebuildTensor(const std::vector<const PickleValue*>& arguments);
    static std::vector<std::int64_t> integers(const PickleValue& tuple);
    bool step();
    bool stepNumber(unsigned char opcode);
    bool stepContainer(unsigned char opcode);

    std::string_view bytes_;
    std::size_t position_ = 0;
    const StorageLoader& load_;
    PickleDocument document_;
    std::vector<PickleValue*> stack_;
    std::unordered_map<std::uint64_t, PickleValue*> memo_;
    std::unordered_map<std::string, std::string> storages_;
    std::int64_t storageBytes_ = 0;  ///< of all storages that were loaded
    std::int64_t tensorValues_ = 0;  ///< of all tensors so far
};

std::vector<std::int64_t> PickleReader::integers(const PickleValue& tuple) {
    std::vector<std::int64_t> values;
    if (tuple.kind != Kind::Tuple || tuple.items.size() > 8)
        damaged("a tensor's shape is not a tuple of integers");
    for (const PickleValue* item : tuple.items) {
        if (item->kind != Kind::Integer || item->integer < 0)
            damaged("a tensor's shape is not a tuple of integers");
        values.push_back(item->integer);
    }
    return values;
}

PickleValue* PickleReader::rebuildTensor(const std::vector<const PickleValue*>& arguments) {
    if (arguments.size() < 4 || arguments[0]->kind != Kind::Storage || arguments[1]->kind != Kind::Integer) {
        damaged("a tensor is not described as storage, offset, shape, strides");
    }
    const PickleValue& storage = *arguments[0];
    const std::int64_t offset = arguments[1]->integer;
    const std::vector<std::int64_t> shape = integers(*arguments[2]);
    const std::vector<std::int64_t> strides = integers(*arguments[3]);
    const std::int64_t elementSize = storageElementSize(storage.storageType);
    if (!storages_.contains(storage.text)) {
        storages_[storage.text] = load_(storage.text);
        storageBytes_ += static_cast<std::int64_t>(storages_[storage.text].size());
    }
    const std::string& data = storages_[storage.text];
    const std::int64_t available = static_cast<std::int64_t>(data.size()) / elementSize;

    // Every size is checked against what is really there before anything is allocated.
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        if (size > 0 && count > available / size) damaged("a tensor is larger than its storage");
        count *= size;
    }
    if (strides.size() != shape.size() || offset < 0 || offset > available)
        damaged("a tensor's strides are wrong");
    std::int64_t last = offset;
    for (std::size_t d = 0; d < shape.size(); ++d) {
        if (strides[d] > available) damaged("a tensor's strides reach outside its storage");
        last += count > 0 ? (shape[d] - 1) * strides[d] : 0;
    }
    if (count > 0 && last >= available) damaged("a tensor reaches outside its storage");
    // Tensors may share storage, but not so that a small file fills the memory.
    tensorValues_ += count;
    if (tensorValues_ > storageBytes_) damaged("its tensors repeat their storage too often");

    PickleValue* v = make(Kind::Tensor);
    v->tensor.shape = shape;
    v->tensor.values.resize(static_cast<std::size_t>(count));
    std::vector<std::int64_t> index(shape.size(), 0);
    for (float& value : v->tensor.values) {
        std::int64_t at = offset;
        for (std::size_t d = 0; d < shape.size(); ++d)
            at += index[d] * strides[d];
        value = elementAsFloat(storage.storageType, data.data() + at * elementSize);
        for (std::size_t d = shape.size(); d-- > 0;) {
            if (++index[d] < shape[d]) break;
            index[d] = 0;
        }
    }
    return v;
}

/// Executes one opcode; false at the end of the pickle.
bool PickleReader::step() {
    const auto opcode = static_cast<unsigned char>(take(1)[0]);
    if (opcode == '.') return false;
    if (stepNumber(opcode) || stepContainer(opcode)) return true;
    switch (opcode) {
        case 0x80:
            take(1);
            break;  // PROTO
        case 0x95:
            take(8);
            break;  // FRAME
        case 'q':
            memoPut(unsignedNumber(1));
            break;  // BINPUT
        case 'r':
            memoPut(unsignedNumber(4));
            break;  // LONG_BINPUT
        case 0x94:
            memoPut(memo_.size());
            break;  // MEMOIZE
        case 'h':
            memoGet(unsignedNumber(1));
            break;  // BINGET
        case 'j':
            memoGet(unsignedNumber(4));
            break;   // LONG_BINGET
        case 'c': {  // GLOBAL
            const std::string module = line();
            pushGlobal(module, line());
            break;
        }
        case 0x93: {  // STACK_GLOBAL
            const PickleValue* name = pop();
            const PickleValue* module = pop();
            pushGlobal(module->text, name->text);
            break;
        }
        case 'R':
            reduce();
            break;  // REDUCE
        case 'Q':
            persistentId();
            break;   // BINPERSID
        case 'b': {  // BUILD: attributes of an OrderedDict, of no use here
            const PickleValue* state = pop();
            if (top()->kind != Kind::Dict || state->kind != Kind::Dict)
                damaged("an object is built from attributes");
            break;
        }
        default:
            throw ModelError(
                fmt::format("the checkpoint's pickle holds the opcode 0x{:02x}, which plain data does not "
                            "need; it is refused",
                            opcode));
    }
    return true;
}

bool PickleReader::stepNumber(unsigned char opcode) {
    switch (opcode) {
        case 'N':
            push(make(Kind::None));
            return true;
        case 0x88:
            pushBool(true);
            return true;
        case 0x89:
            pushBool(false);
            return true;
        case 'J':
            pushInteger(static_cast<std::int32_t>(unsignedNumber(4)));
            return true;
        case 'K':
            pushInteger(static_cast<std::int64_t>(unsignedNumber(1)));
            return true;
        case 'M':
            pushInteger(static_cast<std::int64_t>(unsignedNumber(2)));
            return true;
        case 0x8a:
            pushLong();
            return true;
        case 'G':
            pushReal();
            return true;
        case 0x8c:
            pushText(unsignedNumber(1));
            return true;
        case 'X':
            pushText(unsignedNumber(4));
            return true;
        case 0x8d:
            pushText(unsignedNumber(8));
            return true;
        default:
            return false;
    }
}

bool PickleReader::stepContainer(unsigned char opcode) {
    switch (opcode) {
        case '(':
            push(markValue);
            return true;
        case ')':
            pushTuple({});
            return true;
        case '}':
            push(make(Kind::Dict));
            return true;
        case ']':
            push(make(Kind::List));
            return true;
        case 't':
            pushTuple(popToMark());
            return true;
        case 0x85:
            pushLastAsTuple(1);
            return true;
        case 0x86:
            pushLastAsTuple(2);
            return true;
        case 0x87:
            pushLastAsTuple(3);
            return true;
        case 'a': {
            PickleValue* item = pop();
            append({item});
            return true;
        }
        case 'e':
            append(popToMark());
            return true;
        case 's': {
            PickleValue* value = pop();
            PickleValue* key = pop();
            setItems({key, value});
            return true;
        }
        case 'u':
            setItems(popToMark());
            return true;
        default:
            return false;
    }
}

PickleDocument readPickle(std::string_view bytes, const StorageLoader& loadStorage) {
    return PickleReader(bytes, loadStorage).read();
}

}  // namespace ionscape::potential
