// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/table_file.h"

#include <algorithm>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/trajectory/hdf5_driver.h"

namespace ionscape::trajectory {

namespace {

constexpr auto tableGroup = "table";
constexpr auto textGroup = "texts";
constexpr hsize_t chunkRows = 1024;
constexpr hsize_t chunkListed = 16384;

using Kind = TableColumn::Kind;

const char* kindName(Kind kind) {
    switch (kind) {
        case Kind::Number:
            return "number";
        case Kind::Integer:
            return "integer";
        case Kind::Text:
            return "text";
        case Kind::List:
            break;
    }
    return "list";
}

std::string endsOf(const std::string& column) {
    return column + "_end";
}

Handle textType(std::size_t width, const Hdf5Access& hdf5) {
    Handle type(H5Tcopy(H5T_C_S1), hdf5.file(), "HDF5 failed");
    hdf5.check(H5Tset_size(type, std::max<std::size_t>(width, 1)), "HDF5 failed");
    hdf5.check(H5Tset_strpad(type, H5T_STR_NULLPAD), "HDF5 failed");
    hdf5.check(H5Tset_cset(type, H5T_CSET_UTF8), "HDF5 failed");
    return type;
}

/// At most `width` bytes, not ending inside a character.
std::string cut(std::string text, std::size_t width) {
    if (text.size() <= width) return text;
    while (width > 0 && (static_cast<unsigned char>(text[width]) & 0xC0U) == 0x80U)
        --width;
    text.resize(width);
    return text;
}

}  // namespace

struct TableFile::Impl {
    Impl(const std::filesystem::path& path, JournaledFile::Mode mode, bool overwrite = false)
        : store(path, mode, overwrite), hdf5(path, store.size()) {}

    void createColumns(const std::vector<TableColumn>& wanted, Storage storage);
    /// What a dataset below the table of another file holds, into ours of that name, which is empty.
    void copyDataset(const Impl& from, const std::string& name);
    /// Not in the file before commit().
    void writeText(const std::string& name, const std::string& text);
    void open();
    void readColumn(std::size_t index, const std::string& name);
    void check(const std::vector<TableValue>& row) const;
    /// Of a row that was checked; not in the file before commit().
    void appendRow(const std::vector<TableValue>& row);
    void appendList(std::size_t index, const std::vector<float>& values);
    /// To the store, which keeps it to itself until commit().
    void flush();
    void commit();
    std::size_t find(const std::string& name, Kind kind) const;
    Handle dataset(const std::string& name) const { return hdf5.openDataset(group, name); }

    JournaledFile store;
    Hdf5Access hdf5;
    // Closed from the bottom up, before the store they write to.
    Handle file, group;
    std::vector<TableColumn> columns;
    std::size_t rows = 0;
};

void TableFile::Impl::flush() {
    hdf5.check(H5Fflush(file, H5F_SCOPE_GLOBAL), "cannot be written");
    // What may be claimed by a dataset is bounded by the length of the file, which has grown.
    hdf5 = Hdf5Access(store.path(), store.size());
}

void TableFile::Impl::commit() {
    flush();
    store.commit();
}

void TableFile::Impl::createColumns(const std::vector<TableColumn>& wanted, Storage storage) {
    const bool compressed = storage == Storage::Compact;
    const auto series = [&](const std::string& name, hid_t type, hsize_t rowsInChunk) {
        return hdf5.makeSeries(group, name, type, {}, rowsInChunk, compressed);
    };
    file = createHdf5(store);
    group = hdf5.makeGroup(file, tableGroup);
    createIdentity(hdf5, group);
    std::vector<std::string> names;
    for (const TableColumn& column : wanted) {
        names.push_back(column.name);
        Handle dataset;
        switch (column.kind) {
            case Kind::Number:
                dataset = series(column.name, H5T_NATIVE_DOUBLE, chunkRows);
                hdf5.setAttribute(dataset, "missing", std::string("NaN"));
                break;
            case Kind::Integer:
                dataset = series(column.name, H5T_NATIVE_INT64, chunkRows);
                break;
            case Kind::Text:
                dataset = series(column.name, textType(column.width, hdf5), chunkRows);
                break;
            case Kind::List:
                dataset = series(column.name, H5T_NATIVE_FLOAT, chunkListed);
                series(endsOf(column.name), H5T_NATIVE_INT64, chunkRows);
                break;
        }
        hdf5.setAttribute(dataset, "kind", std::string(kindName(column.kind)));
        hdf5.setAttribute(dataset, "unit", column.unit);
        hdf5.setAttribute(dataset, "meaning", column.meaning);
    }
    hdf5.writeStrings(group, "columns", names);
    hdf5.makeGroup(file, textGroup);
}

void TableFile::Impl::copyDataset(const Impl& from, const std::string& name) {
    const Handle source = from.dataset(name), target = dataset(name);
    const hsize_t length = hdf5.shape(source).at(0);
    const Handle type(H5Dget_type(source), hdf5.file(), "HDF5 failed");
    std::vector<char> values(length * H5Tget_size(type));
    if (values.empty()) return;
    from.hdf5.readAll(source, type, values.data());
    hdf5.setLength(target, length);
    hdf5.check(H5Dwrite(target, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
               name + " cannot be written");
}

void TableFile::Impl::writeText(const std::string& name, const std::string& text) {
    hdf5.writeStrings(hdf5.openGroup(file, textGroup), name, {text});
}

void TableFile::Impl::open() {
    file = openHdf5(store);
    if (!hdf5.isGroup(file, tableGroup) || !hdf5.exists(file, std::string(tableGroup) + "/columns"))
        throw IoError(hdf5.file(), "is not a dataset of this program: it holds no table");
    group = hdf5.openGroup(file, tableGroup);
    if (store.writable()) locateIdentity(hdf5, file, tableGroup, store);
    const auto names = hdf5.readStrings(group, "columns");
    columns.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        readColumn(i, names[i]);
}

void TableFile::Impl::readColumn(std::size_t index, const std::string& name) {
    TableColumn& column = columns[index];
    const Handle values = dataset(name);
    column.name = name;
    column.unit = hdf5.textAttribute(values, "unit");
    column.meaning = hdf5.textAttribute(values, "meaning");
    const auto kind = hdf5.textAttribute(values, "kind");
    bool known = false;
    for (const auto candidate : {Kind::Number, Kind::Integer, Kind::Text, Kind::List}) {
        if (kind != kindName(candidate)) continue;
        column.kind = candidate;
        known = true;
    }
    if (!known) throw IoError(hdf5.file(), "is damaged: column " + name + " is of no known kind");
    if (column.kind == Kind::Text) {
        const Handle type(H5Dget_type(values), hdf5.file(), name + " is damaged");
        if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0)
            throw IoError(hdf5.file(), "is damaged: column " + name + " should hold text");
        column.width = H5Tget_size(type);
    }
    const Shape shape =
        hdf5.shape(column.kind == Kind::List ? static_cast<hid_t>(dataset(endsOf(name))) : hid_t{values});
    if (shape.size() != 1) throw IoError(hdf5.file(), "is damaged: column " + name + " is no list of rows");
    if (index == 0) rows = shape[0];
    if (shape[0] != rows)
        throw IoError(hdf5.file(), "is damaged: column " + name + " has another number of rows");
}

std::size_t TableFile::Impl::find(const std::string& name, Kind kind) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name != name) continue;
        if (columns[i].kind == kind) return i;
        throw IoError(hdf5.file(), "column " + name + " holds no " + kindName(kind) + "s");
    }
    throw IoError(hdf5.file(), "has no column " + name);
}

void TableFile::Impl::appendList(std::size_t index, const std::vector<float>& values) {
    const std::string& name = columns[index].name;
    const Handle all = dataset(name);
    const hsize_t begin = hdf5.shape(all).at(0);
    const auto end = static_cast<std::int64_t>(begin + values.size());
    hdf5.appendRow(dataset(endsOf(name)), H5T_NATIVE_INT64, {}, rows, &end);
    if (values.empty()) return;
    hdf5.setLength(all, begin + values.size());
    const hsize_t count = values.size();
    const Handle inFile(H5Dget_space(all), hdf5.file(), "HDF5 failed");
    hdf5.check(H5Sselect_hyperslab(inFile, H5S_SELECT_SET, &begin, nullptr, &count, nullptr), "HDF5 failed");
    const Handle inMemory(H5Screate_simple(1, &count, nullptr), hdf5.file(), "HDF5 failed");
    hdf5.check(H5Dwrite(all, H5T_NATIVE_FLOAT, inMemory, inFile, H5P_DEFAULT, values.data()),
               "a row cannot be written");
}

void TableFile::create(const std::filesystem::path& file, const std::vector<TableColumn>& columns,
                       const Texts& texts) {
    const QuietHdf5 quiet;
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        throw IoError(file, "exists already; choose another name or delete it");
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        Impl impl(temporary, JournaledFile::Mode::Create, true);
        impl.createColumns(columns, Storage::Growing);
        for (const auto& [name, text] : texts)
            impl.writeText(name, text);
        impl.commit();
    });
}

void TableFile::rewrite(const std::filesystem::path& from, const std::filesystem::path& to, Storage storage) {
    const QuietHdf5 quiet;
    const TableFile source(from, Mode::Read);
    const Impl& read = *source.impl_;
    writeAtomically(to, [&](const std::filesystem::path& temporary) {
        Impl impl(temporary, JournaledFile::Mode::Create, true);
        impl.createColumns(read.columns, storage);
        for (const TableColumn& column : read.columns) {
            impl.copyDataset(read, column.name);
            if (column.kind == Kind::List) impl.copyDataset(read, endsOf(column.name));
        }
        for (const auto& name : read.hdf5.names(read.hdf5.openGroup(read.file, textGroup)))
            impl.writeText(name, source.text(name));
        impl.commit();
    });
}

TableFile::TableFile(const std::filesystem::path& file, Mode mode) {
    const QuietHdf5 quiet;
    impl_ = std::make_unique<Impl>(
        file, mode == Mode::Update ? JournaledFile::Mode::Update : JournaledFile::Mode::Read);
    impl_->open();
}

TableFile::~TableFile() {
    const QuietHdf5 quiet;
    impl_.reset();
}

TableFile::TableFile(TableFile&&) noexcept = default;
TableFile& TableFile::operator=(TableFile&&) noexcept = default;

TableFile::Storage TableFile::storage() const {
    const QuietHdf5 quiet;
    const auto& columns = impl_->columns;
    const bool compressed =
        !columns.empty() && impl_->hdf5.isCompressed(impl_->dataset(columns.front().name));
    return compressed ? Storage::Compact : Storage::Growing;
}

std::size_t TableFile::rows() const {
    return impl_->rows;
}

const std::vector<TableColumn>& TableFile::columns() const {
    return impl_->columns;
}

bool TableFile::hasColumn(const std::string& name) const {
    return std::any_of(impl_->columns.begin(), impl_->columns.end(),
                       [&](const TableColumn& column) { return column.name == name; });
}

void TableFile::append(const std::vector<TableValue>& row) {
    appendRows({row});
}

void TableFile::appendRows(const std::vector<std::vector<TableValue>>& rows) {
    const QuietHdf5 quiet;
    Impl& self = *impl_;
    for (const auto& row : rows)
        self.check(row);
    for (const auto& row : rows) {
        self.appendRow(row);
        self.flush();
        ++self.rows;
    }
    self.commit();
}

void TableFile::Impl::check(const std::vector<TableValue>& row) const {
    if (row.size() != columns.size())
        throw InputError(hdf5.file().string() + ": a row must have a value for every column");
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].index() != static_cast<std::size_t>(columns[i].kind)) {
            throw InputError(hdf5.file().string() + ": column " + columns[i].name + " takes a " +
                             kindName(columns[i].kind));
        }
    }
}

void TableFile::Impl::appendRow(const std::vector<TableValue>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const TableColumn& column = columns[i];
        if (column.kind == Kind::List) {
            appendList(i, std::get<std::vector<float>>(row[i]));
            continue;
        }
        const Handle target = dataset(column.name);
        if (column.kind == Kind::Number) {
            hdf5.appendRow(target, H5T_NATIVE_DOUBLE, {}, rows, &std::get<double>(row[i]));
        } else if (column.kind == Kind::Integer) {
            hdf5.appendRow(target, H5T_NATIVE_INT64, {}, rows, &std::get<std::int64_t>(row[i]));
        } else {
            std::string text = cut(std::get<std::string>(row[i]), column.width);
            text.resize(column.width, '\0');
            hdf5.appendRow(target, textType(column.width, hdf5), {}, rows, text.data());
        }
    }
}

std::vector<double> TableFile::numbers(const std::string& column) const {
    const QuietHdf5 quiet;
    impl_->find(column, Kind::Number);
    return impl_->hdf5.readDoubles(impl_->group, column);
}

std::vector<std::int64_t> TableFile::integers(const std::string& column) const {
    const QuietHdf5 quiet;
    impl_->find(column, Kind::Integer);
    return impl_->hdf5.readIntegers(impl_->group, column);
}

std::vector<std::string> TableFile::texts(const std::string& column) const {
    const QuietHdf5 quiet;
    impl_->find(column, Kind::Text);
    return impl_->hdf5.readStrings(impl_->group, column);
}

std::vector<std::vector<float>> TableFile::lists(const std::string& column) const {
    const QuietHdf5 quiet;
    impl_->find(column, Kind::List);
    const auto ends = impl_->hdf5.readIntegers(impl_->group, endsOf(column));
    const auto values = impl_->hdf5.readDoubles(impl_->group, column);
    std::vector<std::vector<float>> lists;
    std::int64_t begin = 0;
    for (const auto end : ends) {
        if (end < begin || end > static_cast<std::int64_t>(values.size()))
            throw IoError(impl_->hdf5.file(), "is damaged: the rows of column " + column + " overlap");
        lists.emplace_back(values.begin() + begin, values.begin() + end);
        begin = end;
    }
    return lists;
}

std::vector<float> TableFile::list(const std::string& column, std::size_t row) const {
    const QuietHdf5 quiet;
    const Impl& self = *impl_;
    self.find(column, Kind::List);
    const auto ends = self.hdf5.readIntegers(self.group, endsOf(column));
    if (row >= ends.size()) throw InputError(self.hdf5.file().string() + ": there is no such row");
    const hsize_t begin = row == 0 ? 0 : static_cast<hsize_t>(ends[row - 1]);
    const Handle all = self.dataset(column);
    if (ends[row] < static_cast<std::int64_t>(begin) ||
        static_cast<hsize_t>(ends[row]) > self.hdf5.shape(all).at(0))
        throw IoError(self.hdf5.file(), "is damaged: the rows of column " + column + " overlap");
    const hsize_t count = static_cast<hsize_t>(ends[row]) - begin;
    std::vector<float> values(count);
    if (count == 0) return values;
    const Handle inFile(H5Dget_space(all), self.hdf5.file(), "HDF5 failed");
    self.hdf5.check(H5Sselect_hyperslab(inFile, H5S_SELECT_SET, &begin, nullptr, &count, nullptr),
                    "HDF5 failed");
    const Handle inMemory(H5Screate_simple(1, &count, nullptr), self.hdf5.file(), "HDF5 failed");
    self.hdf5.check(H5Dread(all, H5T_NATIVE_FLOAT, inMemory, inFile, H5P_DEFAULT, values.data()),
                    "a row cannot be read");
    return values;
}

void TableFile::setText(const std::string& name, const std::string& text) {
    const QuietHdf5 quiet;
    impl_->writeText(name, text);
    impl_->commit();
}

std::string TableFile::text(const std::string& name) const {
    const QuietHdf5 quiet;
    if (!impl_->hdf5.exists(impl_->file, std::string(textGroup) + "/" + name)) return {};
    const auto texts = impl_->hdf5.readStrings(impl_->hdf5.openGroup(impl_->file, textGroup), name);
    return texts.empty() ? std::string() : texts.front();
}

}  // namespace ionscape::trajectory
