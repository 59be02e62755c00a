# Settings shared by all targets and the two functions that declare libraries and tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# A package is found in the one folder that uses it; its targets are linked from others through ours.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# Flags of our own targets (third-party headers come in as SYSTEM and stay quiet). GCC 12 sees overlaps in "a" + string
# that are not there (its bug 105651), hence -Wno-restrict.
add_library(ionscape_options INTERFACE)
target_compile_options(ionscape_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                  -Woverloaded-virtual -Wno-restrict)
if(IONSCAPE_WERROR)
  target_compile_options(ionscape_options INTERFACE -Werror)
endif()
if(IONSCAPE_SANITIZE)
  target_compile_options(ionscape_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer -O1)
  target_link_options(ionscape_options INTERFACE -fsanitize=address,undefined)
endif()
target_include_directories(ionscape_options INTERFACE ${PROJECT_SOURCE_DIR})

# ionscape_library(<name> SOURCES a.cpp ... [PUBLIC libs...] [PRIVATE libs...])
# One static library per folder; what it may include is what it links, as docs/architecture.md says.
function(ionscape_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ionscape_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# ionscape_test(<name> [LABEL unit] SOURCES a.cpp ... LIBRARIES libs... [XVFB])
# A Qt Test program. Tests find small inputs in IONSCAPE_TEST_DATA, shipped files in IONSCAPE_RESOURCES
# and, where it exists, the reference folder in IONSCAPE_SHARED.
function(ionscape_test name)
  cmake_parse_arguments(ARG "XVFB" "LABEL" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  # Not with AUTOMOC: its three steps for each of two hundred programs take a tenth of the build.
  foreach(source IN LISTS ARG_SOURCES)
    cmake_path(GET source STEM stem)
    file(STRINGS ${source} includesMoc REGEX "^#include \"${stem}\\.moc\"" LIMIT_COUNT 1)
    if(includesMoc)
      qt_generate_moc(${source} ${CMAKE_CURRENT_BINARY_DIR}/${stem}.moc TARGET ${name})
      set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${stem}.moc)
    endif()
  endforeach()
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${name} PRIVATE ionscape_options Qt6::Test ${ARG_LIBRARIES})
  target_compile_definitions(${name} PRIVATE
    IONSCAPE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    IONSCAPE_TEST_BASELINES="${PROJECT_SOURCE_DIR}/tests/baselines"
    IONSCAPE_RESOURCES="${PROJECT_SOURCE_DIR}/resources"
    IONSCAPE_SHARED="${PROJECT_SOURCE_DIR}/../shared")
  if(ARG_XVFB)
    add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/run-in-xvfb.sh $<TARGET_FILE:${name}>)
  else()
    add_test(NAME ${name} COMMAND ${name})
  endif()
  set(environment "OMP_NUM_THREADS=1" "OPENBLAS_NUM_THREADS=1")
  if(ARG_LABEL STREQUAL "widget")
    list(APPEND environment "QT_QPA_PLATFORM=offscreen")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 600 ENVIRONMENT "${environment}")
endfunction()
