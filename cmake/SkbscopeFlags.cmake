# SPDX-License-Identifier: GPL-2.0-or-later
# What every target of ours is compiled with, but for the agent (which runs inside the lab: static, no sanitizer).
add_library(skbscope_flags INTERFACE)
target_compile_options(skbscope_flags INTERFACE
    -Wall -Wextra -Werror -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Wnull-dereference -Wimplicit-fallthrough -fno-strict-aliasing
    # __FILE__ names the place in the tree: "core-stack/net/core/dev.cpp"
    -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)
# With optimisation GCC 12 warns of null pointers that were tested a call further out, and of std::string's own copies
# (GCC bug 105651).
target_compile_options(skbscope_flags INTERFACE $<$<CONFIG:RelWithDebInfo>:-Wno-null-dereference -Wno-restrict>)
target_include_directories(skbscope_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(SKBSCOPE_SANITIZE)
    # Instrumented code hides from GCC what was set: it warns of std::regex's own members. The release build keeps the warning.
    target_compile_options(skbscope_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_compile_options(skbscope_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(skbscope_flags INTERFACE -fsanitize=address,undefined)
    target_compile_definitions(skbscope_flags INTERFACE SKBSCOPE_SANITIZE=1)
endif()
if(SKBSCOPE_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        message(FATAL_ERROR "SKBSCOPE_FUZZ needs clang: cmake --preset fuzz")
    endif()
    target_compile_options(skbscope_flags INTERFACE -fsanitize=fuzzer-no-link -Wno-unused-command-line-argument)
endif()

# skbscope_optimise(TARGET...): across files. The model's functions are as small as the kernel's, and as many; a fifth of
# an echo's instructions goes into calls of what the kernel has inline.
function(skbscope_optimise)
    if(SKBSCOPE_LTO)
        set_property(TARGET ${ARGN} PROPERTY INTERPROCEDURAL_OPTIMIZATION_RELWITHDEBINFO ON)
    endif()
endfunction()
