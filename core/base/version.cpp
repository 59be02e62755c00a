// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

namespace ionscape {

std::string_view versionString() {
    return IONSCAPE_VERSION;
}

}  // namespace ionscape
