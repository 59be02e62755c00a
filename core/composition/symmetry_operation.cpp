// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/symmetry_operation.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

class TripletParser {
  public:
    explicit TripletParser(std::string_view triplet) : triplet_(triplet) {
        for (const char c : triplet) {
            if (c != ' ') text_ += c;
        }
    }

    Host::Operation parse() {
        Host::Operation operation{Mat3::Zero(), Vec3::Zero()};
        for (int row = 0; row < 3; ++row) {
            if (row > 0 && take() != ',') fail("expected three coordinates with commas between them");
            coordinate(operation, row);
        }
        if (at_ != text_.size()) fail("expected the end after the third coordinate");
        return operation;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError(
            fmt::format("\"{}\" is not a symmetry operation such as \"-x,y,-z+1/2\": {}", triplet_, what));
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    char take() { return at_ < text_.size() ? text_[at_++] : '\0'; }

    void coordinate(Host::Operation& operation, int row) {
        bool hasLetter = false;
        bool hasNumber = false;
        for (bool first = true; first || peek() == '+' || peek() == '-'; first = false) {
            double sign = 1.0;
            if (peek() == '+' || peek() == '-') sign = take() == '-' ? -1.0 : 1.0;
            if (peek() >= 'x' && peek() <= 'z') {
                double& entry = operation.rotation(row, take() - 'x');
                if (entry != 0.0) fail("a letter appears twice in one coordinate");
                entry = sign;
                hasLetter = true;
            } else {
                if (hasNumber) fail("a coordinate has two numbers");
                operation.translation(row) = sign * fraction();
                hasNumber = true;
            }
        }
        if (!hasLetter) fail("a coordinate has none of x, y, z");
        operation.translation(row) -= std::floor(operation.translation(row));
    }

    double fraction() {
        const int numerator = integer();
        if (peek() != '/') return numerator;
        take();
        const int denominator = integer();
        if (denominator < 1 || denominator > 12) fail("a denominator lies outside 1 to 12");
        return static_cast<double>(numerator) / denominator;
    }

    int integer() {
        int value = 0;
        int digits = 0;
        for (; peek() >= '0' && peek() <= '9'; ++digits) {
            if (digits == 3) fail("a number is too long");
            value = 10 * value + (take() - '0');
        }
        if (digits == 0) fail("expected x, y, z or a fraction after a sign or comma");
        return value;
    }

    std::string_view triplet_;
    std::string text_;
    std::size_t at_ = 0;
};

/// "+1/2"; empty for none.
std::string shiftText(double shift) {
    shift -= std::floor(shift);
    for (int denominator = 1; denominator <= 12; ++denominator) {
        const double numerator = shift * denominator;
        const long whole = std::lround(numerator);
        if (std::abs(numerator - static_cast<double>(whole)) > 1e-4) continue;
        return whole % denominator == 0 ? std::string() : fmt::format("+{}/{}", whole, denominator);
    }
    throw InputError(fmt::format("the translation {:g} of a symmetry operation is not a fraction", shift));
}

}  // namespace

Host::Operation parseOperation(std::string_view triplet) {
    return TripletParser(triplet).parse();
}

std::string operationText(const Host::Operation& operation) {
    std::string text;
    for (int row = 0; row < 3; ++row) {
        if (row > 0) text += ",";
        std::string coordinate;
        for (int axis = 0; axis < 3; ++axis) {
            const double entry = operation.rotation(row, axis);
            if (entry == 0.0) continue;
            coordinate += entry < 0.0 ? "-" : coordinate.empty() ? "" : "+";
            coordinate += static_cast<char>('x' + axis);
        }
        text += coordinate + shiftText(operation.translation(row));
    }
    return text;
}

}  // namespace ionscape::composition
