// SPDX-License-Identifier: GPL-3.0-or-later
// The error hierarchy: every message says what is wrong, where, and what to do.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace ionscape {

/// Base of all errors that a job or the command line reports to the user.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The user's input (formula, setting, structure) cannot be used.
class InputError : public Error {
  public:
    using Error::Error;
};

/// A file cannot be read or written. The message is "path:line: what" or "path: what".
class IoError : public Error {
  public:
    /// \param line  one-based line number; 0 where a line makes no sense (binary files).
    IoError(const std::filesystem::path& file, long line, const std::string& what);
    IoError(const std::filesystem::path& file, const std::string& what) : IoError(file, 0, what) {}
};

/// A potential cannot be loaded, does not cover an element, or returned a number that is not finite.
class ModelError : public Error {
  public:
    using Error::Error;
};

/// An iteration ended without reaching its goal.
class ConvergenceError : public Error {
  public:
    using Error::Error;
};

/// Thrown by long functions when their stop token was triggered; not an error: what was written stays
/// readable.
class Cancelled : public std::exception {
  public:
    const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace ionscape
